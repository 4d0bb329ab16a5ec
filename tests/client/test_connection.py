"""The connection of the web client (``state/connection.js``, ``lib/positions.js``), driven without a browser."""

from __future__ import annotations

from support.node import run_node_tests


def test_positions_are_ordered_as_on_the_server() -> None:
    run_node_tests("positions.test.mjs")


def test_nothing_is_lost_or_doubled_through_bad_networks() -> None:
    run_node_tests("connection.test.mjs")
