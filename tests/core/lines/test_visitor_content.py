"""What visitors get of a message's content."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines.visitor_content import content_for_visitors

COMMAND = {"TYPE": "BUTTON", "BOT_ID": 5, "TEXT": "Yes", "COMMAND": "yes", "COMMAND_PARAMS": ""}
APP = {"TYPE": "BUTTON", "BOT_ID": 5, "TEXT": "App", "APP_ID": 7, "APP_PARAMS": "secret"}
NEWLINE = {"TYPE": "NEWLINE"}


@pytest.mark.parametrize(
    ("params", "given"),
    [
        ({}, {}),
        ({"ATTACH": [{"BLOCKS": []}], "MENU": [COMMAND]}, {"ATTACH": [{"BLOCKS": []}]}),
        ({"KEYBOARD": [COMMAND, NEWLINE, APP]}, {"KEYBOARD": [COMMAND, NEWLINE]}),
        ({"KEYBOARD": [APP, NEWLINE]}, {"KEYBOARD": None}),
        ({"KEYBOARD": None}, {"KEYBOARD": None}),
    ],
)
def test_menus_and_buttons_of_applications_are_left_out(params: dict[str, Any], given: dict[str, Any]) -> None:
    assert content_for_visitors(params) == given
