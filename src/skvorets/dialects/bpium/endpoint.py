"""The doors ``/api/v1/`` and ``/auth/``: one request from credentials to JSON.

    permit in the address? ─► who calls ─► how many requests ─► row of the table ─► typed body ─► unit ─► JSON

Unknown resources are 501, unknown objects 404 (spec ``bpium-messages.md`` §3.3); success is always 200 (3.8).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import msgspec
from aiohttp import web

from skvorets.dialects.bpium import errors
from skvorets.dialects.bpium.auth import Caller, Doorkeeper, set_cookie
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.given import read_body, read_query
from skvorets.dialects.bpium.limits import RequestCounter
from skvorets.dialects.bpium.login_form import read_login
from skvorets.dialects.bpium.registry import (
    OPEN_ROUTES,
    PREFIX,
    Call,
    Redirect,
    Route,
    Services,
    find_route,
    is_known,
    load_routes,
    verbs_of,
)
from skvorets.errors import NotFoundError
from skvorets.web_origin import client_address

_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_encoder = msgspec.json.Encoder()

_log = logging.getLogger(__name__)


class Bpium:
    """Serves ``/api/v1/…`` and ``/auth/…``."""

    def __init__(self, services: Services, note_person: Callable[[int], None]) -> None:
        """Answer with these services; ``note_person`` hears who was there."""
        load_routes()
        self._services = services
        self._note_person = note_person
        self._doorkeeper = Doorkeeper(services)
        self._of_account = RequestCounter(services.config.bpium_account_requests)
        self._of_address = RequestCounter(services.config.bpium_address_requests)

    @staticmethod
    def is_meant(request: web.BaseRequest) -> bool:
        """Does the address name this door?"""
        return request.path.startswith(f"{PREFIX}/")

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request below ``/api/v1/``; every refusal is JSON."""
        return await self._guarded(request, self._answer)

    async def handle_auth(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/auth/login`` and ``/auth/logout``."""
        return await self._guarded(request, self._answer_auth)

    async def _guarded(self, request: web.BaseRequest, answer: Callable[..., Any]) -> web.StreamResponse:
        try:
            response: web.StreamResponse = await answer(request)
        except ApiError as error:
            return _refusal(error)
        except Exception as error:  # noqa: BLE001 — logged in full, told without details
            refusal = errors.documented(error)
            if refusal is None:
                _log.exception("%s %s failed", request.method, request.path)
                refusal = ApiError(500, "Internal server error.")
            return _refusal(refusal)
        return response

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self._of_address.count(client_address(request, self._services.config))
        path = request.path.removeprefix(PREFIX).rstrip("/") or "/"
        for (verb, words), handler in OPEN_ROUTES.items():
            if request.method == verb and path.startswith(f"{words}/"):
                return await handler(request, self._services)
        caller = await self._doorkeeper.identify(request)
        self._of_account.count(str(caller.person.id))
        self._note_person(caller.person.id)
        try:
            response = _reply(await self._call(request, path, caller))
        except (ApiError, NotFoundError) as error:
            response = _refusal(error if isinstance(error, ApiError) else _documented(error))
        if caller.new_cookie:
            set_cookie(response, self._services, caller.new_cookie)
        return response

    async def _call(self, request: web.BaseRequest, path: str, caller: Caller) -> Any:
        row, parts = _row_for("GET" if request.method == "HEAD" else request.method, path)
        given = await (read_body(request, row.given) if row.verb in {"POST", "PATCH"} else _query(request, row))
        address = client_address(request, self._services.config)
        call = Call(caller.person, caller.session, given, parts, self._services, address)
        store = self._services.store
        if row.mode == "write":
            return await store.write(row.lock(call), row.handler, call)
        if row.mode == "read":
            return await store.read(row.handler, call)
        if row.mode == "scan":
            return await store.scan(row.handler, call)
        return await row.handler(call)

    async def _answer_auth(self, request: web.BaseRequest) -> web.StreamResponse:
        self._of_address.count(client_address(request, self._services.config))
        path = request.path.rstrip("/")
        if path not in {"/auth/login", "/auth/logout"}:
            raise ApiError(404, "There is nothing at this address.")
        if request.method != "POST":
            raise ApiError(405, "Only POST here.")
        response = _reply({})
        if path == "/auth/logout":
            await self._doorkeeper.log_out(request)
            set_cookie(response, self._services, "")
            return response
        login, password = await read_login(request)
        caller = await self._doorkeeper.log_in(request, login, password)
        self._note_person(caller.person.id)
        set_cookie(response, self._services, caller.new_cookie)
        return response


async def _query(request: web.BaseRequest, row: Route) -> Any:
    return read_query(request, row.given)


def _row_for(verb: str, path: str) -> tuple[Route, dict[str, str]]:
    found = find_route(verb, path)
    if found is not None:
        return found
    verbs = verbs_of(path)
    if verbs:
        raise ApiError(405, f"Only {', '.join(verbs)} here.")
    if is_known(path):
        raise ApiError(404, "There is nothing at this address.")
    raise ApiError(501, "This resource does not exist here.")


def _reply(answer: Any) -> web.Response:
    if isinstance(answer, Redirect):
        return web.Response(status=302, headers={**_HEADERS, "Location": answer.url})
    return web.Response(body=_encoder.encode(answer), content_type="application/json", headers=_HEADERS)


def _documented(error: Exception) -> ApiError:
    refusal = errors.documented(error)
    if refusal is None:
        raise error
    return refusal


def _refusal(error: ApiError) -> web.Response:
    headers = {**_HEADERS, "Retry-After": str(error.retry_after_s)} if error.retry_after_s else _HEADERS
    body = _encoder.encode(error.body)
    return web.Response(body=body, status=error.status, content_type="application/json", headers=headers)
