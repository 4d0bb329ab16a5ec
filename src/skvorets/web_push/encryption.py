"""Encryption of push messages (RFC 8291, aes128gcm of RFC 8188) and the proof of who sends them (VAPID, RFC 8292).

    browser's point + our new key ──ECDH──► shared secret ──HKDF with auth──► key and nonce ──AES-128-GCM──► one record

Push services forward what they cannot read; they know us by the signature alone.
"""

from __future__ import annotations

import base64
import os
import struct
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# Longest text, bytes: with head and tag within the 4,096 bytes that every push service takes (RFC 8291 §4).
MAX_PLAIN = 3993
_RECORD_BYTES = 4096
_SALT_BYTES, _KEY_BYTES, _NONCE_BYTES, _NUMBER_BYTES = 16, 16, 12, 32
# Ends the last record (RFC 8188 §2).
_LAST = b"\x02"
# A day is the most that is allowed (RFC 8292 §2); half of it, so that clocks may differ.
PROOF_S = 12 * 3600
# A proof is used again while it has at least so long to go, seconds.
_LEAST_LEFT_S = 3600
# Proofs kept. There are a handful of push services; whoever invents more pays with signatures.
_MAX_KEPT = 100
_CURVE = ec.SECP256R1()


class Browser(msgspec.Struct, frozen=True):
    """What a subscription says of encryption, decoded."""

    point: bytes  # its public key, uncompressed
    secret: bytes  # "auth"


def encrypt(plain: bytes, browser: Browser) -> bytes:
    """Encrypt for a browser, with a new key and salt each time. Raises ValueError for what is too long."""
    return encrypt_with(plain, browser, ec.generate_private_key(_CURVE), os.urandom(_SALT_BYTES))


def encrypt_with(plain: bytes, browser: Browser, own: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """The same with a given key and salt, which must never be used twice. Raises ValueError."""
    if len(plain) > MAX_PLAIN:
        message = f"{len(plain)} bytes are too many for one push message"
        raise ValueError(message)
    own_point = _point(own)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, browser.point))
    info = b"WebPush: info\x00" + browser.point + own_point
    secret = _expand(_mac(browser.secret, shared), info, 32)
    pseudorandom = _mac(salt, secret)
    key = _expand(pseudorandom, b"Content-Encoding: aes128gcm\x00", _KEY_BYTES)
    nonce = _expand(pseudorandom, b"Content-Encoding: nonce\x00", _NONCE_BYTES)
    head = salt + struct.pack(">IB", _RECORD_BYTES, len(own_point)) + own_point
    return head + AESGCM(key).encrypt(nonce, plain + _LAST, None)


class Proofs:
    """Signed words that say to each push service who we are."""

    def __init__(self, private_number: int, contact: str) -> None:
        """``contact`` is an address for the people who run a push service: https: or mailto:."""
        self._key = ec.derive_private_key(private_number, _CURVE)
        self._public = _base64(_point(self._key.public_key()))
        self._contact = contact
        self._kept: dict[str, tuple[str, int]] = {}

    def authorization(self, endpoint: str, now_s: int) -> str:
        """Give the value of the header for a request to this endpoint."""
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        proof, until = self._kept.get(origin, ("", 0))
        if until - now_s < _LEAST_LEFT_S:
            until = now_s + PROOF_S
            proof = self._sign({"aud": origin, "exp": until, "sub": self._contact})
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            self._kept[origin] = (proof, until)
        return f"vapid t={proof}, k={self._public}"

    def _sign(self, claims: dict[str, str | int]) -> str:
        head = _base64(msgspec.json.encode({"typ": "JWT", "alg": "ES256"}))
        signed = f"{head}.{_base64(msgspec.json.encode(claims))}"
        first, second = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        signature = first.to_bytes(_NUMBER_BYTES) + second.to_bytes(_NUMBER_BYTES)
        return f"{signed}.{_base64(signature)}"


def _point(key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> bytes:
    public = key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _mac(key: bytes, message: bytes) -> bytes:
    mac = hmac.HMAC(key, hashes.SHA256())
    mac.update(message)
    return mac.finalize()


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF's second step (RFC 5869 §2.3) for at most one block."""
    return _mac(key, info + b"\x01")[:length]


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
