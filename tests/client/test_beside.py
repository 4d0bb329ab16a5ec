"""What is beside the chat, without a browser: lists in pages, searching, departments, places of applications."""

from __future__ import annotations

from support.node import run_node_tests


def test_what_is_beside_the_chat() -> None:
    run_node_tests("beside.test.mjs")
