"""What somebody types to find messages: words, and conditions between them. Pure.

    from:bob from:"Bob Ivanov" from:me   by one of these people          от:  (me: я)
    in:sales in:bob                      in one of these chats           в:
    before:2024-05-01  after:2024-05-01  on days before, after this one  до:  после:   (also 01.05.2024)
    has:file  has:link                   with such a thing               есть:файл  есть:ссылка

What looks like a condition and is none (``has:time``, ``before:noon``) stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec

MAX_CONDITIONS: Final = 20
"""Conditions of a phrase that are looked at; further ones are words."""
_NAMES: Final[Mapping[str, str]] = {
    "from": "from",
    "от": "from",
    "in": "in",
    "в": "in",
    "before": "before",
    "до": "before",
    "after": "after",
    "после": "after",
    "has": "has",
    "есть": "has",
}
_ME = frozenset({"me", "я", "меня"})
_FILES = frozenset({"file", "files", "файл", "файлы"})
_LINKS = frozenset({"link", "links", "ссылка", "ссылки"})
_MAX_VALUE = 200  # characters between quotes
# A name, a colon, and a value that may be in quotes.
_CONDITION = re.compile(
    rf'(?<!\S)({"|".join(_NAMES)}):(?:"([^"]{{0,{_MAX_VALUE}}})"|«([^»]{{0,{_MAX_VALUE}}})»|(\S+))', re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class SearchQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for."""

    text: str = ""  # the words
    authors: tuple[str, ...] = ()  # names, any of them …
    is_by_me: bool = False  # … or the one who asks
    chats: tuple[str, ...] = ()  # titles and names, any of them
    before: date | None = None  # on an earlier day
    after: date | None = None  # on a later day
    has_file: bool = False
    has_link: bool = False


class _Found:
    """Collects the conditions of a phrase."""

    def __init__(self) -> None:
        self.authors: list[str] = []
        self.chats: list[str] = []
        self.facts: dict[str, bool] = {}
        self.days: dict[str, date] = {}
        self._left = MAX_CONDITIONS

    def take(self, match: re.Match[str]) -> str:
        """Take one condition; gives what is left of it in the text."""
        name = _NAMES[match[1].lower()]
        value = next(one for one in match.groups()[1:] if one is not None).strip()
        if not self._left or not value or not self._takes(name, value):
            return match[0]
        self._left -= 1
        return " "

    def _takes(self, name: str, value: str) -> bool:
        if name == "from":
            self._take_author(value)
        elif name == "in":
            self.chats.append(value)
        elif name == "has":
            return self._takes_fact(value.lower())
        else:
            return self._takes_day(name, value)
        return True

    def _take_author(self, value: str) -> None:
        if value.lower() in _ME:
            self.facts["is_by_me"] = True
        else:
            self.authors.append(value)

    def _takes_fact(self, value: str) -> bool:
        if value not in _FILES | _LINKS:
            return False
        self.facts["has_file" if value in _FILES else "has_link"] = True
        return True

    def _takes_day(self, name: str, value: str) -> bool:
        day = _day_of(value)
        if day is None:
            return False
        known = self.days.get(name, day)
        self.days[name] = min(day, known) if name == "before" else max(day, known)
        return True


def read_query(phrase: str) -> SearchQuery:
    """Read what was typed. Linear in its length."""
    found = _Found()
    text = " ".join(_CONDITION.sub(found.take, phrase).split())
    return SearchQuery(
        text=text,
        authors=tuple(found.authors),
        chats=tuple(found.chats),
        before=found.days.get("before"),
        after=found.days.get("after"),
        **found.facts,
    )


def _day_of(value: str) -> date | None:
    if match := _ISO.fullmatch(value):
        year, month, day = map(int, match.groups())
    elif match := _DOTTED.fullmatch(value):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
