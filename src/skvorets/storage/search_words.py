"""Rows of ``search_words``: the words by which people, chats and departments are found.

Kept by the functions that write names (``people``, ``chats``, ``departments``), in the same transaction: whoever adds
such a function calls ``keep_…`` there. ``search_rebuild`` makes all words anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.words import words_of

# ``kind`` of the owners of words.
PERSON, CHAT, DEPARTMENT = 1, 2, 3
# Columns of ``people`` whose words are kept; the first two are the name.
PERSON_COLUMNS = ("first_name", "last_name", "work_position", "email")
# Rows of one INSERT: quick, and far below the engines' limits of 32,766 parameters.
_ROWS_AT_ONCE = 500
_PERSON = f"SELECT {', '.join(PERSON_COLUMNS)} FROM people WHERE id = $1"

# Words of one owner: 1 for those of its name, 0 for the others.
Words: TypeAlias = Mapping[str, int]


class Owned(msgspec.Struct, frozen=True):
    """The words of one person, chat or department."""

    owner_id: int
    words: Words


def of_person(texts: Sequence[str]) -> Words:
    """Give the words of a person from the values of ``PERSON_COLUMNS``."""
    first_name, last_name, position, email = texts
    names = words_of(first_name) | words_of(last_name)
    others = (words_of(position) | words_of(email)) - names
    return dict.fromkeys(names, 1) | dict.fromkeys(others, 0)


def of_title(title: str) -> Words:
    """Give the words of a chat's or department's name."""
    return dict.fromkeys(words_of(title), 1)


async def insert(tx: Tx, kind: int, owned: Iterable[Owned]) -> None:
    """Add words; their owners have none yet."""
    rows = [(kind, word, one.owner_id, in_name) for one in owned for word, in_name in one.words.items()]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        groups = (f"(${n}, ${n + 1}, ${n + 2}, ${n + 3})" for n in range(1, 4 * len(part), 4))
        await tx.do(
            f"INSERT INTO search_words (kind, word, owner_id, in_name) VALUES {', '.join(groups)}",
            *chain.from_iterable(part),
        )


async def replace(tx: Tx, kind: int, owner_id: int, words: Words) -> None:
    """Keep other words for an owner."""
    await tx.do("DELETE FROM search_words WHERE kind = $1 AND owner_id = $2", kind, owner_id)
    await insert(tx, kind, [Owned(owner_id, words)])


async def keep_person(tx: Tx, person_id: int, changed: Iterable[str]) -> None:
    """Keep the words of a person whose columns were changed; nothing is done when no word can be among them."""
    if set(changed).isdisjoint(PERSON_COLUMNS):
        return
    row = await tx.row(_PERSON, person_id)
    if row is not None:
        await replace(tx, PERSON, person_id, of_person([str(text) for text in row]))
