"""What of a message's content a visitor of a page can use: he has no chat applications and no context menus.

What is for the messenger of employees never gets into his chat, so no window, no socket and no list can show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skvorets.core.buttons import is_newline


def content_for_visitors(params: Mapping[str, Any]) -> dict[str, Any]:
    """Give the params of a message, or of its change, without what visitors cannot use.

    A keyboard without any button left is none: it is left out of a message and taken out by a change.
    """
    found = {name: value for name, value in params.items() if name != "MENU"}
    keyboard = found.get("KEYBOARD")
    if isinstance(keyboard, list):
        buttons = [one for one in keyboard if "APP_ID" not in one]
        found["KEYBOARD"] = None if all(map(is_newline, buttons)) else buttons
    return found
