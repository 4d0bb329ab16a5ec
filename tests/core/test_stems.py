"""Words of texts: forms of one word are one, codes are not seen, nothing gets out of hand."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import hypothesis
import pytest
from hypothesis import strategies as st

from skvorets.core.stems import MAX_WORD_CHARS, MAX_WORDS, forms_of, stems_of


@pytest.mark.parametrize(
    "forms",
    [
        "суббота субботу субботы субботами Суббота СУББОТЕ",
        "отчёт отчеты ОТЧЁТОМ отчётами отчету",
        "ёлка елка Ёлки ЕЛКОЙ",
        "е\u0308лка ёлка",  # the letter and its dots apart
        "счёт счёта счёту",
        "проверить проверила проверили",
        "run running runs RUN",
        "meeting meetings Meeting",
        "straße STRASSE Straße",
        "ﬁle file files",
        "ｆｉｌｅ file",
        "суб\u00adбота суб\u200bбота суббота",
    ],
)
def test_forms_of_a_word_are_one(forms: str) -> None:
    assert len(stems_of(forms)) == 1


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("№5, v2 и 2024-06-01", ["5", "v2", "и", "2024", "06", "01"]),
        ("Skvorets™ 1.0", ["skvoret", "1", "0"]),
        ("foo_bar don't", ["foo", "bar", "don", "t"]),
        ("会議 مرحبا", ["会議", "مرحبا"]),
        ("", []),
        ("🎉 — … !!! [B][/B]", []),
        ("@c12 @a5", ["c12", "a5"]),
    ],
)
def test_letters_and_digits_make_words(text: str, stems: list[str]) -> None:
    assert stems_of(text) == stems


def test_a_word_counts_once_in_the_order_of_the_text() -> None:
    assert stems_of("б а б а в б") == ["б", "а", "в"]


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("[URL=https://secret.example/path]отчёт[/URL]", ["отчет"]),
        ("[B]суб[/B]бота", ["суббот"]),
        ("[USER=15]Иван Петров[/USER], привет", ["ива", "петр", "привет"]),
        ("[CODE]let x = [B];[/CODE]", ["let", "x", "b"]),
        ("раз[BR]два", ["раз", "два"]),
        ("[notacode] слово", ["notacod", "слов"]),
    ],
)
def test_what_is_seen_is_what_counts(text: str, stems: list[str]) -> None:
    assert stems_of(text) == stems


@hypothesis.given(st.text(max_size=300))
def test_every_word_is_one_token_whatever_the_text(text: str) -> None:
    for stem in stems_of(text):
        assert re.fullmatch(r"[^\W_]+", stem)
        assert len(stem) <= MAX_WORD_CHARS
        assert stem == stem.lower() or not stem.lower().islower()


@hypothesis.given(st.text("суботаеё runig[]B/ ", max_size=60))
def test_a_text_is_found_by_itself(text: str) -> None:
    assert set(stems_of(text.upper().lower())) == set(stems_of(text.lower()))


@pytest.mark.parametrize(
    "text",
    [
        "[b]" * 6000 + "слово",
        "[URL]" * 4000,
        "ё" * 20_000,
        "а " * 10_000,
        "я" + "\u0301" * 19_999,
        "\ufdfa" * 20_000,
        " ".join(f"\ufdfa{chr(0x400 + number % 200)}{chr(0x4E00 + number)}" for number in range(5000)),
        " ".join(chr(0x4E00 + number) for number in range(10_000)),
    ],
    ids=["codes", "addresses", "one word", "words", "marks", "eighteen letters each", "phrases", "signs"],
)
def test_the_worst_texts_are_read_quickly(text: str) -> None:
    began = time.process_time()
    stems = stems_of(text)
    assert time.process_time() - began < 1.5  # some 50 ms on a machine that does nothing else
    assert len(stems) <= MAX_WORDS


def test_the_limit_may_be_smaller() -> None:
    assert stems_of("раз два три четыре", 2) == ["раз", "два"]


def test_threads_share_the_stemmers() -> None:
    words = [f"{root}{ending}" for root in ("работ", "встреч", "докум") for ending in ("ами", "ого", "ует", "ость")]
    expected = [stems_of(word) for word in words]
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(lambda _: [stems_of(word) for word in words], range(200)):
            assert found == expected


def test_the_forms_of_a_text_that_have_a_stem_are_given_once_as_written() -> None:
    text = "В СУББОТУ, [B]суббота[/B]; субботу! Running run [URL=https://x/run]runs[/URL] ёлки"
    assert forms_of(text, stems_of("субботы")) == ["субботу", "суббота"]
    assert forms_of(text, stems_of("run елка")) == ["running", "run", "runs", "ёлки"]
    assert forms_of(text, []) == []
