"""Rows of ``audit_log``: who did what. Rows are added and, when they are old, dropped; never changed."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx


class Entry(msgspec.Struct, frozen=True):
    """One fact. Times are unix milliseconds."""

    id: int
    at: int
    actor_id: int  # 0 = nobody who is known, or the command line
    action: str
    subject_kind: str  # empty = nothing
    subject_id: int
    address: str  # the actor's network address, empty = not known
    details: str  # JSON object


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries; what is left out does not matter."""

    actor_id: int | None = None
    action: str = ""
    since: int = 0  # unix milliseconds, the first one that counts
    until: int = 0  # the first one that counts no more, 0 = no end
    before_id: int = 0  # only older ones than this, 0 = from the newest
    limit: int = 50


_COLUMNS = ", ".join(Entry.__struct_fields__)


async def insert(tx: Tx, entry: Entry) -> None:
    """Add an entry (its id is not looked at)."""
    await tx.do(
        "INSERT INTO audit_log (at, actor_id, action, subject_kind, subject_id, address, details)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        *msgspec.structs.astuple(entry)[1:],
    )


async def select(tx: Tx, wanted: Wanted) -> list[Entry]:
    """The entries that fit, the newest first."""
    args: list[object] = []
    tests = []
    for value, test in (
        (wanted.actor_id, "actor_id = ${}"),
        (wanted.action or None, "action = ${}"),
        (wanted.since or None, "at >= ${}"),
        (wanted.until or None, "at < ${}"),
        (wanted.before_id or None, "id < ${}"),
    ):
        if value is not None:
            args.append(value)
            tests.append(test.format(len(args)))
    where = f"WHERE {' AND '.join(tests)}" if tests else ""
    args.append(wanted.limit)
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM audit_log {where} ORDER BY id DESC LIMIT ${len(args)}", *args)
    return [Entry(*row) for row in rows]


async def delete_before(tx: Tx, at: int, limit: int) -> int:
    """Drop the oldest entries that are older than this, so many at most; how many went."""
    return await tx.do(
        "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE at < $1 ORDER BY at LIMIT $2)", at, limit
    )
