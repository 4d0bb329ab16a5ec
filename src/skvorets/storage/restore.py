"""Brings a copy made by ``backup.py`` into an empty database of either engine, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from skvorets.storage import event_log
from skvorets.storage.backup import CURSORS, EVENTS, Progress
from skvorets.storage.database import Tx

# Rows inserted between two looks at the file.
_CHUNK = 1000
# Ids of new events begin so far above the copied ones: a client that saw more before the disaster must not take new
# events for those it has seen.
EVENT_ID_GAP = 1_000_000


class NotEmptyError(Exception):
    """There is data already; a restore would mix two portals."""


async def restore_tables(tx: Tx, folder: Path, progress: Progress, *, is_sqlite: bool) -> None:
    """Fill all tables from the folder. Raises NotEmptyError."""
    if await tx.val("SELECT count(*) FROM people"):
        raise NotEmptyError
    await tx.do("DELETE FROM portal")
    tables = _tables_in(folder)
    for table in tables:
        if table not in {EVENTS, CURSORS}:
            progress(table, await _fill(tx, table, folder / f"{table}.jsonl"))
    progress(EVENTS, await _fill(tx, EVENTS, folder / f"{EVENTS}.jsonl"))
    await event_log.close_history(tx)
    await _set_cursors(tx, folder / f"{CURSORS}.jsonl")
    await (_continue_ids_sqlite(tx) if is_sqlite else _continue_ids_postgres(tx))


async def _continue_ids_sqlite(tx: Tx) -> None:
    """Leave the gap in the log; other tables go on by themselves."""
    await tx.do("UPDATE sqlite_sequence SET seq = seq + $1 WHERE name = $2", EVENT_ID_GAP, EVENTS)


async def _continue_ids_postgres(tx: Tx) -> None:
    """Set every sequence behind the greatest id that was copied."""
    tables = await tx.rows(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES'"
    )
    for (table,) in tables:
        greatest = await tx.val(f"SELECT coalesce(max(id), 0) FROM {_name(table)}")
        last = greatest + (EVENT_ID_GAP if table == EVENTS else 0)
        if last:
            await tx.val("SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", table, last)


async def _fill(tx: Tx, table: str, path: Path) -> int:
    rows = _read(path)
    columns = _names(next(rows))
    places = ", ".join(f"${number + 1}" for number in range(len(columns)))
    sql = f"INSERT INTO {_name(table)} ({', '.join(columns)}) VALUES ({places})"
    count = 0
    while chunk := list(islice(rows, _CHUNK)):
        for row in chunk:
            await tx.do(sql, *row)
        count += len(chunk)
    return count


async def _set_cursors(tx: Tx, path: Path) -> None:
    """Put each cursor behind as many events as it had passed."""
    rows = _read(path)
    next(rows)
    for name, passed in rows:
        place = await tx.row("SELECT xid, id FROM events ORDER BY id LIMIT 1 OFFSET $1", max(passed - 1, 0))
        xid, event_id = (int(str(place[0])), place[1]) if place is not None and passed else (0, 0)
        await tx.do("INSERT INTO cursors (name, xid, event_id) VALUES ($1, $2, $3)", name, xid, event_id)


def _tables_in(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.jsonl"))


def _read(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _names(columns: list[Any]) -> list[str]:
    return [_name(str(column)) for column in columns]


def _name(text: str) -> str:
    """Let only plain names through: they come from a file and go into SQL."""
    if not text.replace("_", "").isalnum() or not text.isascii():
        message = f"not a name: {text!r}"
        raise ValueError(message)
    return text
