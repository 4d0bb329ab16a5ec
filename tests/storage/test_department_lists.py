"""Lists of people by name and presence ask indexes, however many people there are (on SQLite: it needs no figures)."""

from __future__ import annotations

from typing import Any, cast

from skvorets.storage import department_lists, presence
from skvorets.storage.database import Tx
from skvorets.storage.people import Window
from support.world import World


class Explaining:
    """Stands for a transaction: notes how SQLite would answer instead of letting it answer."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.plan = ""

    async def rows(self, sql: str, *args: Any) -> list[Any]:
        found = await self.tx.rows(f"EXPLAIN QUERY PLAN {sql}", *args)
        self.plan = "\n".join(str(row[3]) for row in found)
        return []


async def read_plans(tx: Tx) -> tuple[str, str, str]:
    """How employees, colleagues, and outsiders to be told are looked for."""
    employees, colleagues, outsiders = Explaining(tx), Explaining(tx), Explaining(tx)
    await department_lists.employees(cast("Tx", employees), Window(10))
    await department_lists.colleagues(cast("Tx", colleagues), 1, Window(10))
    await presence.outsiders_with(cast("Tx", outsiders), 1)
    return employees.plan, colleagues.plan, outsiders.plan


async def test_no_list_looks_at_everybody(world: World, engine: str) -> None:
    if engine != "sqlite":
        return
    employees, colleagues, outsiders = await world.app.store.read(read_plans)
    assert "people_by_name" in employees, employees
    assert "ORDER BY" not in employees, employees
    assert "SEARCH p USING INTEGER PRIMARY KEY" in colleagues, colleagues
    assert "people_from_outside" in outsiders, outsiders
    for plan in (employees, colleagues, outsiders):
        assert not [line for line in plan.splitlines() if line.startswith(("SCAN members", "SCAN a", "SCAN b"))], plan
