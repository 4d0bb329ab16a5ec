"""Mentions inside texts: ``<@$users:7;Name/@>`` here, ``[USER=7]Name[/USER]`` in the stored text.

Everything else of a text goes through as it is. Source: spec ``bpium-messages.md`` §4.4.1.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from skvorets.core import markup
from skvorets.core.catalog_rights import USERS_CATALOG
from skvorets.core.catalogs import USERS_WORD

MAX_NAME_CHARS: Final = 255
"""Longer names stay text; so a text full of beginnings costs no more than its length times this."""
_MENTION = re.compile(
    rf"<@(?:{re.escape(USERS_WORD)}|{USERS_CATALOG}):([1-9][0-9]{{0,17}});((?:(?!/@>)[^\n]){{0,{MAX_NAME_CHARS}}})/@>"
)


def mentioned_in(text: str) -> list[int]:
    """Give the ids of the employees whom the text of a request mentions."""
    return [int(one[1]) for one in _MENTION.finditer(text)] if "<@" in text else []


def to_stored(text: str, known: Container[int]) -> str:
    """Give the text as it is stored; mentions of unknown people stay text."""
    if "<@" not in text:
        return text

    def stored(found: re.Match[str]) -> str:
        person_id = int(found[1])
        return markup.mention_of(person_id, found[2]) if person_id in known else found[0]

    return _MENTION.sub(stored, text)


def to_wire(text: str) -> str:
    """Give a stored text as programs see it."""
    if "[" not in text:
        return text
    return markup.replace_mentions(text, lambda person_id, name: f"<@{USERS_WORD}:{person_id};{_tame(name)}/@>")


def _tame(name: str) -> str:
    """A name must not end the mention that it stands in."""
    return name.replace("/@>", "/ @>").replace("\n", " ")
