"""Access and refresh tokens: signed, not stored.

A token says for which application, installation and person it was made and until when it is good, with a keyed digest
over that. So every event can carry fresh tokens without a row written for each; what must be remembered is only which
refresh tokens are spent (``spent_tokens``). A new installation of the application voids all older tokens at once.
Secrets that we must be able to show again (``application_token``, signing keys) are derived the same way.
See docs/adr/0003.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import secrets
import struct
from functools import lru_cache

import msgspec

from skvorets.core import keyed_hash
from skvorets.storage.database import Portal

# Life times, seconds. [docs]
ACCESS_TOKEN_S = 3600
REFRESH_TOKEN_S = 180 * 24 * 3600
CODE_S = 30

ACCESS, REFRESH = 1, 2
_BODY = struct.Struct(">BIIIQQ")  # kind, application, installation, person, expiry (unix seconds), nonce
_DIGEST_SIZE = 16
_TOKEN_SIZE = _BODY.size + _DIGEST_SIZE
# Base64 of the whole, without padding.
TOKEN_LENGTH = -(-_TOKEN_SIZE * 8 // 6)
# Makes tokens differ, no more: what cannot be guessed is the digest. Counted from a random number, since the system's
# random numbers cost a call each and let go of the interpreter's lock.
_nonces = itertools.count(secrets.randbits(64))
_NONCE_MASK = 2**64 - 1
# Secrets kept that are derived for every event of an application.
_DERIVED = 1024


class Token(msgspec.Struct, frozen=True):
    """What a genuine token says."""

    kind: int  # ACCESS or REFRESH
    application_id: int
    installation: int
    person_id: int
    expires_at: int  # unix seconds


def issue(portal: Portal, token: Token) -> str:
    """Write a token as 60 URL-safe characters; two calls never give the same."""
    body = _BODY.pack(
        token.kind,
        token.application_id,
        token.installation,
        token.person_id,
        token.expires_at,
        next(_nonces) & _NONCE_MASK,
    )
    return base64.urlsafe_b64encode(body + _digest(portal, body)).decode().rstrip("=")


def read(portal: Portal, text: str) -> Token | None:
    """Read a token; None when we did not write it. Expiry and spending are the caller's questions."""
    if len(text) != TOKEN_LENGTH:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(raw) != _TOKEN_SIZE:
        return None
    body, digest = raw[: _BODY.size], raw[_BODY.size :]
    if not hmac.compare_digest(digest, _digest(portal, body)):
        return None
    kind, application_id, installation, person_id, expires_at, _nonce = _BODY.unpack(body)
    return Token(kind, application_id, installation, person_id, expires_at)


def application_token(portal: Portal, application_id: int, installation: int) -> str:
    """Give the constant of one installation that every event carries: 32 hex characters."""
    return _derive(portal.secret, f"application_token:{application_id}:{installation}").hex()[:32]


def signing_secret(portal: Portal, name: str) -> str:
    """Give the key (``whsec_…``) of this name, with which events are signed; see ``core/signing.py``."""
    return "whsec_" + base64.b64encode(_derive(portal.secret, f"signing:{name}")).decode()


def second_factor_key(portal: Portal, seed: str) -> bytes:
    """Give the 20 bytes from which a person's one-time codes are made; see ``core/second_factor.py``."""
    return _derive(portal.secret, f"second-factor:{seed}")[:20]


def access_secret(portal: Portal, access_id: str) -> str:
    """Give the secret half of the pair with which a program signs: 40 hex characters; see ``core/access_pairs.py``."""
    return _derive(portal.secret, f"access-pair:{access_id}").hex()[:40]


def fingerprint(secret: str) -> str:
    """Hash a secret of high entropy (webhook, client secret, code, spent token) for storing and looking up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _digest(portal: Portal, body: bytes) -> bytes:
    return keyed_hash.digest(portal.secret, b"token:" + body)[:_DIGEST_SIZE]


@lru_cache(maxsize=_DERIVED)
def _derive(secret: bytes, purpose: str) -> bytes:
    return keyed_hash.digest(secret, purpose.encode())
