"""Which links a text has, and by which marks the index knows what is in a message."""

from __future__ import annotations

import time
from typing import Any

import pytest

from skvorets.core.message_links import MAX_LINKS, links_in, marks_of
from skvorets.storage.message_search import HAS_FILE, HAS_LINK


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("no links: a://", []),
        ("see https://a.example/x?y=1 now", [("https://a.example/x?y=1", "")]),
        ("[URL=https://a.example]a [B]bold[/B]\nword[/URL]", [("https://a.example", "a bold word")]),
        ("[URL]https://a.example[/URL] https://a.example", [("https://a.example", "")]),
        ("[B]https://a.example[/B] ftp://b.example/f", [("https://a.example", ""), ("ftp://b.example/f", "")]),
        ("https://a.example/cat.png", [("https://a.example/cat.png", "")]),
        ("[URL=/online/]here[/URL] mailto:a@b.example", []),
        (">>https://quoted.example\nhttps://said.example", [("https://said.example", "")]),
        ("[CODE]https://a.example[/CODE]", []),
    ],
)
def test_links_are_those_that_the_author_has_written(text: str, links: list[tuple[str, str]]) -> None:
    assert links_in(text) == links


def test_the_first_links_count() -> None:
    text = " ".join(f"https://a.example/{number}" for number in range(MAX_LINKS + 5))
    assert [one.url for one in links_in(text)] == text.split()[:MAX_LINKS]


@pytest.mark.parametrize(
    ("text", "params", "marks"),
    [
        ("x", None, []),
        ("https://a.example", {}, [HAS_LINK]),
        ("x", {"FILE_ID": [1]}, [HAS_FILE]),
        ("https://a.example", {"FILE_ID": [1]}, [HAS_FILE, HAS_LINK]),
        ("x", {"FILE_ID": []}, []),
    ],
)
def test_marks_say_what_is_in_a_message(text: str, params: dict[str, Any] | None, marks: list[str]) -> None:
    assert marks_of(text, params) == marks


def test_long_texts_are_read_in_linear_time() -> None:
    began = time.perf_counter()
    for piece in ("https://a.example ", "[URL=https://a.example]", "[URL]https://", "://"):
        links_in((piece * 20_000)[:20_000])
    assert time.perf_counter() - began < 2
