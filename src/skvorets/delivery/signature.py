"""Signature headers of Standard Webhooks, added to the documented body of an event.

Source: the Standard Webhooks specification, "Webhook scheme", symmetric signatures (``v1``). The signed text is
``{id}.{timestamp}.{body}``; while a secret is being replaced, the header carries one signature per secret.
The token inside the body (``auth[application_token]``) stays as it is: the headers are additional.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets as system_secrets
from collections.abc import Sequence
from functools import lru_cache

from skvorets.core import keyed_hash

SECRET_PREFIX = "whsec_"  # noqa: S105 — the documented prefix, not a secret
# Bytes of a secret; the specification asks for 24 to 64.
MIN_SECRET_BYTES = 24
MAX_SECRET_BYTES = 64
NEW_SECRET_BYTES = 32
# The old and the new secret during a rotation.
MAX_SECRETS = 2

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
    return "v1," + base64.b64encode(keyed_hash.digest(secret_key(secret), signed)).decode()
