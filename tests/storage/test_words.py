"""Texts as words: what is the same, where words end, what a phrase looks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.storage.words import MAX_TEXT, MAX_WORD, range_of, words_of, words_to_find


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Алёна ИВАНОВА", {"алена", "иванова"}),
        ("Ёж ёлка Ё", {"еж", "елка", "е"}),
        ("Але\u0308на", {"алена"}),  # ё written as a letter with an accent
        ("Римский-Корсаков, Н.А.", {"римский", "корсаков", "н", "а"}),
        ("O'Brien", {"o", "brien"}),
        ("Straße STRASSE", {"strasse"}),
        ("Ｉｖａｎ ﬁn", {"ivan", "fin"}),
        ("Чат №3", {"чат", "no3"}),
        ("a_b", {"a", "b"}),
        ("ΣΊΣΥΦΟΣ σίσυφος", {"σίσυφοσ"}),
        ("नमस्ते", {"नमस्ते"}),
        ("🎉\ufe0fПраздник!", {"праздник"}),
        (" \t\n", set()),
        ("—…!?", set()),
        ("a\ud800b", {"a", "b"}),
        ("a\0b", {"a", "b"}),
    ],
)
def test_words_are_runs_of_letters_and_digits_without_case(text: str, words: set[str]) -> None:
    assert words_of(text) == words


def test_an_address_is_found_whole_and_by_parts() -> None:
    assert words_of("<Ivan.Petrov@Example.com>,") == {"ivan", "petrov", "example", "com", "ivan.petrov@example.com"}


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Иванов  иван ИВАНОВ", ["иванов", "иван"]),
        ("ivan.petrov@Exa", ["ivan.petrov@exa"]),
        ("ivan@", ["ivan@"]),
        ("ivan.petrov", ["ivan", "petrov"]),
        ("@example.com", ["example", "com"]),
        ("--- @ ---", []),
    ],
)
def test_a_phrase_looks_for_its_words_and_for_addresses_as_they_are(phrase: str, words: list[str]) -> None:
    assert words_to_find(phrase) == words


def test_long_texts_and_words_are_cut_alike_on_both_sides() -> None:
    assert words_of("я" * 5_000) == set(words_to_find("я" * 200)) == {"я" * MAX_WORD}
    assert "конец" not in words_of("а " * MAX_TEXT + "конец")
    # The most that one character becomes by folding.
    assert max(map(len, words_of("\ufdfa" * 1_000_000))) <= MAX_WORD


@given(st.text(max_size=60))
def test_every_text_is_found_by_itself_and_by_the_beginnings_of_its_words(text: str) -> None:
    kept = words_of(text)
    assert kept >= set(words_to_find(text))
    for word in kept:
        first, end = range_of(word[: len(word) // 2])
        assert first.encode() <= word.encode() < end.encode()
        assert word.strip() == word != ""
