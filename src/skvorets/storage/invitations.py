"""Rows of ``invitations``: links by which people come into the company."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx


class Invitation(msgspec.Struct, frozen=True):
    """A link that was not used yet. Times are unix milliseconds."""

    id: int
    secret_hash: str
    inviter_id: int
    created_at: int
    expires_at: int
    email: str
    first_name: str
    last_name: str
    extranet: int
    department_id: int  # 0 = none


_COLUMNS = ", ".join(Invitation.__struct_fields__)


async def insert(tx: Tx, invitation: Invitation) -> int:
    """Store an invitation; its id (the given one is not looked at)."""
    names = ", ".join(Invitation.__struct_fields__[1:])
    invitation_id: int = await tx.val(
        f"INSERT INTO invitations ({names}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        *msgspec.structs.astuple(invitation)[1:],
    )
    return invitation_id


async def find(tx: Tx, invitation_id: int) -> Invitation | None:
    """The invitation with this id, also when its time is over."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM invitations WHERE id = $1", invitation_id)
    return None if row is None else Invitation(*row)


async def find_by_secret(tx: Tx, secret_hash: str) -> Invitation | None:
    """The invitation of a link that is still good."""
    row = await tx.row(
        f"SELECT {_COLUMNS} FROM invitations WHERE secret_hash = $1 AND expires_at > $2", secret_hash, tx.now
    )
    return None if row is None else Invitation(*row)


async def every(tx: Tx) -> list[Invitation]:
    """All invitations that can still be used, the newest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM invitations WHERE expires_at > $1 ORDER BY id DESC", tx.now)
    return [Invitation(*row) for row in rows]


async def count(tx: Tx) -> int:
    """Count the invitations that can still be used."""
    number: int = await tx.val("SELECT count(*) FROM invitations WHERE expires_at > $1", tx.now)
    return number


async def delete(tx: Tx, invitation_id: int) -> bool:
    """Drop an invitation, used or revoked; False when there is no such one."""
    return await tx.do("DELETE FROM invitations WHERE id = $1", invitation_id) > 0


async def delete_expired(tx: Tx) -> None:
    """Drop what can be used no more."""
    await tx.do("DELETE FROM invitations WHERE expires_at <= $1", tx.now)
