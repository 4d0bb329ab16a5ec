"""BB codes as plain text for e-mail."""

from __future__ import annotations

import pytest

from skvorets.core.mail_text import plain_line, plain_lines


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("[B]a[/B] [I]b[/I] [COLOR=#ff0000]c[/COLOR]", "a b c"),
        ("one[BR]two#BR#three\nfour", "one\ntwo\nthree\nfour"),
        ("[URL=https://example.org]here[/URL]", "here (https://example.org)"),
        ("[URL]https://example.org[/URL]", "https://example.org"),
        ("https://example.org/a", "https://example.org/a"),
        ("[USER=5]Bob[/USER] in [CHAT=7]Chat[/CHAT]", "Bob in Chat"),
        ("[CODE][B]raw[/B][/CODE]", "[B]raw[/B]"),
        ("[IMG]https://example.org/a.png[/IMG]", "https://example.org/a.png"),
        ("a\n>>quoted\nb", "a\n\n> quoted\nb"),
        ("  ", ""),
        ("[B", "[B"),
    ],
)
def test_lines(text: str, plain: str) -> None:
    assert plain_lines(text) == plain


def test_one_line_has_no_control_characters() -> None:
    assert plain_line(" [B]a[/B]\r\nb\tc\x00\u2028d ") == "a b c d"
