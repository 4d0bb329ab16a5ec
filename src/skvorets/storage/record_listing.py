"""Lists of records: filters and orders as SQL over the index of values, one statement whatever is asked.

The order walks through an index from the wanted end; each filter is a set of numbers that is looked up on the way. So
a page costs what lies before it, never the whole catalog with its values.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.record_index import EMPTY, KEY_LENGTH, AllOf, AnyOf, Between, Both, Contains, Test

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
    find = "strpos" if tx.is_postgres else "instr"
    tests = [_test(one, args, find) for one in listing.tests]
    if listing.numbers is not None:
        tests.append(f"r.number = ANY({_place(args, list(listing.numbers))})")
    direction = "DESC" if listing.is_descending else "ASC"
    if listing.by == "id":
        tests.insert(0, f"r.catalog_id = {_place(args, listing.catalog_id)} AND r.deleted_at = 0")
        table, order = "records", f"r.number {direction}"
    else:
        tests.insert(0, f"r.cell = {_place(args, listing.cell)}")
        table = "record_texts" if listing.by == "text" else "record_numbers"
        order = f"r.value {direction}, r.number {direction}"
    rows = await tx.rows(
        f"SELECT r.number FROM {table} r WHERE {' AND '.join(tests)} ORDER BY {order}"
        f" LIMIT {_place(args, listing.limit)} OFFSET {_place(args, listing.offset)}",
        *args,
    )
    return [row[0] for row in rows]


def _test(test: Test, args: list[object], find: str) -> str:
    if isinstance(test, Between):
        return f"r.number IN (SELECT number FROM record_numbers WHERE {_range(test, args)})"
    if isinstance(test, Contains):
        cells, part = _place(args, list(test.cells)), _place(args, test.part)
        # A beginning that is not cut is all of the text: only long texts cost a look into the table.
        return (
            f"r.number IN (SELECT number FROM record_texts WHERE cell = ANY({cells}) AND ({find}(value, {part}) > 0"
            f" OR (length(value) = {KEY_LENGTH} AND {find}(whole, {part}) > 0)))"
        )
    if isinstance(test, AnyOf):
        cell, values = _place(args, test.cell), _place(args, list(test.values))
        return f"r.number IN (SELECT number FROM record_choices WHERE cell = {cell} AND value = ANY({values}))"
    if isinstance(test, AllOf):
        return "(" + " AND ".join(_test(AnyOf(test.cell, (value,)), args, find) for value in test.values) + ")"
    joiner = " AND " if isinstance(test, Both) else " OR "
    return "(" + joiner.join(_test(one, args, find) for one in test.tests) + ")"


def _range(test: Between, args: list[object]) -> str:
    tests = [f"cell = {_place(args, test.cell)}"]
    # Without a lower end empty values are no part of the range.
    tests.append(f"value > {_number(args, EMPTY / 10)}" if test.low is None else f"value >= {_number(args, test.low)}")
    if test.high is not None:
        tests.append(f"value <= {_number(args, test.high)}")
    return " AND ".join(tests)


def _number(args: list[object], value: float) -> str:
    return f"CAST({_place(args, float(value))} AS DOUBLE PRECISION)"


def _place(args: list[object], value: object) -> str:
    args.append(value)
    return f"${len(args)}"
