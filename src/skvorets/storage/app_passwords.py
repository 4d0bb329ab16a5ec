"""Rows of ``app_passwords``: what people's programs log in with."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx


class AppPassword(msgspec.Struct, frozen=True):
    """A password for a program, without its secret. Times are unix milliseconds."""

    id: int
    person_id: int
    name: str
    created_at: int
    used_at: int  # to the hour, 0 = never


_COLUMNS = ", ".join(AppPassword.__struct_fields__)


async def of_person(tx: Tx, person_id: int) -> list[AppPassword]:
    """A person's passwords for programs, the oldest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM app_passwords WHERE person_id = $1 ORDER BY id", person_id)
    return [AppPassword(*row) for row in rows]


async def find(tx: Tx, person_id: int, secret_hash: str) -> int:
    """Number of the person's password with this digest, 0 when there is none."""
    found: int | None = await tx.val(
        "SELECT id FROM app_passwords WHERE secret_hash = $2 AND person_id = $1", person_id, secret_hash
    )
    return found or 0


async def insert(tx: Tx, person_id: int, name: str, secret_hash: str) -> AppPassword:
    """Store a new one."""
    new_id: int = await tx.val(
        "INSERT INTO app_passwords (person_id, name, secret_hash, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
        person_id,
        name,
        secret_hash,
        tx.now,
    )
    return AppPassword(new_id, person_id, name, tx.now, 0)


async def note_use(tx: Tx, app_password_id: int, before: int) -> None:
    """Write that it was used now, unless it is written that it was after ``before`` (unix milliseconds)."""
    await tx.do("UPDATE app_passwords SET used_at = $2 WHERE id = $1 AND used_at < $3", app_password_id, tx.now, before)


async def delete(tx: Tx, app_password_id: int) -> None:
    """Forget one."""
    await tx.do("DELETE FROM app_passwords WHERE id = $1", app_password_id)


async def delete_all(tx: Tx, person_id: int) -> None:
    """Forget all of a person."""
    await tx.do("DELETE FROM app_passwords WHERE person_id = $1", person_id)
