"""Rows of ``inspectors`` and ``inspected_requests``: addresses of ours that keep what is sent to them."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx


class Inspector(msgspec.Struct, frozen=True):
    """An address ``/dev/hook/NAME``. Times are unix milliseconds."""

    id: int
    person_id: int
    name: str
    created_at: int
    expires_at: int


class NewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it came."""

    verb: str
    query: str
    headers: str  # JSON: pairs of name and value
    body: str  # its beginning
    body_size: int  # bytes of the whole


class InspectedRequest(msgspec.Struct, frozen=True):
    """A request that was kept."""

    id: int
    inspector_id: int
    at: int  # unix milliseconds
    verb: str
    query: str
    headers: str
    body: str
    body_size: int


_COLUMNS = ", ".join(Inspector.__struct_fields__)
_REQUEST_COLUMNS = ", ".join(InspectedRequest.__struct_fields__)


async def insert(tx: Tx, inspector: Inspector) -> int:
    """Store a new inspector (its ``id`` is ignored); the id."""
    new_id: int = await tx.val(
        "INSERT INTO inspectors (person_id, name, created_at, expires_at) VALUES ($1, $2, $3, $4) RETURNING id",
        *msgspec.structs.astuple(inspector)[1:],
    )
    return new_id


async def find(tx: Tx, inspector_id: int) -> Inspector | None:
    """The inspector with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM inspectors WHERE id = $1", inspector_id)
    return None if row is None else Inspector(*row)


async def find_by_name(tx: Tx, name: str) -> Inspector | None:
    """The inspector at this address."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM inspectors WHERE name = $1", name)
    return None if row is None else Inspector(*row)


async def of_person(tx: Tx, person_id: int) -> list[Inspector]:
    """The person's inspectors, newest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM inspectors WHERE person_id = $1 ORDER BY id DESC", person_id)
    return [Inspector(*row) for row in rows]


async def prolong(tx: Tx, inspector_id: int, expires_at: int) -> None:
    """Let an inspector work until then."""
    await tx.do("UPDATE inspectors SET expires_at = $2 WHERE id = $1", inspector_id, expires_at)


async def delete(tx: Tx, inspector_id: int) -> None:
    """Remove an inspector with what it kept."""
    await tx.do("DELETE FROM inspected_requests WHERE inspector_id = $1", inspector_id)
    await tx.do("DELETE FROM inspectors WHERE id = $1", inspector_id)


async def delete_expired(tx: Tx) -> None:
    """Remove the inspectors whose time is over."""
    rows = await tx.rows("SELECT id FROM inspectors WHERE expires_at < $1", tx.now)
    for row in rows:
        await delete(tx, row[0])


async def keep_request(tx: Tx, inspector_id: int, new: NewRequest, most: int) -> int:
    """Store a request and remove the oldest so that ``most`` stay; its id."""
    new_id: int = await tx.val(
        "INSERT INTO inspected_requests (inspector_id, at, verb, query, headers, body, body_size)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        inspector_id,
        tx.now,
        *msgspec.structs.astuple(new),
    )
    await tx.do(
        "DELETE FROM inspected_requests WHERE inspector_id = $1 AND id <= (SELECT id FROM inspected_requests"
        f" WHERE inspector_id = $1 ORDER BY id DESC LIMIT 1 OFFSET {most:d})",
        inspector_id,
    )
    return new_id


async def requests_of(tx: Tx, inspector_id: int) -> list[InspectedRequest]:
    """What an inspector has kept, newest first."""
    rows = await tx.rows(
        f"SELECT {_REQUEST_COLUMNS} FROM inspected_requests WHERE inspector_id = $1 ORDER BY id DESC", inspector_id
    )
    return [InspectedRequest(*row) for row in rows]
