"""Rows of ``lines``, ``line_queue`` and ``line_operators``: open lines and who serves them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class Line(msgspec.Struct, frozen=True):
    """One open line. Times are unix milliseconds."""

    id: int
    code: str  # 32 hex digits
    name: str
    description: str
    avatar: str  # digest in the blob store or empty
    active: int
    networked: int  # may portals join it by its code?
    searchable: int  # is it found by its name, too?
    settings: str  # JSON, see core/lines/settings.py
    created_by: int
    created_at: int
    deleted_at: int


class QueueEntry(msgspec.Struct, frozen=True):
    """A place in a line's queue: a person, or a department with everybody in it."""

    person_id: int = 0
    department_id: int = 0


class Operator(msgspec.Struct, frozen=True):
    """Somebody who serves a line."""

    person_id: int
    offered_at: int  # when he was offered a conversation last, 0 = never
    paused: int


_COLUMNS = ", ".join(Line.__struct_fields__)
_CHANGEABLE = columns_of("lines", Line, "id", "code", "created_by", "created_at")
# Departments are taken with their own people only: a tree is the administrator's to spell out.
_OPERATORS = (
    "SELECT x.person_id, coalesce(o.offered_at, 0), coalesce(o.paused, 0) FROM ("
    "SELECT q.position, q.person_id FROM line_queue q WHERE q.line_id = $1 AND q.person_id <> 0"
    " UNION ALL SELECT q.position, d.person_id FROM line_queue q"
    " JOIN department_people d ON d.department_id = q.department_id WHERE q.line_id = $1 AND q.department_id <> 0) x"
    " JOIN people p ON p.id = x.person_id AND p.active = 1 AND p.kind = 'human' AND p.extranet = 0"
    " LEFT JOIN line_operators o ON o.line_id = $1 AND o.person_id = x.person_id"
    " GROUP BY x.person_id, o.offered_at, o.paused ORDER BY min(x.position), x.person_id"
)
_OPERATORS_OF_LINES = (
    "SELECT x.line_id, x.person_id FROM ("
    "SELECT q.line_id, q.position, q.person_id FROM line_queue q WHERE q.line_id = ANY($1) AND q.person_id <> 0"
    " UNION ALL SELECT q.line_id, q.position, d.person_id FROM line_queue q"
    " JOIN department_people d ON d.department_id = q.department_id"
    " WHERE q.line_id = ANY($1) AND q.department_id <> 0) x"
    " JOIN people p ON p.id = x.person_id AND p.active = 1 AND p.kind = 'human' AND p.extranet = 0"
    " GROUP BY x.line_id, x.person_id ORDER BY x.line_id, min(x.position), x.person_id"
)
_LINES_OF_OPERATOR = (
    f"SELECT {_COLUMNS} FROM lines WHERE deleted_at = 0 AND id IN ("
    "SELECT line_id FROM line_queue WHERE person_id = $1"
    " UNION SELECT q.line_id FROM line_queue q JOIN department_people d ON d.department_id = q.department_id"
    " WHERE d.person_id = $1 AND q.department_id <> 0) ORDER BY name, id"
)


async def find(tx: Tx, line_id: int) -> Line | None:
    """The line with this id, also an inactive or deleted one."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM lines WHERE id = $1", line_id)
    return None if row is None else Line(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, Line]:
    """The lines with these ids, by id; no query for none."""
    wanted = sorted(set(ids))
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM lines WHERE id = ANY($1)", wanted) if wanted else []
    return {row[0]: Line(*row) for row in rows}


async def by_code(tx: Tx, code: str) -> Line | None:
    """The line with this code; deleted ones have none any more."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM lines WHERE code = $1 AND deleted_at = 0", code)
    return None if row is None else Line(*row)


async def every(tx: Tx) -> list[Line]:
    """All lines that are not deleted, by name."""
    return [Line(*row) for row in await tx.rows(f"SELECT {_COLUMNS} FROM lines WHERE deleted_at = 0 ORDER BY name, id")]


async def count(tx: Tx) -> int:
    """How many lines are not deleted."""
    number: int = await tx.val("SELECT count(*) FROM lines WHERE deleted_at = 0")
    return number


async def of_operator(tx: Tx, person_id: int) -> list[Line]:
    """The lines that a person serves, by name."""
    return [Line(*row) for row in await tx.rows(_LINES_OF_OPERATOR, person_id)]


async def insert(tx: Tx, line: Line) -> int:
    """Store a new line (its ``id`` is ignored); its id."""
    names = Line.__struct_fields__[1:]
    places = ", ".join(f"${number}" for number in range(1, len(names) + 1))
    new_id: int = await tx.val(
        f"INSERT INTO lines ({', '.join(names)}) VALUES ({places}) RETURNING id", *msgspec.structs.astuple(line)[1:]
    )
    return new_id


async def change(tx: Tx, line_id: int, **values: object) -> None:
    """Set columns of a line; names are columns of ``lines``."""
    await _CHANGEABLE.change(tx, line_id, values)


async def end_sessions(tx: Tx, line_id: int) -> None:
    """Let the clock close what is open in a line: each conversation in a unit of its own, as everything in its chat."""
    await tx.do(
        "INSERT INTO line_timers (session_id, kind, due_at) SELECT id, 'full_close', CAST($2 AS BIGINT)"
        " FROM line_sessions WHERE line_id = $1 AND closed_at = 0"
        " ON CONFLICT (session_id, kind) DO UPDATE SET due_at = excluded.due_at",
        line_id,
        tx.now,
    )


async def queue_of(tx: Tx, line_id: int) -> list[QueueEntry]:
    """The places of a line's queue, in order."""
    rows = await tx.rows(
        "SELECT person_id, department_id FROM line_queue WHERE line_id = $1 ORDER BY position", line_id
    )
    return [QueueEntry(*row) for row in rows]


async def queues_of(tx: Tx, line_ids: Iterable[int]) -> dict[int, list[QueueEntry]]:
    """The places of the queues of these lines, in order, by line; no query for none."""
    wanted = sorted(set(line_ids))
    rows = (
        await tx.rows(
            "SELECT line_id, person_id, department_id FROM line_queue WHERE line_id = ANY($1)"
            " ORDER BY line_id, position",
            wanted,
        )
        if wanted
        else []
    )
    found: dict[int, list[QueueEntry]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(QueueEntry(row[1], row[2]))
    return found


async def set_queue(tx: Tx, line_id: int, entries: Sequence[QueueEntry]) -> None:
    """Replace a line's queue."""
    await tx.do("DELETE FROM line_queue WHERE line_id = $1", line_id)
    for position, one in enumerate(entries, 1):
        await tx.do(
            "INSERT INTO line_queue (line_id, position, person_id, department_id) VALUES ($1, $2, $3, $4)",
            line_id,
            position,
            one.person_id,
            one.department_id,
        )


async def operators_of(tx: Tx, line_id: int) -> list[Operator]:
    """Who serves a line, in the order of its queue: active employees, each once."""
    return [Operator(*row) for row in await tx.rows(_OPERATORS, line_id)]


async def operators_of_lines(tx: Tx, line_ids: Iterable[int]) -> dict[int, list[int]]:
    """Who serves each of these lines, in the order of its queue; lines that nobody serves are left out."""
    found: dict[int, list[int]] = {}
    for line_id, person_id in await tx.rows(_OPERATORS_OF_LINES, sorted(set(line_ids))):
        found.setdefault(line_id, []).append(person_id)
    return found


async def serving_in_departments(tx: Tx, department_ids: Iterable[int]) -> dict[int, int]:
    """How many people of each of these departments may serve a line; departments without any are left out."""
    rows = await tx.rows(
        "SELECT d.department_id, count(*) FROM department_people d"
        " JOIN people p ON p.id = d.person_id AND p.active = 1 AND p.kind = 'human' AND p.extranet = 0"
        " WHERE d.department_id = ANY($1) GROUP BY d.department_id",
        sorted(set(department_ids)),
    )
    return {row[0]: row[1] for row in rows}


async def note_offered(tx: Tx, line_id: int, person_id: int) -> None:
    """Remember that an operator was offered a conversation now."""
    await tx.do(
        "INSERT INTO line_operators (line_id, person_id, offered_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (line_id, person_id) DO UPDATE SET offered_at = excluded.offered_at",
        line_id,
        person_id,
        tx.now,
    )


async def set_paused(tx: Tx, line_id: int, person_id: int, *, paused: bool) -> None:
    """Let an operator get nothing new for a while, or again."""
    await tx.do(
        "INSERT INTO line_operators (line_id, person_id, paused) VALUES ($1, $2, $3)"
        " ON CONFLICT (line_id, person_id) DO UPDATE SET paused = excluded.paused",
        line_id,
        person_id,
        int(paused),
    )
