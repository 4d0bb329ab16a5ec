"""Filters and orders of list methods as SQL: columns from a table's own list, values always as parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

Operator: TypeAlias = Literal["=", "!", "<", "<=", ">", ">=", "like", "!like"]


class Column(msgspec.Struct, frozen=True):
    """What a filter may ask for: an SQL expression, and what stands around its comparison."""

    expression: str
    around: str = "{}"


class Condition(msgspec.Struct, frozen=True):
    """One comparison. ``=`` and ``!`` compare with all values, the others with the first.

    ``like`` patterns know ``%`` and ``_``, escaped by a backslash, and are blind to the case of letters.
    """

    column: str
    operator: Operator
    values: tuple[int, ...] | tuple[str, ...]


def where(conditions: Iterable[Condition], columns: Mapping[str, Column], args: list[object]) -> str:
    """Write the conditions, joined by AND, and add their values to ``args``; ``1 = 1`` for none.

    Raises KeyError for a column that is not in the list.
    """
    return " AND ".join([_comparison(one, columns[one.column], args) for one in conditions]) or "1 = 1"


def order_by(order: Sequence[tuple[str, bool]], columns: Mapping[str, Column]) -> str:
    """Write what follows ORDER BY from pairs (column, is it descending?)."""
    return ", ".join(f"{columns[name].expression} {'DESC' if descends else 'ASC'}" for name, descends in order)


def _comparison(condition: Condition, column: Column, args: list[object]) -> str:
    operator = condition.operator
    is_listing = operator in {"=", "!"}
    args.append(list(condition.values) if is_listing else condition.values[0])
    place = f"${len(args)}"
    if is_listing:
        comparison = f"{column.expression} = ANY({place})"
    elif operator in {"like", "!like"}:
        comparison = f"lower({column.expression}) LIKE lower(CAST({place} AS TEXT)) ESCAPE '\\'"
    else:
        comparison = f"{column.expression} {operator} {place}"
    test = column.around.format(comparison)
    return f"NOT ({test})" if operator.startswith("!") else f"({test})"
