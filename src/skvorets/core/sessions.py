"""Sessions of browsers: opened by logging in, renewed by use, ended by logging out or by being forgotten.

The cookie carries 256 random bits; only their digest is stored. What protects against forged requests is derived from
the cookie with the portal's secret, so it needs no row. Rules: OWASP ASVS 7.2, 7.4.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

import msgspec

from skvorets.core import audit, logins
from skvorets.core.session_ends import end_session
from skvorets.errors import NotAllowedError, NotFoundError, WrongSecretError
from skvorets.storage import sessions
from skvorets.storage.database import Portal, Tx
from skvorets.storage.people import Person
from skvorets.storage.sessions import Session

# A browser that was not used for so long must log in anew.
IDLE_MS = 30 * 24 * 3600 * 1000
# How much of what a browser says of itself is kept, characters.
MAX_USER_AGENT = 300
# A use is noted at most so often: reading must not write each time.
RENEWAL_MS = 3600 * 1000
_SECRET_BYTES = 32
_SECRET_LENGTH = 43  # of the secret as URL-safe text


class Door(msgspec.Struct, frozen=True):
    """At which door a session is good; a cookie of one door opens no other."""

    kind: str = ""  # empty = the messenger in a browser
    app_password_id: int = 0  # the password for programs that was given there, 0 = the person's own


MESSENGER: Final = Door()


async def open_session(tx: Tx, person: Person, user_agent: str, address: str, door: Door = MESSENGER) -> str:
    """Log a person in, whose password was checked; the cookie's value. Raises NotAllowedError for who may not."""
    if not logins.can_log_in(person):
        raise NotAllowedError
    await sessions.delete_expired(tx)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    session = Session(
        id=0,
        secret_hash=_digest(secret),
        person_id=person.id,
        created_at=tx.now,
        seen_at=tx.now,
        expires_at=tx.now + IDLE_MS,
        # Headers may hold any bytes, which come as lone surrogates.
        user_agent=user_agent[:MAX_USER_AGENT].encode("utf-8", "replace").decode(),
        address=address,
        kind=door.kind,
        app_password_id=door.app_password_id,
    )
    await sessions.insert(tx, session)
    await audit.note(tx, person.id, "session.opened", details={"address": address})
    return secret


async def find_session(tx: Tx, secret: str, kind: str = "") -> tuple[Session, Person]:
    """Tell whose cookie this is at a door. Raises WrongSecretError, also for people who may no longer log in."""
    is_possible = len(secret) == _SECRET_LENGTH and secret.isascii()
    found = await sessions.find(tx, _digest(secret), kind) if is_possible else None
    if found is None or not logins.can_log_in(found[1]):
        raise WrongSecretError
    return found


def is_renewal_due(session: Session, now: int) -> bool:
    """Is it time to note that the session is in use?"""
    return now - session.seen_at >= RENEWAL_MS


async def renew_session(tx: Tx, session: Session) -> None:
    """Note that the session is in use."""
    await sessions.renew(tx, session.id, tx.now + IDLE_MS)


async def close_session(tx: Tx, person: Person, session_id: int) -> None:
    """Log out one browser of the person. Raises NotFoundError."""
    if not await end_session(tx, person.id, session_id):
        raise NotFoundError


async def close_session_if_open(tx: Tx, person: Person, session_id: int) -> None:
    """Log out one session of the person; nothing happens when it has ended meanwhile."""
    await end_session(tx, person.id, session_id)


def forgery_token(portal: Portal, session: Session) -> str:
    """Give what each changing request of this session must carry besides the cookie."""
    return hmac.digest(portal.secret, f"csrf:{session.secret_hash}".encode(), "sha256").hex()[:_SECRET_LENGTH]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
