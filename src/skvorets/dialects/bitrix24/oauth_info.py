"""``/rest/app.info/`` as the vendor's OAuth server answers it, under its host names (``Config.oauth_hosts``).

Libraries ask there whether a token that came with an event is genuine, and compare ``install`` with the event.
Source: ``wire-habits.md``, "OAuth and installation"; the key list is what published clients read.
"""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

from aiohttp import http_exceptions, web

from skvorets.config import Config
from skvorets.dialects.bitrix24 import envelope, errors
from skvorets.dialects.bitrix24.caller import Caller, Callers
from skvorets.dialects.bitrix24.envelope import Clock, Timing
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.registry import Surroundings
from skvorets.dialects.bitrix24.requests import read_parameters, read_path
from skvorets.php_forms import TooComplex

_MAX_BODY_BYTES = 64 * 1024
_MILLISECONDS = 1000
_UNREADABLE = (web.RequestPayloadError, web.HTTPRequestEntityTooLarge, http_exceptions.HttpProcessingError)


class OAuthInfo:
    """Serves one method under foreign names; everything else there is answered as under our own."""

    def __init__(self, surroundings: Surroundings, callers: Callers) -> None:
        """Answer for the portal."""
        self._surroundings = surroundings
        self._callers = callers
        self._clock = Clock(surroundings.config.utc_offset_minutes)
        self._hosts = frozenset(host.strip().lower() for host in surroundings.config.oauth_hosts.split(",")) - {""}

    def is_meant(self, request: web.BaseRequest) -> bool:
        """Was the OAuth server's ``app.info`` called?"""
        host = request.host.rpartition("@")[2].partition(":")[0].lower()
        if host not in self._hosts:
            return False
        target = read_path(request.path)
        return target.method == "app.info" and target.webhook is None

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request."""
        began, ticks = time.time(), time.perf_counter()
        try:
            caller = await self._caller(request)
            result = self._result(caller)
        except ApiError as error:
            status, answer = error.fault.status, envelope.failure(error)
        else:
            status, answer = 200, envelope.success(result, self._timing(began, time.perf_counter() - ticks))
        body, content_type = envelope.encode(answer, "json")
        return web.Response(body=body, status=status, headers={"Content-Type": content_type})

    async def _caller(self, request: web.BaseRequest) -> Caller:
        header = request.headers.get("Authorization", "")
        if header[:7].lower() == "bearer ":
            return await self._callers.by_token(header[7:].strip())
        try:
            body = await request.read() if (request.content_length or 0) <= _MAX_BODY_BYTES else b""
            given = read_parameters(request.rel_url.raw_query_string, request.headers.get("Content-Type", ""), body)
        except (TooComplex, *_UNREADABLE):
            raise ApiError(errors.NO_AUTH_FOUND) from None
        token = given.get("AUTH") or given.get("ACCESS_TOKEN")
        if not token:
            raise ApiError(errors.NO_AUTH_FOUND)
        if not isinstance(token, str):
            raise ApiError(errors.INVALID_TOKEN)
        return await self._callers.by_token(token)

    def _result(self, caller: Caller) -> dict[str, Any]:
        application = caller.application
        if application is None:
            raise ApiError(errors.INVALID_TOKEN)
        config = self._surroundings.config
        return {
            "client_id": application.client_id,
            "scope": application.scopes,
            "expires": self._clock.atom(caller.expires_at * _MILLISECONDS),
            "install": {
                "installed": bool(application.installed),
                "version": str(application.version),
                "status": "L",
                "scope": application.scopes,
                "domain": _host_of(config),
                "uri": config.base_url,
                "client_endpoint": f"{config.base_url}/rest/",
                "member_id": self._surroundings.store.portal.member_id,
                "member_type": "bitrix24",
            },
            "user_id": caller.person.id,
        }

    def _timing(self, began: float, duration: float) -> Timing:
        start, finish = (self._clock.atom(int(moment * _MILLISECONDS)) for moment in (began, began + duration))
        return Timing(began, began + duration, duration, duration, start, finish, 0, 0.0)


def _host_of(config: Config) -> str:
    # COMPAT(bitrix24): b24pysdk compares it with the host of client_endpoint, which it takes without the port.
    return urlsplit(config.base_url).hostname or config.domain
