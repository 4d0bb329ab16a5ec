"""Browsers that want to be told of news while no page is open: their subscriptions and our key (RFC 8292).

The key pair is derived from the portal's secret: push services know us by the public one, so it stays the same as long
as the database lives, and no account with anybody is needed. A subscription lives as long as its browser's session.
"""

from __future__ import annotations

import base64
import hashlib

from skvorets.core import keyed_hash
from skvorets.core.addresses import check_handler_url
from skvorets.errors import WrongKeysError, WrongProtocolError
from skvorets.storage import web_push
from skvorets.storage.database import Portal, Tx
from skvorets.storage.sessions import Session
from skvorets.storage.web_push import Subscription

# Browsers of one person; the oldest are forgotten.
MAX_SUBSCRIPTIONS = 20
_PURPOSE = b"web-push:vapid"
# Order of the group of P-256 (FIPS 186-5): private keys are smaller.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# An uncompressed point (RFC 8291 §3.1), and the secret for encryption (§3.2), bytes.
_POINT_BYTES, _SECRET_BYTES = 65, 16


def private_number(portal: Portal) -> int:
    """Give the number that is our private key on P-256."""
    wide = keyed_hash.digest(portal.secret, _PURPOSE) + keyed_hash.digest(portal.secret, _PURPOSE + b":2")
    return int.from_bytes(wide) % (_ORDER - 1) + 1


def public_key(portal: Portal) -> str:
    """Give our public key as ``applicationServerKey`` takes it: base64url of an uncompressed point."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 — costs the start 30 ms
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.derive_private_key(private_number(portal), ec.SECP256R1()).public_key()
    point = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


async def subscribe(tx: Tx, session: Session, endpoint: str, p256dh: str, auth: str) -> None:
    """Let a browser be told, or renew its keys.

    Raises WrongProtocolError, WrongAddressError (an endpoint that cannot be one), WrongKeysError.
    """
    check_handler_url(tx.portal, endpoint)
    if not endpoint.startswith("https://") and not tx.portal.allow_private_handlers:
        raise WrongProtocolError
    _check_keys(p256dh, auth)
    new = Subscription(0, session.person_id, session.id, endpoint, digest_of(endpoint), p256dh, auth, tx.now)
    await web_push.put(tx, new)
    await web_push.delete_orphans(tx, session.person_id)
    await web_push.keep_newest(tx, session.person_id, MAX_SUBSCRIPTIONS)


async def unsubscribe(tx: Tx, person_id: int, endpoint: str) -> None:
    """Tell a browser nothing more; nothing happens when it was told nothing."""
    await web_push.delete(tx, person_id, digest_of(endpoint))


def digest_of(endpoint: str) -> str:
    """Give what an endpoint is found by."""
    return hashlib.sha256(endpoint.encode("utf-8", "surrogatepass")).hexdigest()


def decode_key(text: str) -> bytes:
    """Read base64url with or without padding. Raises ValueError."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def _check_keys(p256dh: str, auth: str) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    try:
        point, secret = decode_key(p256dh), decode_key(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise WrongKeysError from None
    if len(point) != _POINT_BYTES or len(secret) != _SECRET_BYTES:
        raise WrongKeysError
