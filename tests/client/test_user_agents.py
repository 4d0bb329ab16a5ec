"""What browsers say of themselves, in two words that people know (``client/lib/user_agents.js``)."""

from __future__ import annotations

from support.node import run_node_tests


def test_browsers_are_known() -> None:
    run_node_tests("user_agents.test.mjs")
