"""From text to the words by which messages are found: «субботу» and «Суббота» give «суббот», "running" gives "run".

The index and the question go through the same function, so whatever it does to a word it does to both. Codes are read
by ``core/markup.py``: what people see is found, addresses behind a link are not. Endings are cut by the Snowball
stemmers, Russian for words in Cyrillic letters, English for those in Latin ones; numbers stay whole.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection
from itertools import chain, islice
from typing import Final

import Stemmer  # type: ignore[import-not-found]  # a compiled module without types

from skvorets.core import markup

STEMS_VERSION: Final = 2
"""To be raised whenever a message gives other words or marks than before: the index is then made anew."""

MAX_WORDS: Final = 4_000
"""Different words of one message that can be found; a text of 20,000 characters written by people has fewer."""

MAX_WORD_CHARS: Final = 64
"""A longer word counts as several."""

# Words whose stems are remembered: most of what people write every day. Some 5 MB.
_REMEMBERED_WORDS = 32_768
# Letters and digits of any script; nothing else ever gets into the index.
_WORD = re.compile(rf"[^\W_]{{1,{MAX_WORD_CHARS}}}")
# Invisible marks within words: soft hyphen, zero-width space and joiners, word joiner, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_YO, _YE = "\u0451", "\u0435"
_FIRST_CYRILLIC, _LAST_CYRILLIC = "\u0400", "\u04ff"
# They remember nothing themselves. A stemmer has a buffer of its own, but holds the interpreter's lock while it uses
# it, so all threads may share one.
_russian, _english = Stemmer.Stemmer("russian", 0), Stemmer.Stemmer("english", 0)


def stems_of(text: str, limit: int = MAX_WORDS) -> list[str]:
    """Give the different words of a text with BB codes in the order in which they come, each without its ending.

    Each consists of letters and digits only, in lower case, and is never empty. Linear in the length of the text.
    """
    words = islice(dict.fromkeys(_WORD.findall(_readable(text).lower())), limit)
    return list(dict.fromkeys(chain.from_iterable(map(_stems_of_word, words))))[:limit]


def _readable(text: str) -> str:
    if "[" in text:
        text = markup.plain_text(text)
    if not text.isascii():  # letters with their marks become one character; a sign such as U+2116 stays a sign
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return text


def forms_of(text: str, stems: Collection[str]) -> list[str]:
    """Give the words of a text, as they are written there but in lower case, that have one of the stems; each once.

    They are what is to be marked in the text for somebody who has searched for words with these stems.
    """
    wanted = frozenset(stems)
    words = islice(dict.fromkeys(_WORD.findall(_readable(text).lower())), MAX_WORDS)
    return [word for word in words if not wanted.isdisjoint(_stems_of_word(word))]


@functools.lru_cache(_REMEMBERED_WORDS)
def _stems_of_word(word: str) -> tuple[str, ...]:
    """Give the stem of a word; some letters of compatibility stand for several words."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold()).replace(_YO, _YE)
    return tuple(map(_stem, _WORD.findall(word)))


def _stem(word: str) -> str:
    if _FIRST_CYRILLIC <= word[0] <= _LAST_CYRILLIC:
        stem: str = _russian.stemWord(word)
    elif "a" <= word[0] <= "z":
        stem = _english.stemWord(word)
    else:
        stem = word
    return stem or word
