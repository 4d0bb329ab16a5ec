"""The statements of the recent list and the counters: index look-ups alone, whatever part of the list is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from skvorets.storage import recents
from skvorets.storage.database import Portal
from skvorets.storage.recents import Wanted
from skvorets.storage.sqlite_connection import SqliteTx, connect
from support.stores import started


class Explaining(SqliteTx):
    """Keeps the plan of each statement instead of running it."""

    def __init__(self, path: Path) -> None:
        super().__init__(connect(path, read_only=True), Portal("", b""))
        self.plan: list[str] = []

    async def rows(self, sql: str, *args: object) -> list[tuple[object, ...]]:  # type: ignore[override]  # no rows
        self.plan += [str(row[3]) for row in self._run(f"EXPLAIN QUERY PLAN {sql}", args)]
        return []


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(limit=51),
        Wanted(limit=51, offset=50, said_until=1, ignores_pins=True),
        Wanted(lines=False, chats=False, said_since=1, changed_since=1),
        Wanted(dialogs=False, is_unread_only=True, limit=51),
    ],
)
async def test_the_list_looks_only_at_the_chats_of_one_person(tmp_path: Path, wanted: Wanted) -> None:
    async with started("", tmp_path):
        tx = Explaining(tmp_path / "skvorets.db")
        await recents.lines_of(tx, 1, wanted)
        await recents.unread_of(tx, 1)
        tx.connection.close()
    scans = [step for step in tx.plan if step.startswith("SCAN")]
    assert scans == ["SCAN page"], tx.plan
    assert any("members_by_person (person_id=?)" in step for step in tx.plan), tx.plan
