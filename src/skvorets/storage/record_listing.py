"""Lists of records: filters and orders as SQL over the index of values, one statement whatever is asked.

The order walks through an index from the wanted end; each filter is a set of numbers that is looked up on the way. So
a page costs what lies before it, never the whole catalog with its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.record_index import EMPTY, KEY_LENGTH, AllOf, AnyOf, Between, Both, Contains, Either, Test

By: TypeAlias = Literal["id", "number", "text"]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Which records of a catalog are wanted, in which order, which part of them."""

    catalog_id: int
    by: By = "id"
    cell: int = 0  # of the field that orders, unless it is the id
    is_descending: bool = False
    tests: tuple[Test, ...] = ()  # all of them
    numbers: tuple[int, ...] | None = None  # only these records; None = any
    limit: int
    offset: int = 0


async def numbers_of(tx: Tx, listing: Listing) -> list[int]:
    """Give the numbers of the records that fit: one statement."""
    args: list[object] = []
    writer = _Writer(args, "strpos" if tx.is_postgres else "instr")
    if listing.by == "id":
        tests = [f"r.catalog_id = {writer.place(listing.catalog_id)} AND r.deleted_at = 0"]
        table, value = "records", ""
    else:
        tests = [f"r.cell = {writer.place(listing.cell)}"]
        table, value = ("record_texts" if listing.by == "text" else "record_numbers"), "r.value"
    if listing.numbers is not None:
        tests.append(f"r.number = ANY({writer.place(list(listing.numbers))})")
    is_narrowed = listing.numbers is not None
    for test in sorted(_flat(listing.tests), key=_cost):
        tests.append(writer.test(test, probes=is_narrowed))
        is_narrowed = True
    direction = "DESC" if listing.is_descending else "ASC"
    order = ", ".join(f"{column} {direction}" for column in (value, "r.number") if column)
    rows = await tx.rows(
        f"SELECT r.number FROM {table} r WHERE {' AND '.join(tests)} ORDER BY {order}"
        f" LIMIT {writer.place(listing.limit)} OFFSET {writer.place(listing.offset)}",
        *args,
    )
    return [row[0] for row in rows]


def _flat(tests: Iterable[Test]) -> Iterator[Test]:
    """Give what must all be true, one by one."""
    for test in tests:
        if isinstance(test, Both):
            yield from _flat(test.tests)
        elif isinstance(test, AllOf):
            yield from (AnyOf(test.cell, (value,)) for value in test.values)
        else:
            yield test


def _cost(test: Test) -> int:
    """Put what costs least to look up in the index first."""
    return _COSTS[type(test)]


_COSTS: Final[Mapping[type[Test], int]] = {Between: 0, AnyOf: 1, AllOf: 2, Both: 3, Either: 4, Contains: 5}


class _Writer(msgspec.Struct, frozen=True):
    """Writes tests and collects their values.

    The first test is a set of numbers that is made once; the others, looked at for what passes it only, are probes of
    the index for one record each: sets of them would be made whole for a page of a hundred.
    """

    args: list[object]
    find: str  # the engine's name for: where in the first text is the second?

    def place(self, value: object) -> str:
        """Give the parameter of a value."""
        self.args.append(value)
        return f"${len(self.args)}"

    def test(self, test: Test, *, probes: bool) -> str:
        """Write a test."""
        if isinstance(test, AllOf):
            test = Both(tuple(AnyOf(test.cell, (value,)) for value in test.values))
        if isinstance(test, Both | Either):
            joiner = " AND " if isinstance(test, Both) else " OR "
            return "(" + joiner.join(self.test(one, probes=probes) for one in test.tests) + ")"
        if isinstance(test, Between):
            table, condition = "record_numbers", self._range(test)
        elif isinstance(test, AnyOf):
            table, condition = "record_choices", self._choice(test)
        else:
            table, condition = "record_texts", self._part(test)
        if probes:
            return f"EXISTS (SELECT 1 FROM {table} x WHERE x.number = r.number AND {condition})"
        return f"r.number IN (SELECT x.number FROM {table} x WHERE {condition})"

    def _choice(self, test: AnyOf) -> str:
        cell = f"x.cell = {self.place(test.cell)} AND x.value"
        if len(test.values) == 1:
            return f"{cell} = {self.place(test.values[0])}"
        return f"{cell} = ANY({self.place(list(test.values))})"

    def _part(self, test: Contains) -> str:
        cells, part = self.place(list(test.cells)), self.place(test.part)
        # A beginning that is not cut is all of the text: only long texts cost a look into the table.
        return (
            f"x.cell = ANY({cells}) AND ({self.find}(x.value, {part}) > 0"
            f" OR (length(x.value) = {KEY_LENGTH} AND {self.find}(x.whole, {part}) > 0))"
        )

    def _range(self, test: Between) -> str:
        # Without a lower end empty values are no part of the range.
        low = f"x.value > {self._number(EMPTY / 10)}" if test.low is None else f"x.value >= {self._number(test.low)}"
        high = "" if test.high is None else f" AND x.value <= {self._number(test.high)}"
        return f"x.cell = {self.place(test.cell)} AND {low}{high}"

    def _number(self, value: float) -> str:
        return f"CAST({self.place(float(value))} AS DOUBLE PRECISION)"
