r"""Signatures of what servers tell each other: nobody else can, and nothing can be told twice.

    v1=hex(HMAC-SHA256(secret, "METHOD\nPATH\nTIMESTAMP\nNONCE\n" + body))

Two servers share one secret. It is made of two halves, so that neither can choose it; each half went only to the
address that the other server claims for itself. See docs/adr/0007.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final
from urllib.parse import urlsplit

import msgspec

from skvorets.core import keyed_hash

CLOCK_WINDOW_S: Final = 300
"""The clocks of two servers may differ by so much, seconds; numbers used once are kept for twice as long."""
SERVER, TIMESTAMP, NONCE, SIGNATURE = "Network-Server", "Network-Timestamp", "Network-Nonce", "Network-Signature"
MAX_SERVER: Final = 255
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_TIMESTAMP = re.compile(r"\d{1,12}")
_HALF = re.compile(r"[0-9a-f]{64}")


class Signed(msgspec.Struct, frozen=True):
    """What is signed of a request."""

    method: str
    path: str
    timestamp: str  # unix seconds
    nonce: str
    body: bytes


def headers_for(secret: str, server: str, path: str, body: bytes, now_s: int) -> dict[str, str]:
    """Sign a POST to ``path`` as the server with this address."""
    signed = Signed("POST", path, str(now_s), secrets.token_urlsafe(18), body)
    return {
        SERVER: server,
        TIMESTAMP: signed.timestamp,
        NONCE: signed.nonce,
        SIGNATURE: f"v1={signature(secret, signed)}",
    }


def signature(secret: str, signed: Signed) -> str:
    """Give the signature as hex digits."""
    head = f"{signed.method}\n{signed.path}\n{signed.timestamp}\n{signed.nonce}\n"
    return keyed_hash.digest(bytes.fromhex(secret), head.encode() + signed.body).hex()


def is_signed_by(given: str, signed: Signed, *known: str) -> bool:
    """Was this signed with one of the secrets?"""
    text = given.encode("utf-8", "replace")
    return any(hmac.compare_digest(text, f"v1={signature(one, signed)}".encode()) for one in known if one)


def is_timely(signed: Signed, now_s: int) -> bool:
    """Has the request a nonce and a time near ours?"""
    if not _NONCE.fullmatch(signed.nonce) or not _TIMESTAMP.fullmatch(signed.timestamp):
        return False
    return abs(int(signed.timestamp) - now_s) <= CLOCK_WINDOW_S


def new_half() -> str:
    """Make half of a secret: 64 hex digits."""
    return secrets.token_hex(32)


def is_half(text: str) -> bool:
    """Does this look like half of a secret?"""
    return bool(_HALF.fullmatch(text))


def secret_of(first: str, second: str) -> str:
    """Make the secret of two halves, that of the server which began coming first."""
    return keyed_hash.digest(bytes.fromhex(first), bytes.fromhex(second)).hex()


def proof(secret: str, who: str, token: str) -> str:
    """Prove that one knows the secret: ``who`` is "first" or "second"."""
    return hashlib.sha256(f"{secret}:{who}:{token}".encode()).hexdigest()


def server_of(text: str) -> str:
    """Give the address of a server as all write it (``https://other.example``); empty for what is none."""
    if len(text) > MAX_SERVER or not text.isascii() or not text.isprintable() or " " in text:
        return ""
    try:
        parts = urlsplit(text.strip().rstrip("/"))
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        return ""
    if parts.username is not None or parts.password is not None:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = 443 if parts.scheme == "https" else 80
    return f"{parts.scheme}://{host}" if port in {None, usual} else f"{parts.scheme}://{host}:{port}"
