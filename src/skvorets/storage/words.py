"""Texts as words to be compared: by whom and what is kept, and by what is looked for, alike on both engines.

    «Римский-Корсаков» → римский, корсаков      «Алёна» → алена      Ivan.Petrov@example.com → ivan, petrov, example,
    com, and the whole address

Letters are compared without case, ё is е, and full-width letters, ligatures and the like are what Unicode says they are
compatible with.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# The way in which words are made. To be raised with every change of it: all kept words are made anew then.
VERSION = 1
# Characters of a text that are looked at; names and titles have at most 255.
MAX_TEXT = 1_000
# Characters of a word that are compared. An index of PostgreSQL takes entries of up to 2,700 bytes, four per character.
MAX_WORD = 128
# Besides letters and digits, what an e-mail address is written with.
_OF_ADDRESSES = frozenset("@.-_+")
# An ordinary string never holds it; so all words with a prefix lie between the prefix and the prefix with it.
_LAST_CHARACTER = "\U0010ffff"


def words_of(text: str) -> set[str]:
    """Give the words by which a text is found; an e-mail address also counts as one word."""
    return {word for piece in _fold(text).split() for word in (*_split(piece), _address(piece)) if word}


def words_to_find(text: str) -> list[str]:
    """Give the words of a search phrase in their order, each once; an e-mail address is one word."""
    found: dict[str, None] = {}
    for piece in _fold(text).split():
        address = _address(piece)
        found |= dict.fromkeys([address] if address else _split(piece))
    return list(found)


def range_of(prefix: str) -> tuple[str, str]:
    """Give the bounds of all words that begin with the prefix: from the first one up to, not including, the second."""
    return prefix, prefix + _LAST_CHARACTER


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:MAX_TEXT]).casefold()
    # Folding takes some letters apart that belong together.
    return unicodedata.normalize("NFKC", folded).replace("ё", "е")


def _split(piece: str) -> Iterator[str]:
    """Give runs of letters and digits with their accents, cut to the length that is compared."""
    word: list[str] = []
    for character in piece:
        if character.isalnum() or (word and _is_mark(character)):
            word.append(character)
        elif word:
            yield "".join(word[:MAX_WORD])
            word = []
    if word:
        yield "".join(word[:MAX_WORD])


def _address(piece: str) -> str:
    """Give the e-mail address, or the beginning of one, that the piece is; empty when it is none."""
    kept = [one for one in piece if one.isalnum() or one in _OF_ADDRESSES or _is_mark(one)]
    address = "".join(kept).lstrip("@.-_+")
    return address[:MAX_WORD] if "@" in address else ""


def _is_mark(character: str) -> bool:
    """Is this an accent or a vowel sign that belongs to the letter before it?"""
    return unicodedata.category(character).startswith("M")
