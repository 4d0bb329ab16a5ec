"""Rows of ``logins`` and ``login_attempts``: who may log in with a password, and who tried in vain."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx


class Login(msgspec.Struct, frozen=True):
    """With what a person logs in."""

    person_id: int
    login: str  # lower case
    password_hash: str


class Attempts(msgspec.Struct, frozen=True):
    """Unsuccessful attempts counted under one key."""

    failures: int
    until: int  # the count begins anew then, unix milliseconds


async def find(tx: Tx, login: str) -> Login | None:
    """The account with this login (lower case)."""
    row = await tx.row("SELECT person_id, login, password_hash FROM logins WHERE login = $1", login)
    return None if row is None else Login(*row)


async def login_or_email(tx: Tx, text: str) -> str:
    """Give the login that somebody means by a login or by the e-mail of the one human who has it; both lower case.

    What is neither is given back as it came.
    """
    if await find(tx, text) is not None:
        return text
    rows = await tx.rows(
        "SELECT l.login FROM people p JOIN logins l ON l.person_id = p.id"
        " WHERE p.kind = 'human' AND p.active = 1 AND lower(p.email) = CAST($1 AS TEXT) LIMIT 2",
        text,
    )
    return rows[0][0] if len(rows) == 1 else text


async def of_people(tx: Tx, ids: Iterable[int]) -> dict[int, Login]:
    """The accounts of these people, by person; who cannot log in is left out."""
    rows = await tx.rows(
        "SELECT person_id, login, password_hash FROM logins WHERE person_id = ANY($1)", sorted(set(ids))
    )
    return {row[0]: Login(*row) for row in rows}


async def put(tx: Tx, login: Login) -> None:
    """Store a person's account, or change its login and password, which is an ordinary one then."""
    await tx.do(
        "INSERT INTO logins (person_id, login, password_hash) VALUES ($1, $2, $3)"
        " ON CONFLICT (person_id) DO UPDATE SET login = excluded.login, password_hash = excluded.password_hash,"
        " one_time = 0",
        login.person_id,
        login.login,
        login.password_hash,
    )


async def mark_one_time(tx: Tx, person_id: int) -> None:
    """With this password its owner shall choose another one, and do nothing else."""
    await tx.do("UPDATE logins SET one_time = 1 WHERE person_id = $1", person_id)


async def is_one_time(tx: Tx, person_id: int) -> bool:
    """Is the password one that must be replaced first?"""
    return bool(await tx.val("SELECT one_time FROM logins WHERE person_id = $1", person_id))


async def choose(tx: Tx, old: Login, password_hash: str) -> bool:
    """Put another password in place of a one-time one; False when that was replaced meanwhile."""
    return (
        await tx.do(
            "UPDATE logins SET password_hash = $3, one_time = 0 WHERE person_id = $1 AND password_hash = $2",
            old.person_id,
            old.password_hash,
            password_hash,
        )
        > 0
    )


async def replace_hash(tx: Tx, old: Login, password_hash: str) -> None:
    """Write the same password's hash anew; nothing happens when the password was changed meanwhile."""
    await tx.do(
        "UPDATE logins SET password_hash = $3 WHERE person_id = $1 AND password_hash = $2",
        old.person_id,
        old.password_hash,
        password_hash,
    )


async def attempts(tx: Tx, key: str) -> Attempts | None:
    """What is counted under a key and not over yet."""
    row = await tx.row("SELECT failures, until FROM login_attempts WHERE key = $1 AND until > $2", key, tx.now)
    return None if row is None else Attempts(*row)


async def put_attempts(tx: Tx, key: str, counted: Attempts) -> None:
    """Write what is counted under a key."""
    await tx.do(
        "INSERT INTO login_attempts (key, failures, until) VALUES ($1, $2, $3)"
        " ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, until = excluded.until",
        key,
        counted.failures,
        counted.until,
    )


async def forget_attempts(tx: Tx, key: str) -> None:
    """Drop what is counted under a key."""
    await tx.do("DELETE FROM login_attempts WHERE key = $1", key)


async def forget_old_attempts(tx: Tx) -> None:
    """Drop all counts that are over."""
    await tx.do("DELETE FROM login_attempts WHERE until <= $1", tx.now)
