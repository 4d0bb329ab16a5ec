"""The door ``/push/``: a ticket for credentials, a WebSocket for a ticket.

    POST /push/ticket  {"auth": TOKEN} or {"webhook": "USER/SECRET"}  ─►  {"ticket": "…", "expiresIn": 30}
    POST /api/push/ticket, for browsers: dialects/native/resources/push.py, which asks ``ticket_of_browser``
    POST /widget/api/ticket, for customers of open lines: dialects/widget, which asks ``ticket_of_customer``
    GET  /push/ws?ticket=…&since=0-17                                   ─►  frames, see frames.py

Refusals are JSON ``{"error": CODE}``: 400 malformed, 401 not recognised, 403 a foreign page, 429 too many sockets.
Cookies are never looked at, and a page of another site is refused by its Origin (ASVS 4.4.2). Compression is off: it
costs 100 KiB per socket.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import msgspec
from aiohttp import WSMsgType, web

from skvorets.realtime import tickets
from skvorets.realtime.customers import CustomerSockets
from skvorets.realtime.hub import Hub
from skvorets.realtime.identity import AskWho, Credentials, Identity
from skvorets.realtime.session import Session
from skvorets.storage.database import Store, lock_key
from skvorets.storage.event_log import Position
from skvorets.storage.line_clients import LineClient
from skvorets.storage.sessions import Session as BrowserSession

# Largest body of a request for a ticket, bytes.
MAX_BODY = 4096
# Largest message from the other side, bytes: nothing but pongs is expected.
MAX_INCOMING = 1024
# Sockets of one person in one process.
MAX_SOCKETS = 1_000
# Seconds that the other side has to answer our closing frame.
CLOSE_S = 2.0
_NANOSECONDS = 1_000_000  # in a millisecond
_MILLISECONDS = 1000  # in a second
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TICKETS_KEY = lock_key("push-tickets")


class RefusedError(Exception):
    """An HTTP status and the code of the refusal."""

    def __init__(self, status: int, code: str) -> None:
        """Say why."""
        super().__init__(status, code)
        self.status = status
        self.code = code


class PushDoor:
    """Serves ``/push/``."""

    def __init__(
        self, store: Store, hub: Hub, ask_who: AskWho, base_url: str, address_of: Callable[[web.BaseRequest], str]
    ) -> None:
        """Pages of ``base_url`` may connect; programs that name no Origin may, too.

        ``address_of`` tells from which network address somebody comes.
        """
        self._address_of = address_of
        self._customers = CustomerSockets()
        self._store = store
        self._hub = hub
        self._ask_who = ask_who
        self._origin = _origin_of(base_url)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        try:
            return await self._handler_of(request)(request)
        except RefusedError as refusal:
            return _json(refusal.status, {"error": refusal.code})

    def _handler_of(self, request: web.BaseRequest) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
        doors = {"/push/ticket": ("POST", self._give_ticket), "/push/ws": ("GET", self._open_socket)}
        if request.path not in doors:
            raise RefusedError(404, "not_found")
        method, handler = doors[request.path]
        if request.method != method:
            raise RefusedError(405, "wrong_method")
        return handler

    async def _give_ticket(self, request: web.BaseRequest) -> web.StreamResponse:
        if (request.content_length or 0) > MAX_BODY:
            raise RefusedError(400, "malformed")
        body = await request.content.read(MAX_BODY + 1)
        while len(body) <= MAX_BODY and (more := await request.content.read(MAX_BODY)):
            body += more
        try:
            given = msgspec.json.decode(body, type=Credentials)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise RefusedError(400, "malformed") from None
        if len(body) > MAX_BODY or bool(given.auth) == bool(given.webhook):
            raise RefusedError(400, "malformed")
        identity = await self._ask_who(given)
        if identity is None:
            raise RefusedError(401, "not_recognised")
        return _json(200, {"ticket": self._issue(identity), "expiresIn": tickets.TICKET_S})

    def ticket_of_browser(self, session: BrowserSession) -> tuple[str, int]:
        """Give a ticket for who is logged in there, and for how many seconds it is good. The socket ends with that."""
        expires_at = session.expires_at // _MILLISECONDS
        identity = Identity(session.person_id, session_id=session.id, expires_at=expires_at)
        return self._issue(identity), tickets.TICKET_S

    def ticket_of_customer(self, client: LineClient) -> tuple[str, int]:
        """Give a ticket for a customer of an open line: he hears of the chat in which he writes, and of no other."""
        identity = Identity(client.person_id, client_id=client.id, only_chat_id=client.client_chat_id)
        return self._issue(identity), tickets.TICKET_S

    def _issue(self, identity: Identity) -> str:
        return tickets.issue(self._store.portal, identity, time.time_ns() // _NANOSECONDS)

    async def _open_socket(self, request: web.BaseRequest) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin is not None and _origin_of(origin) != self._origin and not _is_same_host(origin, request):
            raise RefusedError(403, "foreign_origin")
        since = _since(request)
        socket = web.WebSocketResponse(
            timeout=CLOSE_S, autoping=False, compress=False, max_msg_size=MAX_INCOMING, decode_text=False
        )
        if not socket.can_prepare(request):
            raise RefusedError(400, "not_a_websocket")
        text = request.query.get("ticket", "")
        identity = tickets.read(self._store.portal, text)
        if identity is None:
            raise RefusedError(401, "not_recognised")
        if self._hub.count_of(identity.person_id) >= MAX_SOCKETS:
            raise RefusedError(429, "too_many_sockets")
        if not identity.client_id:
            return await self._admit(request, socket, text, since)
        address = self._address_of(request)
        if not self._customers.enter(identity.client_id, address):
            raise RefusedError(429, "too_many_sockets")
        try:
            return await self._admit(request, socket, text, since)
        finally:
            self._customers.leave(identity.client_id, address)

    async def _admit(
        self, request: web.BaseRequest, socket: web.WebSocketResponse, ticket: str, since: Position | None
    ) -> web.StreamResponse:
        """Take the ticket and let the socket in."""
        identity = await self._store.write(_TICKETS_KEY, tickets.redeem, ticket)
        if identity is None:
            raise RefusedError(401, "not_recognised")
        await socket.prepare(request)
        transport = request.transport
        if transport is not None:
            await self._serve(socket, Session(identity, transport), since)
        return socket

    async def _serve(self, socket: web.WebSocketResponse, session: Session, since: Position | None) -> None:
        """Stay until the other side, the hub or the network ends it. Only pings are answered."""
        try:
            await self._hub.welcome(session, since)
            async for message in socket:
                session.is_heard = True
                if message.type is WSMsgType.PING and not session.transport.is_closing():
                    await socket.pong(message.data)
        finally:
            self._hub.leave(session)


def _since(request: web.BaseRequest) -> Position | None:
    text = request.query.get("since")
    if text is None:
        return None
    try:
        return Position.parse(text)
    except ValueError:
        raise RefusedError(400, "malformed") from None


def _origin_of(url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port; None for what has none of them, such as ``null``."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if not parts.scheme or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port if port is not None else _DEFAULT_PORTS.get(parts.scheme)


def _is_same_host(origin: str, request: web.BaseRequest) -> bool:
    """Was the page loaded from where it connects to? People may know this server by other names than the public one."""
    return _origin_of(origin) is not None and origin.lower().partition("://")[2] == request.host.lower()


def _json(status: int, answer: dict[str, str | int]) -> web.Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return web.Response(
        body=msgspec.json.encode(answer), status=status, content_type="application/json", headers=headers
    )
