"""The door ``/network/v1/``, for other servers only.

    POST pair     {server, token, half}   begin an exchange of secrets (``federation/pairing.py``)  → {proof}
    POST confirm  {server, token, half}   have we begun this exchange?                              → {proof}
    POST line     {code}                  a line that is to be joined there; signed                 → LineCard
    POST events   Envelope                what was written there; signed, taken once                → {}

Refusals: 400 malformed, 401 wrong_signature, 403 line_closed, 404 no_such_line, 413, 429 and 503 with Retry-After. The
addresses of files are fetched from the server that has signed, by the one guarded client.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Annotated, Any, Final, Protocol, TypeVar

import msgspec
from aiohttp import http_exceptions, web

from skvorets.config import Config
from skvorets.core.lines import network, network_inbox, network_join, network_signing, network_wire
from skvorets.core.lines.network_inbox import Received
from skvorets.core.lines.network_wire import Envelope, LineCard, WireFile
from skvorets.dialects.federation.errors import ApiError, documented, malformed, too_many, unsigned
from skvorets.dialects.federation.signed import Signatures
from skvorets.rate_limits import Limiter, LimitProfile
from skvorets.storage import line_clients, lines, network_peers
from skvorets.storage.database import Store, Tx, lock_key
from skvorets.web_origin import client_address

PREFIX: Final = "/network/v1/"
MAX_BODY: Final = 256 * 1024
"""Largest body, bytes: a text of 20,000 characters and its attachment."""
# Strangers begin few exchanges; a server that is known writes as much as its people do.
STRANGERS: Final = LimitProfile(bucket=20, per_second=0.2, operating_s=0)
SERVERS: Final = LimitProfile(bucket=600, per_second=50, operating_s=0)
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_BROKEN_OFF = (web.RequestPayloadError, http_exceptions.HttpProcessingError, ConnectionError)
# Written after an even number of backslashes it is the character, otherwise these six letters.
_NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_encoder = msgspec.json.Encoder()
_T = TypeVar("_T", bound=msgspec.Struct)

_log = logging.getLogger(__name__)


class Halves(msgspec.Struct, frozen=True):
    """One half of a secret."""

    server: Annotated[str, msgspec.Meta(max_length=network_signing.MAX_SERVER)]
    token: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}\Z")]
    half: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Wanted(msgspec.Struct, frozen=True):
    """Which line is to be joined."""

    code: Annotated[str, msgspec.Meta(max_length=100)]


class Pairing(Protocol):
    """Who exchanges secrets."""

    async def answer(self, other: str, token: str, half: str) -> str:
        """Take part in an exchange; our proof. Raises LineServerError."""

    async def confirm(self, other: str, token: str, half: str) -> str:
        """Say that we have begun this exchange, and prove it; empty when we have not."""


class Partner(Protocol):
    """Who calls other servers: handed over by the composition root."""

    pairing: Any

    async def fetch(self, server: str, wanted: Sequence[WireFile]) -> list[Received]:
        """Fetch files. Raises LineServerError."""


class NetworkDoor:
    """Serves ``/network/v1/…``."""

    def __init__(self, config: Config, store: Store, partner: Partner) -> None:
        """Answer from this store."""
        self._config = config
        self._store = store
        self._partner = partner
        self._pairing: Pairing = partner.pairing
        self._signatures = Signatures(store)
        self._limits = Limiter()
        self._routes = {"pair": self._pair, "confirm": self._confirm, "line": self._line, "events": self._events}

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request; every refusal is JSON."""
        try:
            return _reply(200, await self._answer(request))
        except Exception as error:  # noqa: BLE001 — logged in full, told without details
            refusal = documented(error)
            if refusal is None:
                _log.exception("%s failed", request.path)
                refusal = ApiError(500, "failure", "Internal server error.")
            response = _reply(refusal.status, {"error": {"code": refusal.code, "message": refusal.message}})
            if refusal.retry_after_s:
                response.headers["Retry-After"] = str(refusal.retry_after_s)
            return response

    async def _answer(self, request: web.BaseRequest) -> object:
        route = self._routes.get(request.path.removeprefix(PREFIX)) if request.path.startswith(PREFIX) else None
        if route is None or not self._config.network_servers:
            raise ApiError(404, "not_found", "Nobody answers here.")
        if request.method != "POST":
            raise ApiError(405, "wrong_verb", "Only POST is answered here.")
        return await route(request, await _read(request))

    async def _pair(self, request: web.BaseRequest, body: bytes) -> object:
        given = self._halves(request, body)
        return {"proof": await self._pairing.answer(given.server, given.token, given.half)}

    async def _confirm(self, request: web.BaseRequest, body: bytes) -> object:
        given = self._halves(request, body)
        proof = await self._pairing.confirm(given.server, given.token, given.half)
        if not proof:
            raise unsigned()
        return {"proof": proof}

    async def _line(self, request: web.BaseRequest, body: bytes) -> object:
        await self._signed_by(request, body)
        return await self._store.read(_card_of, _decoded(body, Wanted).code.lower(), self._config.base_url)

    async def _events(self, request: web.BaseRequest, body: bytes) -> object:
        server = await self._signed_by(request, body)
        try:
            envelope = network_wire.decode(body)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            raise malformed() from None
        if not envelope.id or _NUL_IN_JSON.search(body):
            raise malformed()
        received = await self._partner.fetch(server, envelope.files) if envelope.files else []
        key = await self._store.read(_key_of, server, envelope)
        await self._store.write(key, _take, server, envelope, received)
        return {}

    def _halves(self, request: web.BaseRequest, body: bytes) -> Halves:
        if not self._limits.admit(STRANGERS, client_address(request, self._config)):
            raise too_many()
        given = _decoded(body, Halves)
        if network_signing.server_of(given.server) != given.server:
            raise malformed()
        return given

    async def _signed_by(self, request: web.BaseRequest, body: bytes) -> str:
        """Give the server that has signed; who tries signatures is slowed down, who is known is not."""
        address = client_address(request, self._config)
        if not self._limits.admit(SERVERS, f"all {address}"):
            raise too_many()
        server = await self._signatures.server_of(request, body)
        if not self._limits.admit(SERVERS, server):
            raise too_many()
        return server


async def _card_of(tx: Tx, code: str, base_url: str) -> LineCard:
    line = await network_join.line_to_join(tx, code)
    avatar = f"{base_url}/files/avatar/{line.avatar}/hr" if line.avatar else ""
    return LineCard(line.code, line.name, line.description, avatar)


async def _key_of(tx: Tx, server: str, envelope: Envelope) -> int:
    """Key for ``Store.write``: what concerns one customer follows one another, with what operators do."""
    if envelope.to == "client":
        return envelope.dialog
    line = await lines.by_code(tx, envelope.code)
    key = network.key_of(server, envelope.dialog)
    client = await line_clients.by_key(tx, line.id, line_clients.NETWORK, key) if line is not None else None
    return client.chat_id if client is not None and client.chat_id else lock_key(f"network {key}")


async def _take(tx: Tx, server: str, envelope: Envelope, received: Sequence[Received]) -> None:
    """Do what the envelope says, unless it came before. A refusal takes the note back, too."""
    if await network_peers.note_received(tx, server, f"m:{envelope.id}"):
        await network_inbox.receive(tx, server, envelope, received)


async def _read(request: web.BaseRequest) -> bytes:
    parts = bytearray()
    try:
        async for piece in request.content.iter_any():
            parts += piece
            if len(parts) > MAX_BODY:
                raise ApiError(413, "too_large", "The body is too large.")
    except _BROKEN_OFF:
        raise malformed() from None
    return bytes(parts)


def _decoded(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise malformed() from None


def _reply(status: int, body: object) -> web.Response:
    return web.Response(status=status, body=_encoder.encode(body), content_type="application/json", headers=_HEADERS)
