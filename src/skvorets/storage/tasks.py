"""Rows of ``tasks``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.conditions import Column, Condition, order_by, where
from skvorets.storage.database import Tx


class Task(msgspec.Struct, frozen=True):
    """Something that somebody is to do. Times are unix milliseconds, 0 = none."""

    id: int
    title: str
    description: str
    responsible_id: int
    created_by: int
    deadline: int
    priority: int  # 0 low, 1 ordinary, 2 high
    status: int  # 2 waits, 3 in progress, 4 waits for control, 5 completed, 6 deferred, 7 declined
    chat_id: int
    created_at: int
    changed_at: int
    closed_at: int


# Late tasks have a status of their own in lists; $1 is the time of the list.
_SHOWN_STATUS = "CASE WHEN deadline > 0 AND deadline < $1 AND status NOT IN (4, 5, 7) THEN -1 ELSE status END"
COLUMNS: Mapping[str, Column] = {
    **{name: Column(name) for name in Task.__struct_fields__},
    # No deadline is neither before nor after any day.
    "deadline": Column("deadline", "deadline > 0 AND {}"),
    "closed_at": Column("closed_at", "closed_at > 0 AND {}"),
    "shown_status": Column(_SHOWN_STATUS),
}
_COLUMNS = ", ".join(Task.__struct_fields__)
_NEW_COLUMNS = ", ".join(Task.__struct_fields__[1:])
_CHANGEABLE = columns_of("tasks", Task, "id", "created_by", "created_at")


class TaskQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which tasks are wanted, in which order, which part of them."""

    viewer_id: int  # only tasks that he gave or has; 0 = all
    conditions: Sequence[Condition]
    order: Sequence[tuple[str, bool]]
    limit: int
    offset: int


async def find(tx: Tx, task_id: int) -> Task | None:
    """The task with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM tasks WHERE id = $1", task_id)
    return None if row is None else Task(*row)


async def insert(tx: Tx, task: Task) -> int:
    """Store a new task (its ``id`` is ignored) and return the id."""
    values = msgspec.structs.astuple(task)[1:]
    places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    new_id: int = await tx.val(f"INSERT INTO tasks ({_NEW_COLUMNS}) VALUES ({places}) RETURNING id", *values)
    return new_id


async def change(tx: Tx, task_id: int, **values: object) -> None:
    """Set columns of a task; names are columns of ``tasks``."""
    await _CHANGEABLE.change(tx, task_id, values)


async def select(tx: Tx, query: TaskQuery) -> list[Task]:
    """The tasks that fit."""
    test, args = _where(tx, query)
    args += [query.limit, query.offset]
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM tasks WHERE {test} ORDER BY {order_by(query.order, COLUMNS)}"
        f" LIMIT ${len(args) - 1} OFFSET ${len(args)}",
        *args,
    )
    return [Task(*row) for row in rows]


async def count(tx: Tx, query: TaskQuery) -> int:
    """How many tasks fit, whatever part of them is wanted."""
    test, args = _where(tx, query)
    return int(await tx.val(f"SELECT count(*) FROM tasks WHERE {test}", *args))


def _where(tx: Tx, query: TaskQuery) -> tuple[str, list[object]]:
    args: list[object] = [tx.now, query.viewer_id]
    seen = "CAST($1 AS BIGINT) > 0 AND (CAST($2 AS BIGINT) = 0 OR responsible_id = $2 OR created_by = $2)"
    return f"{seen} AND {where(query.conditions, COLUMNS, args)}", args
