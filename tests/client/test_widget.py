"""The state of the live-chat widget (``src/skvorets/widget/state``), driven without a browser."""

from __future__ import annotations

from support.node import run_node_tests


def test_a_visitors_talk_survives_bad_networks_and_other_tabs() -> None:
    run_node_tests("widget.test.mjs")
