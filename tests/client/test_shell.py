"""The messenger's frame without a browser: finding, shortcuts, long lists."""

from __future__ import annotations

from support.node import run_node_tests


def test_conversations_and_people_are_found_by_a_few_letters() -> None:
    run_node_tests("finding.test.mjs")


def test_shortcuts_and_long_lists() -> None:
    run_node_tests("shell.test.mjs")


def test_one_is_away_without_saying_so() -> None:
    run_node_tests("idle.test.mjs")
