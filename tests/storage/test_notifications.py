"""Statements about notifications look at index ranges only, however many notifications there are."""

from __future__ import annotations

from typing import Any

from skvorets.core import notifications
from skvorets.core.notifications import Labels
from skvorets.storage import notifications as rows
from skvorets.storage.database import Tx
from support.notices import told
from support.world import World


async def test_no_statement_reads_the_whole_table(world: World) -> None:
    if world.config.database:
        return  # PostgreSQL reads a small table as a whole, whatever indexes there are
    await told(world, world.bob, tag="T", sub_tag="S")
    person = world.bob.person
    statements: list[str] = []
    for fn, args in (
        (rows.page, {"person_id": person.id, "below_id": 10**9, "limit": 50, "to_confirm": True}),
        (rows.page, {"person_id": person.id, "below_id": 10**9, "limit": 50, "to_confirm": False}),
        (rows.newest, {"person_id": person.id, "below_id": 10**9, "limit": 50}),
        (rows.count, {"person_id": person.id}),
        (rows.count_unread, {"person_ids": [person.id]}),
        (rows.chat_ids_of, {"person_ids": [person.id]}),
        (rows.newest_id, {"person_id": person.id, "up_to": 10**9}),
        (rows.prune, {"before": 0, "limit": 10}),
        (notifications.read_from, {"person": person, "first_id": 0}),
        (notifications.read_some, {"person": person, "ids": [1, 2]}),
        (notifications.delete_tagged, {"labels": Labels("x", "", "im")}),
        (notifications.delete_grouped, {"labels": Labels("x", "", "im")}),
        (notifications.delete, {"person": person, "notification_id": 999}),
    ):
        statements += await _statements(world, fn, args)
    assert len(statements) >= 13
    for statement in statements:
        plan = await world.unit(_plan, statement)
        assert not [line for line in plan if line.startswith("SCAN") and "json_each" not in line], (statement, plan)


async def _statements(world: World, fn: Any, args: dict[str, Any]) -> list[str]:
    """Give the statements that a unit of work runs."""
    seen: list[str] = []

    async def run(tx: Tx) -> None:
        await fn(_Listening(tx, seen), **args)

    await world.unit(run)
    return seen


class _Listening:
    """A transaction that remembers its statements."""

    def __init__(self, tx: Tx, seen: list[str]) -> None:
        self._tx = tx
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._tx, name)
        if name not in {"val", "row", "one", "rows", "do"}:
            return found

        async def run(sql: str, *args: object) -> Any:
            self._seen.append(sql)
            return await found(sql, *args)

        return run


async def _plan(tx: Tx, statement: str) -> list[str]:
    places = 1 + max((number for number in range(1, 20) if f"${number}" in statement), default=0)
    found = await tx.rows(f"EXPLAIN QUERY PLAN {statement}", *["[1]"] * (places - 1))
    return [row[3] for row in found]
