"""What a chat is made of in the web client, without a browser: rows, mentions, codes, emoji."""

from __future__ import annotations

from support.node import run_node_tests


def test_rows_mentions_codes_and_emoji() -> None:
    run_node_tests("chat.test.mjs")
