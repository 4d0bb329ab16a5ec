"""Texts of messages as HTML: each code, and nothing of the text unescaped, whatever it holds."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.markup_html import to_html

CLOCK = Clock(180)
DASHES = "-" * 54


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('раз & <два> "три"', "раз &amp; &lt;два&gt; &quot;три&quot;"),
        ("раз\nдва[BR]три#BR#", "раз<br />два<br />три<br />"),
        ("\tраз", "&nbsp;&nbsp;&nbsp;&nbsp;раз"),
        ("[B]ж[/B][I]к[/I][U]п[/U][S]з[/S]", "<b>ж</b><i>к</i><u>п</u><s>з</s>"),
        ("[SIZE=12]м[/SIZE]", '<span style="font-size:12px">м</span>'),
        ("[COLOR=#ff0000]к[/COLOR]", '<span style="color:#ff0000">к</span>'),
        (
            "[URL=https://a.example/?a=1&b=2]т[/URL]",
            '<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">т</a>',
        ),
        ("[URL=javascript:alert(1)]т[/URL]", "[URL=javascript:alert(1)]т[/URL]"),
        ("[USER=5]Иван[/USER]", '<span data-user="5">Иван</span>'),
        ("[USER=all]все[/USER]", '<span data-user="all">все</span>'),
        ("[CHAT=12]чат[/CHAT]", '<span data-chat="12">чат</span>'),
        ("[CONTEXT=chat1/456]там[/CONTEXT]", '<span data-dialog="chat1" data-message="456">там</span>'),
        ("[CALL=+7 495 1]зв[/CALL]", '<span data-call="+7 495 1">зв</span>'),
        ('[SEND=да "]кн[/SEND]', '<span data-send="да &quot;">кн</span>'),
        ("[PUT=нет]кн[/PUT]", '<span data-put="нет">кн</span>'),
        ("[CODE][B]<x>[/B][/CODE]", "<pre>[B]&lt;x&gt;[/B]</pre>"),
        (">>раз", "<blockquote>раз</blockquote>"),
        ("[DISK=7]", '<span data-disk="7"></span>'),
        ("[LIKE]", '<span data-like="0"></span>'),
        ("[TIMESTAMP=0]", '<time datetime="1970-01-01T03:00:00+03:00">1970-01-01 03:00</time>'),
        ("[TIMESTAMP=999999999999]", "999999999999"),
        ("[IMG]https://a.example/b.png[/IMG]", '<img src="https://a.example/b.png" />'),
        ("[ICON=https://a.example/i.png size=16]", '<img src="https://a.example/i.png" width="16" height="16" />'),
    ],
)
def test_codes_become_elements(text: str, html: str) -> None:
    assert to_html(text, CLOCK) == html


def test_a_quote_names_its_author() -> None:
    html = to_html(f"{DASHES}\nИван <b> [08.04.2016 13:06:49]\nтекст\n{DASHES}", CLOCK)
    assert html.startswith("<blockquote><cite>Иван &lt;b&gt; [08.04.2016 13:06:49]</cite><br />")
    assert html.endswith("текст</blockquote>")


class Checker(HTMLParser):
    """Refuses what must never come out: unknown elements and attributes, addresses that run something."""

    ELEMENTS = frozenset(["b", "i", "u", "s", "span", "a", "br", "pre", "img", "blockquote", "cite", "time"])
    ATTRIBUTES = frozenset(["style", "href", "target", "rel", "src", "width", "height", "title", "datetime"])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.ELEMENTS
        for name, value in attrs:
            assert name in self.ATTRIBUTES or name.startswith("data-")
            if name in {"href", "src"}:
                assert value
                assert value.lower().startswith(("http://", "https://", "ftp://", "mailto:", "tel:", "/"))

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


PIECES = st.sampled_from(
    [
        *(
            "[B]",
            "[/B]",
            "[URL=",
            "]",
            "[/URL]",
            "[URL]",
            "javascript:alert(1)",
            "https://a.example/",
            '"',
            "'",
            "<",
            ">",
        ),
        *("<script>", "</script>", "<!--", "[IMG]", "[/IMG]", "[SEND=", "[/SEND]", "[COLOR=", "red;x:expression(1)"),
        *(
            "[SIZE=12",
            "[CODE]",
            "[/CODE]",
            "[USER=1",
            "[/USER]",
            "\n",
            ">>",
            "&",
            "&lt;",
            "onload=x ",
            "[ICON=",
            "title=",
        ),
        *(DASHES, "[TIMESTAMP=1", "[DISK=1]", "data:text/html,", "\t", " "),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_nothing_of_a_text_reaches_the_page_unescaped(text: str) -> None:
    checker: Any = Checker()
    checker.feed(to_html(text, CLOCK))
    checker.close()
