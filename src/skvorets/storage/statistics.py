"""How much there is of everything. What a page view asks for is counted from small tables or the ends of indexes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from skvorets.storage.database import Tx

_SQLITE_SIZE = (
    "SELECT (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size()),"
    " (SELECT freelist_count FROM pragma_freelist_count()) * (SELECT page_size FROM pragma_page_size())"
)
_POSTGRES_SIZE = "SELECT pg_database_size(current_database()), 0"


class DatabaseSize(NamedTuple):
    """Size of the database, bytes."""

    whole: int
    free: int  # of it empty pages, which are used again (SQLite)


class Numbers(NamedTuple):
    """How many there are."""

    messages: int  # ever written; those removed since are not subtracted
    chats: int
    people: int  # active humans
    bots: int


class LogSpan(NamedTuple):
    """What the event log holds."""

    rows: int  # at most: ids may have gaps
    oldest_at: int  # unix milliseconds, 0 = empty
    newest_at: int


class Reader(NamedTuple):
    """How far a durable reader of the log is."""

    name: str
    behind: int  # rows of the log after its place, at most


class LargeFile(NamedTuple):
    """A file of a chat or of a person's own folders."""

    id: int
    name: str
    size: int
    media_type: str
    created_at: int
    author_id: int
    chat_id: int
    message_id: int


async def database_size(tx: Tx) -> DatabaseSize:
    """Ask the engine: it knows without looking."""
    return DatabaseSize(*await tx.one(_POSTGRES_SIZE if tx.is_postgres else _SQLITE_SIZE))


async def numbers(tx: Tx) -> Numbers:
    """Count by two looks at the small tables: each chat knows the number of its newest message."""
    messages, chats = await tx.one("SELECT coalesce(sum(last_seq), 0), count(*) FROM chats")
    people, bots = await tx.one(
        "SELECT coalesce(sum(CASE WHEN kind = 'human' AND active = 1 THEN 1 ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN kind = 'bot' AND active = 1 THEN 1 ELSE 0 END), 0) FROM people"
    )
    return Numbers(int(messages), int(chats), int(people), int(bots))


async def log_span(tx: Tx) -> LogSpan:
    """Look at both ends of the log."""
    row = await tx.row("SELECT min(id), max(id) FROM events")
    if row is None or row[0] is None:
        return LogSpan(0, 0, 0)
    oldest = await tx.val("SELECT at FROM events WHERE id = $1", row[0])
    newest = await tx.val("SELECT at FROM events WHERE id = $1", row[1])
    return LogSpan(row[1] - row[0] + 1, oldest or 0, newest or 0)


async def readers(tx: Tx, read_up_to: Mapping[str, int]) -> list[Reader]:
    """The durable readers of the log and how far each is behind, by name; ``read_up_to``: what is known besides."""
    newest = int(await tx.val("SELECT coalesce(max(id), 0) FROM events"))
    rows = await tx.rows("SELECT name, event_id FROM cursors ORDER BY name")
    return [Reader(row[0], max(0, newest - max(row[1], read_up_to.get(row[0], 0)))) for row in rows]


async def largest_files(tx: Tx, limit: int) -> list[LargeFile]:
    """The largest files, by their index."""
    rows = await tx.rows(
        f"SELECT {', '.join(LargeFile._fields)} FROM files WHERE deleted_at = 0 AND is_folder = 0"
        " ORDER BY size DESC, id DESC LIMIT $1",
        limit,
    )
    return [LargeFile(*row) for row in rows]


async def deliveries(tx: Tx) -> dict[str, int]:
    """How many events and letters wait, are under way, were given up: by the indexes of those states."""
    rows = await tx.rows(
        "SELECT state, count(*) FROM deliveries WHERE finished_at = 0 GROUP BY state"
        " UNION ALL SELECT 'dead', count(*) FROM deliveries WHERE state = 'dead'"
    )
    return {row[0]: row[1] for row in rows}


async def oldest_waiting(tx: Tx) -> int:
    """When the delivery that waits longest was planned or replayed, unix milliseconds; 0 = none waits."""
    return int(await tx.val("SELECT coalesce(min(queued_at), 0) FROM deliveries WHERE finished_at = 0"))


async def ping(tx: Tx) -> int:
    """Ask the database for a sign of life."""
    return int(await tx.val("SELECT 1"))
