"""Signature headers of Standard Webhooks, added to the documented body of an event.

Source: the Standard Webhooks specification, "Webhook scheme", symmetric signatures (``v1``). The signed text is
``{id}.{timestamp}.{body}``; while a secret is being replaced, the header carries one signature per secret.
The token inside the body (``auth[application_token]``) stays as it is: the headers are additional.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets as system_secrets
from collections.abc import Sequence
from functools import lru_cache

SECRET_PREFIX = "whsec_"  # noqa: S105 — the documented prefix, not a secret
# Bytes of a secret; the specification asks for 24 to 64.
MIN_SECRET_BYTES = 24
MAX_SECRET_BYTES = 64
NEW_SECRET_BYTES = 32
# The old and the new secret during a rotation.
MAX_SECRETS = 2

# Bytes hashed at a time; from 2,048 on hashlib lets go of the interpreter's lock.
HELD_BYTES = 2047
_BLOCK_BYTES = 64
_INNER_PAD = bytes(byte ^ 0x36 for byte in range(256))
_OUTER_PAD = bytes(byte ^ 0x5C for byte in range(256))
_DELIVERY_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")


def sign(delivery_id: str, timestamp_s: int, body: bytes, secrets: Sequence[str], attempt: int) -> dict[str, str]:
    """Build the headers of one attempt.

    ``delivery_id`` is the same for all attempts, letters, digits, ``_`` and ``-`` (a dot would blur the signed text);
    ``timestamp_s`` is the Unix time of this attempt; ``attempt`` counts from 1. Without secrets there is no signature
    header. Raises ValueError for anything else.
    """
    if not _DELIVERY_ID.fullmatch(delivery_id):
        raise ValueError("a delivery id consists of letters, digits, _ and -")
    if len(secrets) > MAX_SECRETS:
        raise ValueError("at most two secrets: the old one and the new one")
    if attempt < 1:
        raise ValueError("attempts are counted from 1")
    headers = {
        "webhook-id": delivery_id,
        "webhook-timestamp": str(timestamp_s),
        "webhook-attempt": str(attempt),
    }
    if secrets:
        signed = b"%s.%d.%s" % (delivery_id.encode(), timestamp_s, body)
        headers["webhook-signature"] = " ".join(_signature(secret, signed) for secret in secrets)
    return headers


def new_secret() -> str:
    """Make a secret for one handler: ``whsec_`` and 32 random bytes in base64."""
    return SECRET_PREFIX + base64.b64encode(system_secrets.token_bytes(NEW_SECRET_BYTES)).decode()


@lru_cache(maxsize=1024)
def secret_key(secret: str) -> bytes:
    """Decode a secret (with or without ``whsec_``) to the key of the HMAC. Raises ValueError."""
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("a webhook secret is whsec_ and base64") from None
    if not MIN_SECRET_BYTES <= len(key) <= MAX_SECRET_BYTES:
        raise ValueError("a webhook secret has 24 to 64 bytes")
    return key


def _signature(secret: str, signed: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) in small pieces.

    ``hmac.digest`` lets go of the interpreter's lock, and getting it back took 0.4 ms beside a busy writer;
    pieces of HELD_BYTES are hashed without letting go.
    """
    inner, outer = (prepared.copy() for prepared in _prepare(secret))
    for start in range(0, len(signed), HELD_BYTES):
        inner.update(signed[start : start + HELD_BYTES])
    outer.update(inner.digest())
    return "v1," + base64.b64encode(outer.digest()).decode()


@lru_cache(maxsize=1024)
def _prepare(secret: str) -> tuple[hashlib._Hash, hashlib._Hash]:
    key = secret_key(secret).ljust(_BLOCK_BYTES, b"\0")  # never longer: MAX_SECRET_BYTES
    return hashlib.sha256(key.translate(_INNER_PAD)), hashlib.sha256(key.translate(_OUTER_PAD))
