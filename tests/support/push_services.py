"""A push service and a browser that subscribes there: decrypts what arrives, as RFC 8291 tells browsers to."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from typing import Any, NamedTuple, Self

from aiohttp import web
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from support.browsers import Browser

PATIENCE_S = 5.0
# What was not sent by then is not sent.
SILENCE_S = 0.2


def to_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Phone:
    """The keys of one browser."""

    def __init__(self, private: ec.EllipticCurvePrivateKey | None = None, auth: bytes | None = None) -> None:
        self.private = private or ec.generate_private_key(ec.SECP256R1())
        self.auth = auth or os.urandom(16)
        self.point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": to_base64(self.point), "auth": to_base64(self.auth)}

    def decrypt(self, body: bytes) -> bytes:
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        secret = _derive(shared, self.auth, b"WebPush: info\0" + self.point + sender, 32)
        key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\2")
        return plain[:-1]


class Sent(NamedTuple):
    """One message that arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService:
    """Takes messages on loopback; use as ``async with``."""

    def __init__(self) -> None:
        self.arrived: asyncio.Queue[Sent] = asyncio.Queue()
        self.statuses: list[int] = []  # of the next answers, then 201
        self.phones: dict[str, Phone] = {}

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._take))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def subscribe(self, browser: Browser, name: str) -> str:
        """Let a browser subscribe; the endpoint."""
        phone = self.phones[f"/{name}"] = Phone()
        endpoint = f"{self.url}/{name}"
        await browser.call("PUT", "/api/web-push/subscription", {"endpoint": endpoint, "keys": phone.keys})
        return endpoint

    async def sent(self) -> Sent:
        """Give the next message that arrives."""
        return await asyncio.wait_for(self.arrived.get(), PATIENCE_S)

    async def shown(self) -> tuple[str, dict[str, Any]]:
        """Give the next message as its browser reads it: name and words."""
        sent = await self.sent()
        words: dict[str, Any] = json.loads(self.phones[sent.path].decrypt(sent.body))
        return sent.path.lstrip("/"), words

    async def is_silent(self) -> bool:
        """Does nothing more arrive?"""
        await asyncio.sleep(SILENCE_S)
        return self.arrived.empty()

    async def _take(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        self.arrived.put_nowait(Sent(request.path, dict(request.headers), body))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 201)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
