"""Tickets for the push socket: short-lived, good once, so that no credential stands in an address.

A ticket says whose socket it opens and on what that rests, signed with the portal's secret; any process may take it.
That it was used is remembered until it is too old anyway. Required by ASVS 4.4.4.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import struct

from skvorets.realtime.identity import Identity
from skvorets.storage import tickets
from skvorets.storage.database import Portal, Tx

# Seconds from the issue of a ticket to the opening of the socket.
TICKET_S = 30
_MILLISECONDS = 1000
# person, application, installation, webhook, session, customer, the only chat,
# expiry of the credential (unix s), expiry of the ticket (unix ms), nonce
_BODY = struct.Struct(">IIIIIIIQQ14s")
_NONCE_SIZE = 14
_DIGEST_SIZE = 16
# Base64 of the whole; a multiple of three bytes needs no padding.
_TICKET_LENGTH = (_BODY.size + _DIGEST_SIZE + 2) // 3 * 4


def issue(portal: Portal, identity: Identity, now: int) -> str:
    """Write a ticket; ``now`` is unix milliseconds."""
    body = _BODY.pack(
        identity.person_id,
        identity.application_id,
        identity.installation,
        identity.webhook_id,
        identity.session_id,
        identity.client_id,
        identity.only_chat_id,
        identity.expires_at,
        now + TICKET_S * _MILLISECONDS,
        secrets.token_bytes(_NONCE_SIZE),
    )
    return base64.urlsafe_b64encode(body + _digest(portal, body)).decode()


def read(portal: Portal, text: str) -> Identity | None:
    """Tell for whom a ticket is, without taking it; None when we did not write it."""
    body = _genuine_body(portal, text)
    return _read(body)[0] if body is not None else None


async def redeem(tx: Tx, text: str) -> Identity | None:
    """Take a ticket; None when we did not write it, it is too old or was taken before. A unit of work that writes."""
    body = _genuine_body(tx.portal, text)
    if body is None:
        return None
    identity, ticket_end, nonce = _read(body)
    if ticket_end <= tx.now or not await tickets.spend(tx, nonce, ticket_end):
        return None
    return identity


def _read(body: bytes) -> tuple[Identity, int, str]:
    """Give what a genuine ticket says: whose it is, until when it is good (unix milliseconds), its number."""
    *ids, credential_end, ticket_end, nonce = _BODY.unpack(body)
    person_id, application_id, installation, webhook_id, session_id, client_id, only_chat_id = ids
    identity = Identity(
        person_id=person_id,
        application_id=application_id,
        installation=installation,
        webhook_id=webhook_id,
        expires_at=credential_end,
        session_id=session_id,
        client_id=client_id,
        only_chat_id=only_chat_id,
    )
    return identity, ticket_end, nonce.hex()


def _genuine_body(portal: Portal, text: str) -> bytes | None:
    if len(text) != _TICKET_LENGTH or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except ValueError:
        return None
    body, digest = raw[: _BODY.size], raw[_BODY.size :]
    return body if hmac.compare_digest(digest, _digest(portal, body)) else None


def _digest(portal: Portal, body: bytes) -> bytes:
    return hmac.digest(portal.secret, b"push-ticket:" + body, "sha256")[:_DIGEST_SIZE]
