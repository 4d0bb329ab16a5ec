"""The door ``/api/``: one request of the web client, from cookie to JSON.

    path ─► row of the table ─► session by cookie ─► forgery token ─► administrator? ─► typed body ─► unit ─► JSON

A request that changes something must carry the session's forgery token in ``X-CSRF-Token`` and come from a page of
ours; a page of another site can send neither. Answers are never cached.
"""

from __future__ import annotations

import hmac
import logging
import re
import time
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from aiohttp import http_exceptions, web

from skvorets.core import sessions
from skvorets.dialects.native import errors
from skvorets.dialects.native.cookies import read_cookie, set_cookie
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.openapi import DOCUMENT_PATH, serve_document
from skvorets.dialects.native.registry import (
    Call,
    Download,
    Nothing,
    Reply,
    Route,
    Services,
    Stream,
    Visit,
    find_route,
    load_routes,
    verbs_of,
)
from skvorets.errors import WrongSecretError
from skvorets.storage.database import lock_key
from skvorets.storage.people import Person
from skvorets.storage.sessions import Session
from skvorets.web_origin import client_address, is_from_here

_MILLISECONDS = 1000
PIECE_BYTES: Final = 256 * 1024
"""Of a streamed body as much is handed on at once."""
_BROKEN_OFF = (web.RequestPayloadError, http_exceptions.HttpProcessingError, ConnectionError)
# Written after an even number of backslashes it is the character, otherwise these six letters.
_NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_SAFE = frozenset({"GET", "HEAD"})
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_encoder = msgspec.json.Encoder()

_log = logging.getLogger(__name__)


class Api:
    """Serves ``/api/``."""

    def __init__(self, services: Services, note_person: Callable[[int], None]) -> None:
        """Answer with these services; ``note_person`` hears who was there."""
        load_routes()
        self._services = services
        self._note_person = note_person

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request; every refusal is JSON."""
        try:
            return await self._answer(request)
        except ApiError as error:
            return _refusal(error, request)
        except Exception as error:  # noqa: BLE001 — logged in full, told without details
            refusal = errors.documented(error)
            if refusal is None:
                _log.exception("%s %s failed", request.method, request.path)
                refusal = ApiError(500, "failure", "Internal server error.")
            return _refusal(refusal, request)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.method in _SAFE and request.path == DOCUMENT_PATH:
            return serve_document(request)
        row, ids = _row_for(request)
        if row.is_open:
            return await self._receive(request, row)
        session, person = await self.identify(request)
        if request.method not in _SAFE:
            check_origin(request, self._services)
            self._check_forgery(request, session)
        if row.is_for_admins and not person.admin:
            raise ApiError(403, "administrators_only", "Only administrators may do this.")
        call = Call(
            person=person,
            session=session,
            given=read_query(request, row.given) if row.streams else await read_given(request, row.given),
            ids=ids,
            services=self._services,
            address=client_address(request, self._services.config),
            user_agent=_browser(request),
            stream=Stream(request.content_length, _pieces(request)) if row.streams else None,
        )
        return reply(await self._run(row, call), self._services)

    async def _receive(self, request: web.BaseRequest, row: Route) -> web.StreamResponse:
        """Answer somebody who is not logged in."""
        if request.method not in _SAFE:
            check_origin(request, self._services)
        visit = Visit(
            given=await read_given(request, row.given),
            services=self._services,
            address=client_address(request, self._services.config),
            user_agent=_browser(request),
        )
        return reply(await row.handler(visit), self._services)

    async def identify(self, request: web.BaseRequest) -> tuple[Session, Person]:
        """Tell who is logged in there. Raises ApiError not_logged_in."""
        store = self._services.store
        secret = read_cookie(request, self._services.config)
        try:
            session, person = await store.read(sessions.find_session, secret)
        except WrongSecretError:
            raise ApiError(401, "not_logged_in", "Log in first.") from None
        if sessions.is_renewal_due(session, int(time.time() * _MILLISECONDS)):
            await store.write(lock_key("session", session.id), sessions.renew_session, session)
        self._note_person(person.id)
        return session, person

    def _check_forgery(self, request: web.BaseRequest, session: Session) -> None:
        wanted = sessions.forgery_token(self._services.store.portal, session)
        given = request.headers.get("X-CSRF-Token", "")
        if not hmac.compare_digest(given.encode(), wanted.encode()):
            raise ApiError(403, "forged", "Reload the page.")

    async def _run(self, row: Route, call: Call[Any]) -> Any:
        store = self._services.store
        if row.mode == "write":
            return await store.write(row.lock(call), row.handler, call)
        if row.mode == "read":
            return await store.read(row.handler, call)
        if row.mode == "scan":
            return await store.scan(row.handler, call)
        return await row.handler(call)


async def read_given(request: web.BaseRequest, kind: type[msgspec.Struct]) -> Any:
    """Read the typed body, or the query of a GET. Raises ApiError."""
    if kind is Nothing:
        return Nothing()
    if request.method in _SAFE:
        return read_query(request, kind)
    try:
        if request.content_type != "application/json":
            raise ApiError(415, "not_json", "Send JSON.")
        body = await request.read()
        _refuse_nul(_NUL_IN_JSON.search(body) is not None)
        return msgspec.json.decode(body, type=kind)
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "too_large", "The request is too large.") from None
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "malformed", str(error)) from None


def read_query(request: web.BaseRequest, kind: type[msgspec.Struct]) -> Any:
    """Read the typed query. Raises ApiError."""
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


def check_origin(request: web.BaseRequest, services: Services) -> None:
    """Refuse what a page of another site sends. Programs name no origin: they have no cookie of somebody else."""
    if not is_from_here(request, services.config):
        raise ApiError(403, "foreign_page", "This request comes from another site.")


def reply(answer: Any, services: Services) -> web.Response:
    """Write an answer; nothing at all is 204."""
    if isinstance(answer, Reply):
        response = reply(answer.body, services)
        set_cookie(response, services.config, answer.cookie)
        return response
    if isinstance(answer, Download):
        headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{answer.name}"'}
        headers["Content-Type"] = answer.media_type
        return web.Response(body=answer.body, headers=headers)
    if answer is None:
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=_HEADERS)
    return web.Response(body=_encoder.encode(answer), content_type="application/json", headers=_HEADERS)


def _refusal(error: ApiError, request: web.BaseRequest) -> web.Response:
    body = _encoder.encode({"error": {"code": error.code, "message": error.message}})
    response = web.Response(status=error.status, body=body, content_type="application/json", headers=_HEADERS)
    if not request.content.at_eof():
        response.force_close()  # what is still to come of a refused upload is of no use
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
        raise ApiError(400, "broken_off", "The file did not come to its end.") from None
    if piece:
        yield bytes(piece)


def _browser(request: web.BaseRequest) -> str:
    return request.headers.get("User-Agent", "")


def _row_for(request: web.BaseRequest) -> tuple[Route, dict[str, int]]:
    found = find_route("GET" if request.method == "HEAD" else request.method, request.path)
    if found is not None:
        return found
    verbs = verbs_of(request.path)
    if verbs:
        raise ApiError(405, "wrong_verb", f"Only {', '.join(verbs)} here.")
    raise ApiError(404, "no_such_path", "There is nothing at this address.")
