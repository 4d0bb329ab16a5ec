"""Passwords for programs: for doors that can ask neither for a code nor for a new password.

Each is random, named, shown once and can be revoked by itself; it opens doors for programs only, never a browser. All
of a person end with his own password. Kept is a keyed digest of the password's MD5 (some doors get no more of it): 138
random bits need no slow hash, and one that is found by its digest costs a program nothing that asks with every request.
"""

from __future__ import annotations

import hmac
import secrets

from skvorets.core import audit
from skvorets.core.password_hashes import md5_of
from skvorets.errors import EmptyNameError, NotFoundError, TooLargeError
from skvorets.storage import access_pairs, app_passwords, sessions
from skvorets.storage.app_passwords import AppPassword
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

MAX_NAME_LENGTH = 100
# Of one person.
MAX_APP_PASSWORDS = 50
LENGTH = 28
# Without characters that look alike.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# A use is noted at most so often, milliseconds: asking must not write each time.
_NOTED_MS = 3600 * 1000


async def create(tx: Tx, person: Person, name: str, address: str) -> tuple[AppPassword, str]:
    """Make one; the row and the password, which is shown this once. Raises EmptyNameError, TooLargeError."""
    name = " ".join(name.split())[:MAX_NAME_LENGTH]
    if not name:
        raise EmptyNameError
    if len(await app_passwords.of_person(tx, person.id)) >= MAX_APP_PASSWORDS:
        raise TooLargeError(f"a person has at most {MAX_APP_PASSWORDS} passwords for programs")
    password = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
    new = await app_passwords.insert(tx, person.id, name, _digest(tx, person.id, md5_of(password)))
    await audit.note(tx, person.id, "app_password.created", "person", person.id, {"name": name, "address": address})
    return new, password


async def revoke(tx: Tx, person: Person, app_password_id: int, address: str) -> None:
    """Let in nobody with it any more, nor with what was got by it. Raises NotFoundError."""
    found = next((one for one in await app_passwords.of_person(tx, person.id) if one.id == app_password_id), None)
    if found is None:
        raise NotFoundError
    await app_passwords.delete(tx, found.id)
    await access_pairs.delete_of_app_password(tx, found.id)
    await sessions.delete_of_app_password(tx, found.id)
    details = {"name": found.name, "address": address}
    await audit.note(tx, person.id, "app_password.revoked", "person", person.id, details)


async def find(tx: Tx, person_id: int, password_md5: str) -> int:
    """Number of the person's password for programs with this MD5 (32 lower-case hex digits); 0 = it is none."""
    return await app_passwords.find(tx, person_id, _digest(tx, person_id, password_md5))


async def note_use(tx: Tx, app_password_id: int) -> None:
    """Remember when it was used, to the hour."""
    await app_passwords.note_use(tx, app_password_id, tx.now - _NOTED_MS)


def _digest(tx: Tx, person_id: int, password_md5: str) -> str:
    return hmac.digest(tx.portal.secret, f"app-password:{person_id}:{password_md5}".encode(), "sha256").hex()
