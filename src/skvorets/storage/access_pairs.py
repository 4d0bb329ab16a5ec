"""Rows of ``access_pairs``, ``one_time_keys`` and ``spent_signatures``: programs that sign their requests."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class AccessPair(msgspec.Struct, frozen=True):
    """The public half of a pair, and whose it is."""

    access_id: str
    person_id: int
    app_password_id: int  # with which it was got, 0 = the person's own password


_OWNER = (
    f"SELECT {', '.join(f'p.{name}' for name in Person.__struct_fields__)}"
    " FROM access_pairs a JOIN people p ON p.id = a.person_id WHERE a.access_id = $1"
)


# Old signatures go with each one whose digest begins so: one of 256.
_SWEPT_AT = "00"


async def of_person(tx: Tx, person_id: int, app_password_id: int) -> AccessPair | None:
    """The pair that a person has by one of his passwords."""
    row = await tx.row(
        "SELECT access_id, person_id, app_password_id FROM access_pairs WHERE person_id = $1 AND app_password_id = $2",
        person_id,
        app_password_id,
    )
    return None if row is None else AccessPair(*row)


async def owner_of(tx: Tx, access_id: str) -> Person | None:
    """Whose pair this is."""
    row = await tx.row(_OWNER, access_id)
    return None if row is None else Person(*row)


async def insert(tx: Tx, pair: AccessPair) -> None:
    """Store a new pair."""
    await tx.do(
        "INSERT INTO access_pairs (access_id, person_id, app_password_id, created_at) VALUES ($1, $2, $3, $4)",
        pair.access_id,
        pair.person_id,
        pair.app_password_id,
        tx.now,
    )


async def delete_of_app_password(tx: Tx, app_password_id: int) -> None:
    """Forget what was got by a password for programs."""
    await tx.do("DELETE FROM access_pairs WHERE app_password_id = $1 AND app_password_id > 0", app_password_id)
    await tx.do("DELETE FROM one_time_keys WHERE app_password_id = $1 AND app_password_id > 0", app_password_id)


async def delete_all(tx: Tx, person_id: int) -> None:
    """Forget all pairs and one-time keys of a person."""
    await tx.do("DELETE FROM access_pairs WHERE person_id = $1", person_id)
    await tx.do("DELETE FROM one_time_keys WHERE person_id = $1", person_id)


async def delete_of_own_password(tx: Tx, person_id: int) -> None:
    """Forget what a person got by his own password."""
    await tx.do("DELETE FROM access_pairs WHERE person_id = $1 AND app_password_id = 0", person_id)
    await tx.do("DELETE FROM one_time_keys WHERE person_id = $1 AND app_password_id = 0", person_id)


async def insert_key(tx: Tx, key_hash: str, person_id: int, app_password_id: int, expires_at: int) -> None:
    """Store a one-time key; those that are too old go."""
    await tx.do("DELETE FROM one_time_keys WHERE expires_at <= $1", tx.now)
    await tx.do(
        "INSERT INTO one_time_keys (key_hash, person_id, app_password_id, expires_at) VALUES ($1, $2, $3, $4)",
        key_hash,
        person_id,
        app_password_id,
        expires_at,
    )


async def take_key(tx: Tx, key_hash: str) -> tuple[int, int] | None:
    """Use a one-time key up: person and password for programs; None when there is no such one, or too old."""
    rows = await tx.rows(
        "DELETE FROM one_time_keys WHERE key_hash = $1 RETURNING person_id, app_password_id, expires_at", key_hash
    )
    return (rows[0][0], rows[0][1]) if rows and rows[0][2] > tx.now else None


async def spend_signature(tx: Tx, digest: str, expires_at: int) -> bool:
    """Remember a request that may not come again; False when it has come already."""
    if digest.startswith(_SWEPT_AT):
        await tx.do("DELETE FROM spent_signatures WHERE expires_at <= $1", tx.now)
    added = await tx.do(
        "INSERT INTO spent_signatures (digest, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", digest, expires_at
    )
    return added > 0
