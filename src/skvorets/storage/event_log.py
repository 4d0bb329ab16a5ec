"""The event log: every change appends its event as the last write of its transaction; followers read it by cursor.

The order of the log equals the order of commits. SQLite has one writer, so ids suffice. On PostgreSQL rows are ordered
by (transaction id, id) and read only below the oldest running transaction: a plain sequence loses rows for readers.
See docs/adr/0002.
"""

from __future__ import annotations

from typing import NamedTuple

from skvorets.storage.database import Tx


class Position(NamedTuple):
    """A place in the log: everything up to and including it has been seen."""

    xid: int
    event_id: int

    def __str__(self) -> str:
        """Give the form that clients keep, e.g. ``0-17``."""
        return f"{self.xid}-{self.event_id}"


START = Position(0, 0)


class StoredEvent(NamedTuple):
    """One row of the log as followers read it."""

    xid: int
    id: int
    at: int  # unix milliseconds
    kind: str
    chat_id: int
    person_id: int
    data: str  # JSON of the event's Struct, see core/events.py

    @property
    def position(self) -> Position:
        """Where the event stands in the log."""
        return Position(self.xid, self.id)


_APPEND = "INSERT INTO events (at, kind, chat_id, person_id, data) VALUES ($1, $2, $3, $4, $5)"
_COLUMNS = "id, at, kind, chat_id, person_id, data"
_AFTER_BY_ID = f"SELECT 0, {_COLUMNS} FROM events WHERE id > $1 ORDER BY id LIMIT $2"
_AFTER_BY_COMMIT = (
    f"SELECT xid::text::bigint, {_COLUMNS} FROM events WHERE (xid, id) > ($1::text::xid8, $2)"
    " AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY events.xid, id LIMIT $3"
)
_HEAD_BY_ID = "SELECT 0, coalesce(max(id), 0) FROM events"
_HEAD_BY_COMMIT = (
    "SELECT xid::text::bigint, id FROM events WHERE xid < pg_snapshot_xmin(pg_current_snapshot())"
    " ORDER BY events.xid DESC, id DESC LIMIT 1"
)
# Kinds after which what is remembered of callers is void; the same words stand in the index ``events_of_authority``.
AUTHORITY_KINDS = ("application.changed", "person.changed", "webhook.changed")
_OF_AUTHORITY = "kind IN ('application.changed', 'person.changed', 'webhook.changed')"
_AUTHORITY_BY_ID = (
    f"SELECT 0, id FROM events WHERE {_OF_AUTHORITY} AND (xid, id) > (0, $1) ORDER BY xid DESC, id DESC LIMIT 1"
)
_AUTHORITY_BY_COMMIT = (
    f"SELECT xid::text::bigint, id FROM events WHERE {_OF_AUTHORITY} AND (xid, id) > ($1::text::xid8, $2)"
    " AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY events.xid DESC, id DESC LIMIT 1"
)


async def append(tx: Tx, kind: str, data: str, *, chat_id: int = 0, person_id: int = 0) -> None:
    """Write an event; must be among the last statements of its unit."""
    await tx.do(_APPEND, tx.now, kind, chat_id, person_id, data)
    tx.log_grew = True


async def read_after(tx: Tx, position: Position, limit: int, *, ordered_by_id: bool) -> list[StoredEvent]:
    """Read the next events after a position in the order of their commits (``Store.log_is_ordered_by_id``)."""
    if ordered_by_id:
        rows = await tx.rows(_AFTER_BY_ID, position.event_id, limit)
    else:
        rows = await tx.rows(_AFTER_BY_COMMIT, str(position.xid), position.event_id, limit)
    return [StoredEvent(*row) for row in rows]


async def head(tx: Tx, *, ordered_by_id: bool) -> Position:
    """Give the position of the newest event that readers may see."""
    row = await tx.row(_HEAD_BY_ID if ordered_by_id else _HEAD_BY_COMMIT)
    return START if row is None else Position(row[0], row[1])


async def newest_authority(tx: Tx, position: Position, *, ordered_by_id: bool) -> Position | None:
    """Give the position of the newest of ``AUTHORITY_KINDS`` after a position, None when there is none."""
    if ordered_by_id:
        row = await tx.row(_AUTHORITY_BY_ID, position.event_id)
    else:
        row = await tx.row(_AUTHORITY_BY_COMMIT, str(position.xid), position.event_id)
    return None if row is None else Position(row[0], row[1])


async def oldest(tx: Tx) -> Position:
    """Give the position of the oldest event that is kept; a reader that stands before it must load everything anew."""
    row = await tx.row("SELECT id FROM events ORDER BY id LIMIT 1")
    return START if row is None else Position(0, row[0])


async def cursor(tx: Tx, name: str) -> Position | None:
    """Where a durable reader stands."""
    row = await tx.row("SELECT xid, event_id FROM cursors WHERE name = $1", name)
    return None if row is None else Position(row[0], row[1])


async def move_cursor(tx: Tx, name: str, position: Position) -> None:
    """Advance a durable reader; in the transaction that stores what it made of the events."""
    await tx.do(
        "INSERT INTO cursors (name, xid, event_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (name) DO UPDATE SET xid = excluded.xid, event_id = excluded.event_id",
        name,
        position.xid,
        position.event_id,
    )


async def prune(tx: Tx, *, before: int, below_id: int) -> int:
    """Delete events older than ``before`` (unix milliseconds) and below an id that all durable readers have passed."""
    return await tx.do("DELETE FROM events WHERE at < $1 AND id < $2", before, below_id)
