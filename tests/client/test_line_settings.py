"""How the settings of an open line are written for administrators, without a browser."""

from __future__ import annotations

from support.node import run_node_tests


def test_settings_are_written_for_people_and_read_back() -> None:
    run_node_tests("line_settings.test.mjs")
