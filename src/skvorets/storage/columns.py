"""Setting some columns of a row: what all tables with a ``change`` function do."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import msgspec

from skvorets.storage.database import Tx


class Columns(msgspec.Struct, frozen=True):
    """The columns of a table that may be changed. Names go into SQL, so they come from here, never from outside."""

    table: str
    changeable: AbstractSet[str]

    def assign(self, values: Mapping[str, object], first: int) -> str:
        """Write ``name = $first, …`` for the values. Raises ValueError for a name that is not changeable."""
        unknown = values.keys() - self.changeable
        if unknown:
            message = f"not changeable columns of {self.table}: {sorted(unknown)}"
            raise ValueError(message)
        return ", ".join(f"{name} = ${number}" for number, name in enumerate(values, first))

    async def change(self, tx: Tx, row_id: int, values: Mapping[str, object]) -> None:
        """Set columns of the row with this id."""
        await tx.do(f"UPDATE {self.table} SET {self.assign(values, 2)} WHERE id = $1", row_id, *values.values())


def columns_of(table: str, row: type[msgspec.Struct], *fixed: str) -> Columns:
    """Give the columns of a table's row that may be changed: all but the ``fixed`` ones."""
    return Columns(table, frozenset(row.__struct_fields__) - set(fixed))
