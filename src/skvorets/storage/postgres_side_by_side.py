"""Runs many equal units of a batch side by side: their first statements in one round trip, then their second ones, …

    unit 1: one(A) ─┐            ┌─ one(B) ─┐
    unit 2: one(A) ─┼─ fetchmany ┼─ one(B) ─┼─ fetchmany ─► outcomes
    unit 3: one(A) ─┘            └─ one(B) ─┘

On PostgreSQL a round trip costs more than the statement. Only units marked by ``database.may_run_side_by_side`` are run
so: none of them looks at what another one of its kind writes. They may use ``tx.one`` and the log; whatever else a unit
needs (a private dialog, a slash command …) makes the engine take everything back and run the batch one by one.
"""

from __future__ import annotations

import types
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, NamedTuple

from skvorets.storage.database import LogRow, Portal, Row


class NotSideBySideError(Exception):
    """A unit needs more than ``one``: the batch must run one by one."""


class Running(NamedTuple):
    """A unit under way."""

    number: int
    coroutine: Coroutine[_Question, Row, object]
    tx: SideBySideTx


class _Question(NamedTuple):
    sql: str
    args: tuple[object, ...]


@types.coroutine
def _ask(question: _Question) -> Generator[_Question, Row, Row]:
    return (yield question)


class SideBySideTx:
    """``Tx`` of one unit among others."""

    is_postgres = True

    def __init__(self, portal: Portal, now: int) -> None:
        """Take the time of the transaction."""
        self.portal = portal
        self.now = now
        self.log_rows: list[LogRow] = []
        self.statements = 0

    async def one(self, sql: str, *args: object) -> Row:
        """Run a statement together with those of the others; it gives exactly one row."""
        self.statements += 1
        return await _ask(_Question(sql, args))

    async def _refuse(self, sql: str, *args: object) -> Any:
        """Give the whole batch up: whatever else a unit asks cannot be asked for all of them."""
        del sql, args
        raise NotSideBySideError

    val = row = rows = do = _refuse


class Finished(NamedTuple):
    """How a unit ended."""

    value: object
    error: Exception | None
    log_rows: list[LogRow]


async def run_side_by_side(
    fetch: Callable[[str, list[tuple[object, ...]]], Awaitable[list[Row]]], units: list[Running]
) -> list[Finished]:
    """Run the units to their ends; their outcomes in order.

    ``fetch`` runs one statement for each tuple of arguments. Raises NotSideBySideError; the caller rolls back then.
    """
    finished: dict[int, Finished] = {}
    answers: dict[int, Row | None] = {unit.number: None for unit in units}
    while units:
        asked: dict[str, list[tuple[Running, tuple[object, ...]]]] = {}
        for unit in units:
            question = _step(unit, answers[unit.number], finished)
            if question is not None:
                asked.setdefault(question.sql, []).append((unit, question.args))
        units = [unit for group in asked.values() for unit, _ in group]
        for sql, group in asked.items():
            rows = await fetch(sql, [args for _, args in group])
            if len(rows) != len(group):
                raise NotSideBySideError
            answers.update((unit.number, row) for (unit, _), row in zip(group, rows, strict=True))
    return [finished[number] for number in sorted(finished)]


def _step(unit: Running, answer: Row | None, finished: dict[int, Finished]) -> _Question | None:
    """Let a unit go on to its next statement or its end."""
    try:
        return unit.coroutine.send(answer)  # type: ignore[arg-type]  # None begins a coroutine
    except StopIteration as end:
        finished[unit.number] = Finished(end.value, None, unit.tx.log_rows)
    except NotSideBySideError:
        raise
    except Exception as error:
        if unit.tx.statements > 1:  # it may have written: only a run one by one can take it back alone
            raise NotSideBySideError from error
        finished[unit.number] = Finished(None, error, [])
    return None
