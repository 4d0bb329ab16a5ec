"""The door ``/rest/``: one HTTP request in, one documented answer out.

    address + body ─► method, parameters ─► caller ─► limits ─► execution ─► envelope

Cookies are never looked at here: everything may be called by GET, so a cookie would be a forged click away.
Source: spec ``bitrix24-transport.md`` §1–§4.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import http_exceptions, web

from skvorets.dialects.bitrix24 import envelope, errors
from skvorets.dialects.bitrix24.caller import Caller, Callers
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.execution import Execution, find_method
from skvorets.dialects.bitrix24.registry import Surroundings, load_methods
from skvorets.dialects.bitrix24.replies import CORS, reply
from skvorets.dialects.bitrix24.requests import Target, read_parameters, read_path
from skvorets.php_forms import TooComplex, Value

_CORS_PREFLIGHT = {**CORS, "Access-Control-Allow-Methods": "GET, POST, HEAD, OPTIONS"}
_BEARER = "bearer "

_log = logging.getLogger(__name__)


class Endpoint:
    """Serves ``/rest/``."""

    def __init__(self, surroundings: Surroundings, callers: Callers, note_activity: Callable[[int], None]) -> None:
        """Load the method table; ``note_activity`` is told whose call was let in."""
        load_methods()
        self.execution = Execution(surroundings)
        self._surroundings = surroundings
        self._callers = callers
        self._note_activity = note_activity

    async def handle_call(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request; HEAD is GET, the server leaves the body out."""
        if request.method == "OPTIONS":
            return web.Response(headers=_CORS_PREFLIGHT)
        target = read_path(request.path)
        try:
            status = 200
            body, content_type = _encode(await self._answer(request, target), target)
        except ApiError as error:
            status = error.fault.status
            body, content_type = envelope.encode(envelope.failure(error), target.transport)
        except Exception:  # noqa: BLE001 — logged in full; the caller gets the documented internal error
            _log.exception("call of %s failed", target.method)
            status = errors.INTERNAL_SERVER_ERROR.status
            failure = envelope.failure(ApiError(errors.INTERNAL_SERVER_ERROR))
            body, content_type = envelope.encode(failure, target.transport)
        return reply(request, status, body, content_type)

    async def _answer(self, request: web.BaseRequest, target: Target) -> dict[str, Any]:
        given = await self._parameters(request)
        method = find_method(target.method)
        address = self._address(request)
        caller = await self._caller(request, target, given)
        self.execution.admit(caller, address)
        self._note_activity(caller.person.id)
        answer = await self.execution.run(method, caller, given, address)
        state = given.get("STATE")
        if isinstance(state, str) and state:
            envelope.sign(answer, state, self._surroundings.store.portal.secret)
        return answer

    async def _parameters(self, request: web.BaseRequest) -> dict[str, Value]:
        body = await self._body(request) if request.body_exists else b""
        try:
            return read_parameters(request.rel_url.raw_query_string, request.headers.get("Content-Type", ""), body)
        except TooComplex as error:
            raise ApiError(errors.ERROR_ARGUMENT, text=str(error), argument="") from None

    async def _body(self, request: web.BaseRequest) -> bytes:
        if (request.content_length or 0) > self._surroundings.config.max_body_bytes:
            raise ApiError(errors.REQUEST_TOO_LARGE)
        try:
            return await request.read()
        except web.HTTPRequestEntityTooLarge:  # in pieces, or small before it was unpacked
            raise ApiError(errors.REQUEST_TOO_LARGE) from None
        except (web.RequestPayloadError, http_exceptions.HttpProcessingError, ConnectionError):
            raise ApiError(errors.REQUEST_UNREADABLE) from None

    async def _caller(self, request: web.BaseRequest, target: Target, given: Mapping[str, Value]) -> Caller:
        if target.webhook is not None:
            if not target.webhook[0].isascii() or not target.webhook[1].isascii():
                raise ApiError(errors.INVALID_CREDENTIALS)
            return await self._callers.by_webhook(*target.webhook)
        header = request.headers.get("Authorization", "")
        token: Value = header[len(_BEARER) :].strip() if header[: len(_BEARER)].lower() == _BEARER else None
        token = token or given.get("AUTH") or given.get("ACCESS_TOKEN")
        if not token:
            raise ApiError(errors.NO_AUTH_FOUND)
        if not isinstance(token, str) or not token.isascii():
            raise ApiError(errors.INVALID_TOKEN)
        return await self._callers.by_token(token)

    def _address(self, request: web.BaseRequest) -> str:
        if self._surroundings.config.behind_proxy:
            forwarded = request.headers.get("X-Forwarded-For", "")
            if forwarded:
                return forwarded.rpartition(",")[2].strip()
        return request.remote or ""


def _encode(answer: dict[str, Any], target: Target) -> tuple[bytes, str]:
    try:
        return envelope.encode(answer, target.transport)
    except (TypeError, ValueError, RecursionError):
        _log.exception("the answer of %s cannot be written", target.method)
        raise ApiError(errors.WRONG_ENCODING) from None
