"""Lists of records walk through the index of their order; filters are looked up in indexes; nothing is sorted anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from skvorets.storage import record_listing
from skvorets.storage.database import Portal
from skvorets.storage.record_index import AllOf, AnyOf, Between, Both, Contains, Either, Test, cell_of, target_of
from skvorets.storage.record_listing import By, Listing
from skvorets.storage.sqlite_connection import SqliteTx, connect
from support.stores import started

CELL, OTHER = cell_of(11, 1), cell_of(11, 2)


class Explaining(SqliteTx):
    """Keeps the plan of each statement instead of running it."""

    def __init__(self, path: Path) -> None:
        super().__init__(connect(path, read_only=True), Portal("", b""))
        self.plan: list[str] = []

    async def rows(self, sql: str, *args: object) -> list[tuple[object, ...]]:  # type: ignore[override]  # no rows
        self.plan += [str(row[3]) for row in self._run(f"EXPLAIN QUERY PLAN {sql}", args)]
        return []


@pytest.mark.parametrize(
    ("by", "tests", "indexes"),
    [
        ("id", (), ["records_live"]),
        ("number", (), ["record_numbers_by_value"]),
        ("text", (), ["record_texts_by_value"]),
        ("number", (AnyOf(OTHER, (1,)),), ["record_numbers_by_value", "record_choices_by_value"]),
        ("id", (AnyOf(OTHER, (1, 2)), Between(CELL, 1, None)), ["records_live", "record_numbers_by_value"]),
        ("text", (AllOf(OTHER, (1, 2)),), ["record_texts_by_value", "record_choices_by_value"]),
        ("number", (Contains((CELL,), "x"),), ["record_numbers_by_value"]),
        ("id", (Either((Between(CELL, None, 2), Both((AnyOf(OTHER, (1,)),)))),), ["records_live"]),
    ],
)
async def test_a_page_costs_what_lies_before_it(
    tmp_path: Path, by: By, tests: tuple[Test, ...], indexes: list[str]
) -> None:
    async with started("", tmp_path):
        tx = Explaining(tmp_path / "skvorets.db")
        listing = Listing(catalog_id=11, by=by, cell=CELL, tests=tests, limit=100, is_descending=True)
        await record_listing.numbers_of(tx, listing)
        tx.connection.close()
    assert not [step for step in tx.plan if "TEMP B-TREE" in step], tx.plan
    assert not [step for step in tx.plan if step.startswith("SCAN") and "json_each" not in step], tx.plan
    for index in indexes:
        assert any(index in step for step in tx.plan), tx.plan


def test_a_cell_and_a_target_tell_catalogs_and_fields_apart() -> None:
    cells = {cell_of(catalog, field) for catalog in (3, 11, 12, 999_999_999) for field in (0, 1, 500)}
    assert len(cells) == 12
    assert max(cells) < 1 << 62
    targets = {target_of(catalog, number) for catalog in (3, 11, 12) for number in (1, (1 << 31) - 1)}
    assert len(targets) == 6
    assert target_of((1 << 31) - 1, (1 << 31) - 1) < 1 << 62
