"""Rows of ``record_history``: what happened to records; and what was said about them, which are messages."""

from __future__ import annotations

from typing import Final

import msgspec

from skvorets.storage.database import Tx

COMMENT: Final = "comment"
"""Kind of what was said."""
COMMENT_IDS: Final = 10**12
"""What a message's id has less than its id among what happened; changes have smaller ones."""


class Deed(msgspec.Struct, frozen=True):
    """One change of a record, or comment on it. Times are unix milliseconds."""

    id: int
    catalog_id: int
    number: int
    title: str  # of the record at that time
    kind: str  # created, changed, deleted, comment
    changes: str  # JSON: old and new value by field id; of a comment: its text
    person_id: int
    at: int


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of the history is wanted."""

    catalog_id: int
    number: int = 0  # 0 = of all records
    person_id: int = 0  # only by this person
    is_ascending: bool = False
    limit: int
    offset: int = 0


_COLUMNS = ", ".join(Deed.__struct_fields__)
_SAID = (
    f"m.id + {COMMENT_IDS} AS id, rc.catalog_id, rc.record_id AS number, c.title, '{COMMENT}' AS kind,"
    " m.text AS changes, m.author_id AS person_id, m.created_at AS at"
    " FROM record_chats rc JOIN chats c ON c.id = rc.chat_id JOIN messages m ON m.chat_id = rc.chat_id"
)


async def insert(tx: Tx, deed: Deed) -> None:
    """Store a change (its ``id`` is ignored)."""
    await tx.do(
        f"INSERT INTO record_history ({', '.join(Deed.__struct_fields__[1:])}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        *msgspec.structs.astuple(deed)[1:],
    )


async def select(tx: Tx, question: Question) -> list[Deed]:
    """Give what fits, changes and comments, in the order of time.

    Of each as much is looked at as the wanted part can need, by the order of its ids.
    """
    tests, said = "catalog_id = $1", "rc.catalog_id = $1"
    args: list[object] = [question.catalog_id]
    for column, of_message, value in (
        ("number", "rc.record_id", question.number),
        ("person_id", "m.author_id", question.person_id),
    ):
        if value:
            args.append(value)
            tests += f" AND {column} = ${len(args)}"
            said += f" AND {of_message} = ${len(args)}"
    way = "ASC" if question.is_ascending else "DESC"
    args += [question.limit + question.offset, question.limit, question.offset]
    most, limit, offset = (f"${len(args) - before}" for before in (2, 1, 0))
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM ("
        f"SELECT * FROM (SELECT {_COLUMNS} FROM record_history WHERE {tests} ORDER BY id {way} LIMIT {most}) done"
        f" UNION ALL SELECT * FROM (SELECT {_SAID} WHERE {said} AND m.deleted_at = 0 AND m.author_id > 0"
        f" ORDER BY m.id {way} LIMIT {most}) said"
        f") happened ORDER BY at {way}, id {way} LIMIT {limit} OFFSET {offset}",
        *args,
    )
    return [Deed(*row) for row in rows]
