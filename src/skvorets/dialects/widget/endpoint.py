"""The doors ``/widget.js`` and ``/widget/``: files for browsers, and the API that the frame speaks.

    origin ─► path ─► limits ─► visitor by his secret ─► typed body ─► unit of work ─► JSON

The secret comes as ``Authorization: Bearer`` and in no other way: no cookie, nothing in an address. Answers are never
cached. Who asks for too much is answered late: whoever floods us waits for us, not we for him.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from aiohttp import http_exceptions, web

from skvorets.dialects.widget import errors
from skvorets.dialects.widget.errors import ApiError
from skvorets.dialects.widget.limits import Kind
from skvorets.dialects.widget.pages import WidgetPages
from skvorets.dialects.widget.registry import (
    PREFIX,
    Call,
    Nothing,
    Route,
    Services,
    UnitHandler,
    Visit,
    Visitor,
    find_route,
    load_routes,
    verbs_of,
)
from skvorets.dialects.widget.visitors import visitor_of
from skvorets.errors import WrongSecretError
from skvorets.storage.database import Tx
from skvorets.web_origin import client_address, is_from_here

MAX_BODY: Final = 256 * 1024
"""Largest JSON body, bytes: 20,000 characters however they are written."""
PAUSE_S: Final = 0.5
"""Somebody who asked for too much gets his answer so much later, seconds."""
MAX_WAITING: Final = 500
"""Answers that may wait so at a time; those above are given at once."""
PIECE_BYTES: Final = 256 * 1024
"""Of a streamed body as much is handed on at once."""
# A visitor's first message gives him another chat to queue at; nothing else does.
_ATTEMPTS: Final = 3
_BROKEN_OFF = (web.RequestPayloadError, http_exceptions.HttpProcessingError, ConnectionError)
# Written after an even number of backslashes it is the character, otherwise these six letters.
_NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_SAFE = frozenset({"GET", "HEAD"})
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_encoder = msgspec.json.Encoder()

_log = logging.getLogger(__name__)


class _MovedError(Exception):
    """The visitor's changes queue at another chat now."""


class Widget:
    """Serves ``/widget.js`` and ``/widget/…``."""

    def __init__(self, services: Services) -> None:
        """Answer with these services."""
        load_routes()
        self._services = services
        self._pages = WidgetPages(services.store)
        self.handle_loader = self._pages.handle_loader
        self._waiting = 0

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request below ``/widget/``; every refusal of the API is JSON."""
        if not request.path.startswith(PREFIX):
            return await self._pages.handle(request)
        try:
            return _reply(await self._answer(request))
        except ApiError as error:
            if error.status == HTTPStatus.TOO_MANY_REQUESTS:
                await self._let_wait()
            return _refusal(error, request)
        except Exception as error:  # noqa: BLE001 — logged in full, told without details
            refusal = errors.documented(error)
            if refusal is None:
                _log.exception("%s %s failed", request.method, request.path)
                refusal = ApiError(500, "failure", "Internal server error.")
            return _refusal(refusal, request)

    async def _let_wait(self) -> None:
        if self._waiting < MAX_WAITING:
            self._waiting += 1
            try:
                await asyncio.sleep(PAUSE_S)
            finally:
                self._waiting -= 1

    async def _answer(self, request: web.BaseRequest) -> Any:
        services = self._services
        if request.method not in _SAFE and not is_from_here(request, services.config):
            raise ApiError(403, "foreign_page", "This request comes from another site.")
        row, ids = _row_for(request)
        address = client_address(request, services.config)
        token = _token_of(request)
        if row.is_open:
            services.limits.count("requests", address)
            return await row.handler(Visit(await read_given(request, row), services, address, token))
        kinds: set[Kind] = {"requests", row.counts}
        for kind in kinds:
            services.limits.check(kind, address, token)
        visitor = await self._identify(address, token)
        for kind in kinds:
            services.limits.count(kind, address, token)
        if visitor.client.blocked and row.verb != "GET":
            raise ApiError(403, "closed", "Nobody takes messages here now.")
        call = Call[Any](visitor, await read_given(request, row), ids, services, address, token)
        if row.mode == "read":
            return await services.store.read(row.handler, call)
        if row.mode == "write":
            return await self._write(row.handler, call)

        async def write(handler: UnitHandler, *more: Any) -> Any:
            return await self._write(handler, call, *more)

        return await row.handler(
            msgspec.structs.replace(call, size=request.content_length, pieces=_pieces(request), write=write)
        )

    async def _identify(self, address: str, token: str) -> Visitor:
        """Tell who calls; who guesses secrets is slowed down, who knows one is not."""
        if not token:
            raise ApiError(401, "no_token", "Say who you are.")
        try:
            return await self._services.store.read(visitor_of, token)
        except WrongSecretError:
            self._services.limits.count("wrong_tokens", address)
            raise ApiError(401, "wrong_token", "Nobody is known by this.") from None

    async def _write(self, handler: UnitHandler, call: Call[Any], *more: Any) -> Any:
        """Run a unit of work; units about one visitor follow one another, those of operators in his chat among them."""
        key = _key_of(call.visitor)
        for _ in range(_ATTEMPTS):
            try:
                return await self._services.store.write(key, _unit, handler, call, key, *more)
            except _MovedError:
                key = _key_of(await self._services.store.read(visitor_of, call.token))
            except WrongSecretError:
                raise ApiError(401, "wrong_token", "Nobody is known by this.") from None
        raise ApiError(503, "busy", "Too many changes at once. Try again.", retry_after_s=1)


async def _unit(tx: Tx, handler: Callable[..., Awaitable[Any]], call: Call[Any], key: int, *more: Any) -> Any:
    """Run the handler for the visitor as he is now."""
    visitor = await visitor_of(tx, call.token)
    if _key_of(visitor) != key:
        raise _MovedError
    return await handler(tx, msgspec.structs.replace(call, visitor=visitor), *more)


def _key_of(visitor: Visitor) -> int:
    return visitor.client.chat_id or visitor.client.client_chat_id


def _token_of(request: web.BaseRequest) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def read_given(request: web.BaseRequest, row: Route) -> Any:
    """Read the typed body, or the query of a GET and of what streams. Raises ApiError."""
    if row.given is Nothing:
        return Nothing()
    if row.verb == "GET" or row.streams:
        return _read_query(request, row.given)
    if request.content_type != "application/json":
        raise ApiError(415, "not_json", "Send JSON.")
    body = await _read_body(request)
    try:
        _refuse_nul(_NUL_IN_JSON.search(body) is not None)
        return msgspec.json.decode(body, type=row.given)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "malformed", str(error)) from None


async def _read_body(request: web.BaseRequest) -> bytes:
    body = b""
    if (request.content_length or 0) <= MAX_BODY:
        async for piece in _pieces(request):
            body += piece
            if len(body) > MAX_BODY:
                break
        else:
            return body
    raise ApiError(413, "too_large", "The request is too large.")


def _read_query(request: web.BaseRequest, kind: type[msgspec.Struct]) -> Any:
    try:
        _refuse_nul("%00" in request.rel_url.raw_query_string)
        pairs = parse_qsl(request.rel_url.raw_query_string, keep_blank_values=True, max_num_fields=50)
        return msgspec.convert(dict(pairs), kind, strict=False)
    except ValueError as error:
        raise ApiError(400, "malformed", str(error)) from None


def _refuse_nul(has_nul: bool) -> None:  # noqa: FBT001 — the question itself
    """Refuse the one character that PostgreSQL does not keep."""
    if has_nul:
        raise ApiError(400, "malformed", "Texts must not hold the character NUL.")


def _row_for(request: web.BaseRequest) -> tuple[Route, dict[str, int]]:
    found = find_route("GET" if request.method == "HEAD" else request.method, request.path)
    if found is not None:
        return found
    verbs = verbs_of(request.path)
    if verbs:
        raise ApiError(405, "wrong_verb", f"Only {', '.join(verbs)} here.")
    raise ApiError(404, "no_such_path", "There is nothing at this address.")


def _reply(answer: Any) -> web.Response:
    if answer is None:
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=_HEADERS)
    return web.Response(body=_encoder.encode(answer), content_type="application/json", headers=_HEADERS)


def _refusal(error: ApiError, request: web.BaseRequest) -> web.Response:
    body = _encoder.encode({"error": {"code": error.code, "message": error.message}})
    headers = {**_HEADERS, "Retry-After": str(error.retry_after_s)} if error.retry_after_s else _HEADERS
    response = web.Response(status=error.status, body=body, content_type="application/json", headers=headers)
    if not request.content.at_eof():
        response.force_close()  # what is still to come of a refused request is of no use
    return response


async def _pieces(request: web.BaseRequest) -> AsyncIterator[bytes]:
    """Give the body piece by piece, each worth a way to the disk. Raises ApiError when it breaks off."""
    piece = bytearray()
    try:
        async for read in request.content.iter_any():
            piece += read
            if len(piece) >= PIECE_BYTES:
                yield bytes(piece)
                piece.clear()
    except _BROKEN_OFF:
        raise ApiError(400, "broken_off", "The request did not come to its end.") from None
    if piece:
        yield bytes(piece)
