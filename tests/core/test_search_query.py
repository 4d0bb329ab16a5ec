"""Conditions in what is typed to find messages."""

from __future__ import annotations

import time
from datetime import date

import hypothesis
import pytest
from hypothesis import strategies as st

from skvorets.core.search_query import MAX_CONDITIONS, SearchQuery, read_query


@pytest.mark.parametrize(
    ("phrase", "query"),
    [
        ("", SearchQuery()),
        ("отчёт  за год", SearchQuery(text="отчёт за год")),
        ("from:bob план", SearchQuery(text="план", authors=("bob",))),
        ('план from:"Bob Ivanov" От:«Анна Петрова»', SearchQuery(text="план", authors=("Bob Ivanov", "Анна Петрова"))),
        ("from:me from:bob", SearchQuery(authors=("bob",), is_by_me=True)),
        ("ОТ:я в:продажи", SearchQuery(is_by_me=True, chats=("продажи",))),
        ("before:2024-05-01 после:01.02.2024", SearchQuery(before=date(2024, 5, 1), after=date(2024, 2, 1))),
        ("до:2024-05-01 до:2024-04-01", SearchQuery(before=date(2024, 4, 1))),
        ("after:2024-05-01 after:2024-04-01", SearchQuery(after=date(2024, 5, 1))),
        ("has:file есть:ссылка", SearchQuery(has_file=True, has_link=True)),
        ("has:time before:noon after:2024-13-01", SearchQuery(text="has:time before:noon after:2024-13-01")),
        ("from: bob", SearchQuery(text="from: bob")),
        ('from:"" x', SearchQuery(text='from:"" x')),
        ("xfrom:bob (from:bob)", SearchQuery(text="xfrom:bob (from:bob)")),
        ("https://in:8080/", SearchQuery(text="https://in:8080/")),
    ],
)
def test_conditions_are_told_from_words(phrase: str, query: SearchQuery) -> None:
    assert read_query(phrase) == query


def test_further_conditions_are_words() -> None:
    query = read_query(" ".join(f"from:p{number}" for number in range(MAX_CONDITIONS + 1)))
    assert len(query.authors) == MAX_CONDITIONS
    assert query.text == f"from:p{MAX_CONDITIONS}"


@hypothesis.given(st.text(st.sampled_from("from:in «»\"' я-01."), max_size=60))
def test_anything_can_be_typed(phrase: str) -> None:
    query = read_query(phrase)
    assert read_query(query.text).text or not query.text


def test_reading_is_linear() -> None:
    began = time.perf_counter()
    for piece in (' from:"', " from:«", "from:x ", " in:", "from:«"):
        read_query(piece * 20_000)
    assert time.perf_counter() - began < 2
