"""Rows of ``sessions``: browsers in which people are logged in."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from skvorets.storage import people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class Session(msgspec.Struct, frozen=True):
    """One browser of one person. Times are unix milliseconds."""

    id: int
    secret_hash: str
    person_id: int
    created_at: int
    seen_at: int
    expires_at: int
    user_agent: str = ""
    address: str = ""
    kind: str = ""  # empty = a browser of the messenger, otherwise the door that it was opened at
    app_password_id: int = 0  # the password for programs with which it was opened, 0 = the person's own


_COLUMNS = ", ".join(Session.__struct_fields__)
_NEW_COLUMNS = ", ".join(Session.__struct_fields__[1:])


async def insert(tx: Tx, session: Session) -> int:
    """Store a session; its id (the given one is not looked at)."""
    session_id: int = await tx.val(
        f"INSERT INTO sessions ({_NEW_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        *msgspec.structs.astuple(session)[1:],
    )
    return session_id


async def find(tx: Tx, secret_hash: str, kind: str) -> tuple[Session, Person] | None:
    """The session of a cookie that is still good at this door, and whose it is."""
    row = await tx.row(
        f"SELECT {_COLUMNS} FROM sessions WHERE secret_hash = $1 AND expires_at > $2 AND kind = $3",
        secret_hash,
        tx.now,
        kind,
    )
    if row is None:
        return None
    session = Session(*row)
    person = await people.find(tx, session.person_id)
    return None if person is None else (session, person)


async def of_person(tx: Tx, person_id: int) -> list[Session]:
    """All open sessions of a person, the one seen last first."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM sessions WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id DESC",
        person_id,
        tx.now,
    )
    return [Session(*row) for row in rows]


async def open_among(tx: Tx, ids: Collection[int]) -> set[int]:
    """Those of the sessions that are still good."""
    if not ids:
        return set()
    rows = await tx.rows("SELECT id FROM sessions WHERE id = ANY($1) AND expires_at > $2", sorted(ids), tx.now)
    return {row[0] for row in rows}


async def renew(tx: Tx, session_id: int, expires_at: int) -> None:
    """Note that the session was used now and is good until then."""
    await tx.do("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id = $1", session_id, tx.now, expires_at)


async def delete(tx: Tx, person_id: int, session_id: int) -> bool:
    """End a session of a person; False when he has no such one."""
    return await tx.do("DELETE FROM sessions WHERE id = $1 AND person_id = $2", session_id, person_id) > 0


async def delete_others(tx: Tx, person_id: int, kept_id: int) -> None:
    """End all sessions of a person but one; ``kept_id`` 0 ends all."""
    await tx.do("DELETE FROM sessions WHERE person_id = $1 AND id <> $2", person_id, kept_id)


async def delete_of_app_password(tx: Tx, app_password_id: int) -> None:
    """End the sessions that were opened with a password for programs."""
    await tx.do("DELETE FROM sessions WHERE app_password_id = $1", app_password_id)


async def delete_expired(tx: Tx) -> None:
    """Forget what is good no more."""
    await tx.do("DELETE FROM sessions WHERE expires_at <= $1", tx.now)
