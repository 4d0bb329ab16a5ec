"""Rows of ``placements`` and ``application_guests``: where applications open in the messenger, and who opened them."""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.storage.database import Tx


class Placement(msgspec.Struct, frozen=True):
    """An address of an application that opens at a place of the messenger."""

    id: int
    application_id: int
    placement: str  # upper case
    handler: str
    title: str  # empty = the application's name
    description: str
    group_name: str
    phrases: str  # JSON: language -> {"title", "description", "group_name"}
    options: str  # JSON
    created_at: int

    def read_phrases(self) -> dict[str, dict[str, str]]:
        """Give the phrases by language."""
        return msgspec.json.decode(self.phrases, type=dict[str, dict[str, str]])

    def read_options(self) -> dict[str, Any]:
        """Give the options of the place, defaults filled in."""
        return msgspec.json.decode(self.options, type=dict[str, Any])


# Rows of one answer; no place shows more.
MAX_SHOWN = 5000
_COLUMNS = ", ".join(Placement.__struct_fields__)
_SHOWN_COLUMNS = ", ".join(f"p.{name}" for name in Placement.__struct_fields__)


async def find(tx: Tx, placement_id: int) -> Placement | None:
    """The placement with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM placements WHERE id = $1", placement_id)
    return None if row is None else Placement(*row)


async def of_application(tx: Tx, application_id: int) -> list[Placement]:
    """All placements of an application, oldest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM placements WHERE application_id = $1 ORDER BY id", application_id)
    return [Placement(*row) for row in rows]


async def shown(tx: Tx) -> list[tuple[Placement, str]]:
    """All placements of installed applications with the names of these, oldest first."""
    rows = await tx.rows(
        f"SELECT {_SHOWN_COLUMNS}, o.name FROM placements p JOIN applications o ON o.id = p.application_id"
        f" WHERE o.active = 1 AND o.installed = 1 ORDER BY p.id LIMIT {MAX_SHOWN}"
    )
    return [(Placement(*row[:-1]), row[-1]) for row in rows]


async def insert(tx: Tx, placement: Placement) -> int:
    """Store a new placement (its ``id`` is ignored) and return the id."""
    names = ", ".join(Placement.__struct_fields__[1:])
    new_id: int = await tx.val(
        f"INSERT INTO placements ({names}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        *msgspec.structs.astuple(placement)[1:],
    )
    return new_id


async def delete(tx: Tx, placement_id: int) -> None:
    """Remove a placement."""
    await tx.do("DELETE FROM placements WHERE id = $1", placement_id)


async def delete_of_application(tx: Tx, application_id: int) -> None:
    """Remove all placements of an application, and who has opened it."""
    await tx.do("DELETE FROM placements WHERE application_id = $1", application_id)
    await tx.do("DELETE FROM application_guests WHERE application_id = $1", application_id)


async def is_guest(tx: Tx, application_id: int, person_id: int) -> bool:
    """Has the person opened the application before?"""
    found = await tx.val(
        "SELECT 1 FROM application_guests WHERE application_id = $1 AND person_id = $2", application_id, person_id
    )
    return found is not None


async def welcome_guest(tx: Tx, application_id: int, person_id: int) -> None:
    """Remember that the person has opened the application."""
    await tx.do(
        "INSERT INTO application_guests (application_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        application_id,
        person_id,
    )
