"""The door ``/rest/``: one HTTP request in, one documented answer out.

    address + body ─► method, parameters ─► caller ─► limits ─► execution ─► envelope

Cookies are never looked at here: everything may be called by GET, so a cookie would be a forged click away.
Source: spec ``bitrix24-transport.md`` §1–§4.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from skvorets.dialects.bitrix24 import envelope, errors
from skvorets.dialects.bitrix24.caller import Caller, Callers
from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.execution import Execution, find_method, timing
from skvorets.dialects.bitrix24.php_forms import TooComplex, Value
from skvorets.dialects.bitrix24.registry import Surroundings, load_methods
from skvorets.dialects.bitrix24.requests import Target, read_parameters, read_path

_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "origin, content-type, accept, authorization",
    "X-Content-Type-Options": "nosniff",
}
_CORS_PREFLIGHT = {**_CORS, "Access-Control-Allow-Methods": "GET, POST, HEAD, OPTIONS"}
_AUTH_NAMES = ("AUTH", "ACCESS_TOKEN", "SESSID")
_MILLISECONDS = 1000

_log = logging.getLogger(__name__)


class Endpoint:
    """Serves ``/rest/``."""

    def __init__(self, surroundings: Surroundings, callers: Callers) -> None:
        """Load the method table."""
        load_methods()
        self.execution = Execution(surroundings)
        self._surroundings = surroundings
        self._callers = callers
        self._clock = Clock(surroundings.config.utc_offset_minutes)

    async def handle_call(self, request: web.BaseRequest) -> web.Response:
        """Answer one request."""
        if request.method == "OPTIONS":
            return web.Response(headers=_CORS_PREFLIGHT)
        target = read_path(request.path)
        try:
            status, answer = 200, await self._answer(request, target)
        except ApiError as error:
            status, answer = error.fault.status, envelope.failure(error)
        except Exception:
            _log.exception("call of %s failed", target.method)
            error = ApiError(errors.INTERNAL_SERVER_ERROR)
            status, answer = error.fault.status, envelope.failure(error)
        body, content_type = envelope.encode(answer, target.transport)
        return web.Response(body=body, status=status, headers={"Content-Type": content_type, **_CORS})

    async def _answer(self, request: web.BaseRequest, target: Target) -> dict[str, Any]:
        began, ticks = time.time(), time.perf_counter()
        given = await self._parameters(request)
        method = find_method(target.method)
        address = self._address(request)
        caller = await self._caller(request, target, given)
        self.execution.admit(caller, address)
        for name in _AUTH_NAMES:
            given.pop(name, None)
        result, processing = await self.execution.run(method, caller, given, address)
        charge = self.execution.charge(caller, method.name, processing)
        duration = time.perf_counter() - ticks
        dates = (self._atom(began), self._atom(began + duration))
        answer = envelope.success(result, timing(began, duration, processing, charge, dates))
        state = given.get("STATE")
        if isinstance(state, str) and state:
            envelope.sign(answer, state, self._surroundings.store.portal.secret)
        return answer

    async def _parameters(self, request: web.BaseRequest) -> dict[str, Value]:
        body = await request.read() if request.body_exists else b""
        try:
            return read_parameters(request.rel_url.raw_query_string, request.headers.get("Content-Type", ""), body)
        except TooComplex as error:
            raise ApiError(errors.ERROR_ARGUMENT, text=str(error), argument="") from None

    async def _caller(self, request: web.BaseRequest, target: Target, given: Mapping[str, Value]) -> Caller:
        header = request.headers.get("Authorization", "")
        token: Value = header[7:].strip() if header[:7].lower() == "bearer " else None
        token = token or given.get("AUTH") or given.get("ACCESS_TOKEN")
        if target.webhook is not None:
            return await self._callers.by_webhook(*target.webhook)
        if not token:
            raise ApiError(errors.NO_AUTH_FOUND)
        if not isinstance(token, str):
            raise ApiError(errors.INVALID_TOKEN)
        return await self._callers.by_token(token)

    def _address(self, request: web.BaseRequest) -> str:
        if self._surroundings.config.behind_proxy:
            forwarded = request.headers.get("X-Forwarded-For", "")
            if forwarded:
                return forwarded.rpartition(",")[2].strip()
        return request.remote or ""

    def _atom(self, unix_seconds: float) -> str:
        return self._clock.atom(int(unix_seconds * _MILLISECONDS))
