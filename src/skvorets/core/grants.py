"""What OAuth hands out: codes for tokens, tokens for tokens.

    person agrees ──► code (30 s, once) ──► access and refresh token ──► refresh token spent ──► the next pair …
                                                                             └─ 60 s grace for parallel workers

Codes are stored hashed; tokens are signed, and only the spent ones are remembered (``core/tokens.py``).
Rules: spec ``bitrix24-transport.md`` §9; OWASP ASVS 10.4.
"""

from __future__ import annotations

import hmac
import secrets

import msgspec

from skvorets.core import logins, tokens
from skvorets.core.applications import TokenPair, issue_tokens
from skvorets.errors import ApplicationNotFoundError, NotAllowedError
from skvorets.storage import applications, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# How long a spent refresh token still works, so that parallel workers do not lose the session.
GRACE_MS = 60_000
_CODE_BYTES = 32
_MILLISECONDS = 1000


class Grant(msgspec.Struct, frozen=True):
    """Fresh tokens with whom and what they are for."""

    application: Application
    person_id: int
    tokens: TokenPair


async def issue_code(tx: Tx, application: Application, person: Person) -> str:
    """Give the code of a person who agreed; the application has 30 seconds to take its tokens, once.

    Raises ApplicationNotFoundError (not installed), NotAllowedError (a person who cannot log in).
    """
    if not can_get_tokens(application):
        raise ApplicationNotFoundError
    if not logins.can_log_in(person):
        raise NotAllowedError
    code = secrets.token_urlsafe(_CODE_BYTES)
    await applications.delete_old_codes(tx)
    expires_at = tx.now + tokens.CODE_S * _MILLISECONDS
    await applications.insert_code(
        tx, applications.Code(tokens.fingerprint(code), application.id, person.id, expires_at)
    )
    return code


def can_get_tokens(application: Application) -> bool:
    """Is the application there, and installed at least so far that its installer runs?"""
    return bool(application.kind == "local" and application.active and application.installation)


async def find_client(tx: Tx, client_id: str, client_secret: str) -> Application | None:
    """Find the application that proves with its secret who it is; None when it cannot."""
    application = await applications.find_by_client_id(tx, client_id)
    stored = "" if application is None else application.secret_hash
    is_right = hmac.compare_digest(stored, tokens.fingerprint(client_secret))
    if application is None or not is_right or not can_get_tokens(application):
        return None
    return application


async def redeem_code(tx: Tx, application: Application, code: str) -> Grant | None:
    """Give tokens for a code; None when it is unknown, used, too old or another application's. It is used up anyway."""
    stored = await applications.take_code(tx, tokens.fingerprint(code))
    if stored is None or stored.application_id != application.id or stored.expires_at < tx.now:
        return None
    return await _grant(tx, application, stored.person_id)


async def refresh(tx: Tx, application: Application, refresh_token: str) -> Grant | None:
    """Give the next tokens for a refresh token; None when it is not this application's, too old, or spent.

    A spent token works for another minute and stays spent afterwards.
    """
    token = tokens.read(tx.portal, refresh_token)
    if token is None or token.kind != tokens.REFRESH or token.application_id != application.id:
        return None
    expires_at = token.expires_at * _MILLISECONDS
    if token.installation != application.installation or expires_at <= tx.now:
        return None
    spent_at = await applications.spend_token(tx, tokens.fingerprint(refresh_token), expires_at)
    if tx.now - spent_at > GRACE_MS:
        return None
    return await _grant(tx, application, token.person_id)


async def _grant(tx: Tx, application: Application, person_id: int) -> Grant | None:
    person = await people.find(tx, person_id)
    # Bots get tokens in their events and refresh them like people.
    if person is None or not person.active:
        return None
    return Grant(application, person_id, issue_tokens(tx, application, person_id))
