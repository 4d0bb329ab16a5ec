"""Encodings of pages: the answer's word, the byte order mark, the page's own word, a guess."""

from __future__ import annotations

import codecs

import pytest

from skvorets.links.charsets import DECLARED_WITHIN, decode

TEXT = "Привет, скворец"


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", " windows-1251 ", "cp1251", "KOI8-R", "utf-16", "iso-8859-5"])
def test_the_answer_says_the_encoding(charset: str) -> None:
    assert decode(TEXT.encode(charset.strip()), charset) == TEXT


@pytest.mark.parametrize(
    ("mark", "charset"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_says_it(mark: bytes, charset: str) -> None:
    assert decode(mark + TEXT.encode(charset), "") == TEXT


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET = windows-1251 >",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
    ],
)
def test_the_page_says_it(meta: str) -> None:
    page = f"<head>{meta}<title>{TEXT}</title>"
    assert decode(page.encode("cp1251"), "") == page


def test_the_page_says_it_at_its_beginning_or_not_at_all() -> None:
    late = " " * DECLARED_WITHIN + '<meta charset="koi8-r">'
    assert decode(late.encode() + TEXT.encode(), "").endswith(TEXT)


def test_silent_pages_are_utf_8_or_the_old_encoding_of_our_languages() -> None:
    assert decode(TEXT.encode(), "") == TEXT
    assert decode(TEXT.encode()[:-1], "") == TEXT[:-1]  # cut within a letter
    assert decode(TEXT.encode("cp1251"), "") == TEXT


def test_labels_mean_what_browsers_take_them_for() -> None:
    assert decode("“x” €".encode("cp1252"), "iso-8859-1") == "“x” €"
    assert decode(b"x", '<meta charset="utf-16">') == "x"
    page = '<meta charset="utf-16"><title>я</title>'
    assert decode(page.encode(), "") == page


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "unicode_escape", "utf-7", "base64", "zlib", "rot13", "", "ы", "\0"]
)
def test_what_is_no_encoding_of_pages_is_not_used(charset: str) -> None:
    assert decode(TEXT.encode(), charset) == TEXT
