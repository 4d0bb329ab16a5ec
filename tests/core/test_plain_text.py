"""Texts without codes, for lists: the quick way for simple texts gives what the tree gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.core import markup
from skvorets.core.markup import plain_text

PIECES = st.sampled_from(
    [
        *("[B]", "[/B]", "[b]", "[/b]", "[I]", "[/I]", "[S]", "[/S]", "[b ]", "[]", "[0]", "]", "[", "[/"),
        *("[USER=5]", "[/USER]", "[user=12]", "[USER=all]", "[USER=5 REPLACE]", "[URL]", "[/URL]", "[BR]", "#BR#"),
        *("a", "ё", " ", "\n", "\r", "\t", "    ", "x=", ">", ">>", "-", "-" * 54, ":", "/", "http://a.b", "*", "1"),
    ]
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("раз\r\n два\t три", "раз два три"),
        ("[B]раз[/B]два [USER=5]Иван[/USER]", "раздва Иван"),
        ("[B]раз", "[B]раз"),
        ("[B]раз[/I]", "[B]раз[/I]"),
        ("[B][I]раз[/I][/B]", "раз"),
    ],
)
def test_codes_and_breaks_are_gone(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@given(st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join))
def test_the_quick_way_gives_the_same(text: str) -> None:
    quick = plain_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_PLAIN", re.compile("(?!)"))
        assert plain_text(text) == quick


def test_the_quick_way_is_linear() -> None:
    for text in ("[B]" * 20_000, "[B]a" * 20_000, "[USER=1]" * 10_000, "[/B]" * 20_000, "[b]a[/b" * 10_000):
        plain_text(text)
