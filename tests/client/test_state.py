"""What the messenger knows and does without a screen (``client/state/``)."""

from __future__ import annotations

from support.node import run_node_tests


def test_the_window_of_a_history_has_no_holes_and_no_doubles() -> None:
    run_node_tests("timeline.test.mjs")


def test_messages_are_sent_once_and_kept_until_they_are_there() -> None:
    run_node_tests("outbox.test.mjs")


def test_events_change_what_is_shown() -> None:
    run_node_tests("state.test.mjs")


def test_everything_is_loaded_anew_after_a_gap() -> None:
    run_node_tests("sync.test.mjs")


def test_operators_of_lines_see_who_waits_and_what_is_only_for_them() -> None:
    run_node_tests("lines.test.mjs")
