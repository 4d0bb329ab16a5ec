"""The event log: every change appends its event as the last write of its transaction; followers read it by cursor.

The order of the log equals the order of commits. SQLite has one writer, so ids suffice. On PostgreSQL rows are ordered
by (transaction id, id) and read only below the oldest running transaction: a plain sequence loses rows for readers.
See docs/adr/0002.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from skvorets.storage.database import LogRow, Tx

_POSITION = re.compile(r"([0-9]{1,19})-([0-9]{1,19})")
_LARGEST = 2**63 - 1


class Position(NamedTuple):
    """A place in the log: everything up to and including it has been seen."""

    xid: int
    event_id: int

    def __str__(self) -> str:
        """Give the form that clients keep, e.g. ``0-17``."""
        return f"{self.xid}-{self.event_id}"

    @classmethod
    def parse(cls, text: str) -> Position:
        """Read that form. Raises ValueError."""
        match = _POSITION.fullmatch(text)
        if match is None or int(match[1]) > _LARGEST or int(match[2]) > _LARGEST:
            message = "not a position of the event log"
            raise ValueError(message)
        return cls(int(match[1]), int(match[2]))


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


_COLUMNS = "id, at, kind, chat_id, person_id, data"
_AFTER_BY_ID = f"SELECT 0, {_COLUMNS} FROM events WHERE id > $1 ORDER BY id LIMIT $2"
_AFTER_BY_COMMIT = (
    f"SELECT xid::text::bigint, {_COLUMNS} FROM events WHERE (xid, id) > ($1::text::xid8, $2)"
    " AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY events.xid, id LIMIT $3"
)
_ANY_AFTER_BY_COMMIT = "SELECT 1 FROM events WHERE (xid, id) > ($1::text::xid8, $2) LIMIT 1"
_HEAD_BY_ID = "SELECT 0, coalesce(max(id), 0) FROM events"
_HEAD_BY_COMMIT = (
    "SELECT xid::text::bigint, id FROM events WHERE xid < pg_snapshot_xmin(pg_current_snapshot())"
    " ORDER BY events.xid DESC, id DESC LIMIT 1"
)
_NEWEST_BY_COMMIT = "SELECT xid::text::bigint, id FROM events ORDER BY events.xid DESC, id DESC LIMIT 1"
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


_PLACE_BY_ID = "SELECT id FROM events WHERE id > $1 ORDER BY id LIMIT 1"
_PLACE_BY_COMMIT = (
    "SELECT id FROM events WHERE (xid, id) > ($1::text::xid8, $2) AND xid < pg_snapshot_xmin(pg_current_snapshot())"
    " ORDER BY events.xid, id LIMIT 1"
)
_MISSED_BY_ID = (
    f"SELECT 0, {_COLUMNS} FROM (SELECT * FROM events WHERE id > $1 ORDER BY id LIMIT $2) AS missed"
    " WHERE (person_id = 0 AND chat_id = ANY($3)) OR person_id = $4 OR kind = 'members.left' ORDER BY id LIMIT $5"
)
_MISSED_BY_COMMIT = (
    f"SELECT xid::text::bigint, {_COLUMNS} FROM (SELECT * FROM events WHERE (xid, id) > ($1::text::xid8, $2)"
    " AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, id LIMIT $3) AS missed"
    " WHERE (person_id = 0 AND chat_id = ANY($4)) OR person_id = $5 OR kind = 'members.left'"
    " ORDER BY missed.xid, id LIMIT $6"
)
# Events deleted by one unit of work.
PRUNED_AT_ONCE = 10_000


class Missed(NamedTuple):
    """What to look for when somebody comes again."""

    after: Position
    rows: int  # look at so many events of the log
    chat_ids: list[int]
    person_id: int
    limit: int  # give so many at most


async def append(tx: Tx, kind: str, data: str, *, chat_id: int = 0, person_id: int = 0) -> None:
    """Append an event to the log; it is written with the commit."""
    tx.log_rows.append(LogRow(tx.now, kind, chat_id, person_id, data))


async def read_after(tx: Tx, position: Position, limit: int, *, ordered_by_id: bool) -> list[StoredEvent]:
    """Read the next events after a position in the order of their commits (``Store.log_is_ordered_by_id``)."""
    if ordered_by_id:
        rows = await tx.rows(_AFTER_BY_ID, position.event_id, limit)
    else:
        rows = await tx.rows(_AFTER_BY_COMMIT, str(position.xid), position.event_id, limit)
    return [StoredEvent(*row) for row in rows]


async def has_hidden(tx: Tx, position: Position) -> bool:
    """PostgreSQL only: are there committed events after a position that readers may not see yet?

    They appear when an older transaction ends, which nobody announces: a reader looks again in a moment.
    """
    return await tx.val(_ANY_AFTER_BY_COMMIT, str(position.xid), position.event_id) is not None


async def head(tx: Tx, *, ordered_by_id: bool) -> Position:
    """Give the position of the newest event that readers may see."""
    row = await tx.row(_HEAD_BY_ID if ordered_by_id else _HEAD_BY_COMMIT)
    return START if row is None else Position(row[0], row[1])


async def newest(tx: Tx, *, ordered_by_id: bool) -> Position:
    """Give the position of the newest committed event, also of one that readers may not see yet (PostgreSQL)."""
    row = await tx.row(_HEAD_BY_ID if ordered_by_id else _NEWEST_BY_COMMIT)
    return START if row is None else Position(row[0], row[1])


async def newest_authority(tx: Tx, position: Position, *, ordered_by_id: bool) -> Position | None:
    """Give the position of the newest of ``AUTHORITY_KINDS`` after a position, None when there is none."""
    if ordered_by_id:
        row = await tx.row(_AUTHORITY_BY_ID, position.event_id)
    else:
        row = await tx.row(_AUTHORITY_BY_COMMIT, str(position.xid), position.event_id)
    return None if row is None else Position(row[0], row[1])


async def log_start(tx: Tx) -> Position:
    """Up to where the log was pruned or restored; ``START`` when it is complete."""
    return Position(0, await tx.val("SELECT max(event_id) FROM log_start") or 0)


async def is_known(tx: Tx, position: Position) -> bool:
    """Can everything after this position be read? Not when it was pruned, is of another life, or was made up."""
    start = await log_start(tx)
    return position == start if position.event_id <= start.event_id else await holds(tx, position)


async def holds(tx: Tx, position: Position) -> bool:
    """Is the event at this position still there, or the log complete from the beginning?"""
    if position == START:
        return await log_start(tx) == START
    row = await tx.row("SELECT CAST(CAST(xid AS TEXT) AS BIGINT) FROM events WHERE id = $1", position.event_id)
    return row is not None and bool(row[0] == position.xid)


async def is_far_behind(tx: Tx, position: Position, rows: int, *, ordered_by_id: bool) -> bool:
    """Are there more than so many events after the position?"""
    if ordered_by_id:
        found = await tx.val(f"{_PLACE_BY_ID} OFFSET $2", position.event_id, rows)
    else:
        found = await tx.val(f"{_PLACE_BY_COMMIT} OFFSET $3", str(position.xid), position.event_id, rows)
    return found is not None


async def read_missed(tx: Tx, missed: Missed, *, ordered_by_id: bool) -> list[StoredEvent]:
    """Read what a person may have missed, oldest first: events of the chats, his own, and who left any chat."""
    if ordered_by_id:
        rows = await tx.rows(
            _MISSED_BY_ID, missed.after.event_id, missed.rows, missed.chat_ids, missed.person_id, missed.limit
        )
    else:
        rows = await tx.rows(
            _MISSED_BY_COMMIT,
            str(missed.after.xid),
            missed.after.event_id,
            missed.rows,
            missed.chat_ids,
            missed.person_id,
            missed.limit,
        )
    return [StoredEvent(*row) for row in rows]


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


async def forget_cursor(tx: Tx, name: str) -> None:
    """Let a durable reader go: the log need not be kept for it any longer."""
    await tx.do("DELETE FROM cursors WHERE name = $1", name)


async def cursors(tx: Tx) -> list[Position]:
    """Where all durable readers stand."""
    return [Position(*row) for row in await tx.rows("SELECT xid, event_id FROM cursors")]


async def prune(tx: Tx, *, before: int, below_id: int) -> int:
    """Delete events older than ``before`` (unix milliseconds) and below an id that all durable readers have passed.

    At most ``PRUNED_AT_ONCE`` of them, so that writers do not wait: call again until nothing was deleted.
    """
    row = await tx.row("SELECT min(id), max(id) FROM events")
    if row is None or row[0] is None:
        return 0
    first_kept = await tx.val("SELECT id FROM events WHERE at >= $1 ORDER BY id LIMIT 1", before)
    end = min(below_id, row[0] + PRUNED_AT_ONCE, row[1] + 1 if first_kept is None else first_kept)
    count = await tx.do("DELETE FROM events WHERE id < $1", end)
    if count:
        await _begin_at(tx, end - 1)
    return count


async def close_history(tx: Tx) -> None:
    """After a restore: ids were given anew, so positions of before mean nothing. Readers begin after what there is."""
    await _begin_at(tx, await tx.val("SELECT coalesce(max(id), 0) FROM events"))


async def _begin_at(tx: Tx, event_id: int) -> None:
    await tx.do("DELETE FROM log_start")
    await tx.do("INSERT INTO log_start (event_id) VALUES ($1)", event_id)
