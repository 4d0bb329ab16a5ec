"""The doors ``/BumsCommonApiV01/``, ``/BumsStaffApiV01/`` and ``/apiattach/``: from a signed request to the envelope.

    path ─► row of the table ─► signature (no database) ─► clock ─► body ─► whose pair ─► unit ─► JSON or XML

Answers are never compressed: a client announces gzip and cannot unpack it. Source: spec ``megaplan-messages.md`` §1-§5.
"""

from __future__ import annotations

import hashlib
import logging
import time
import zlib
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from aiohttp import http_exceptions, web

from skvorets.core import access_pairs, logins
from skvorets.dialects.megaplan import envelope, errors, signing
from skvorets.dialects.megaplan.attachments import file_of_url, serve_file
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.params import Params
from skvorets.dialects.megaplan.registry import METHODS, Call, Method, Raw, Services, Visit, load_methods
from skvorets.dialects.megaplan.requests import Target, read_body, read_path, read_query
from skvorets.dialects.megaplan.signing import Signature, Signed
from skvorets.errors import CoreError, WrongSecretError
from skvorets.php_forms import Value
from skvorets.rate_limits import PROFILES, Limiter, LimitProfile
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.people import Person
from skvorets.web_origin import client_address

MODULES: Final = ("BumsCommonApiV01", "BumsStaffApiV01")
ATTACHMENTS: Final = "apiattach"
# Wrong signatures from one address that are answered at once, and how many more each second.
_REFUSALS: Final = LimitProfile(bucket=100, per_second=1, operating_s=0)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_MILLISECONDS = 1000
_LATER_S = "1"

_log = logging.getLogger(__name__)


class _Given(NamedTuple):
    """What is known of a request so far, also of one that is refused."""

    target: Target
    params: dict[str, Value]


class Megaplan:
    """Serves the dialect."""

    def __init__(self, services: Services, note_person: Callable[[int], None]) -> None:
        """Answer with these services; ``note_person`` hears who was there."""
        load_methods()
        self._services = services
        self._note_person = note_person
        self._limiter = Limiter()
        self._hosts = (services.config.domain, services.config.domain.rpartition(":")[0] or services.config.domain)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request of a method; every refusal is an envelope in the wanted format."""
        given = _Given(read_path(request.path), {})
        try:
            answer = await self._answer(request, given)
            if isinstance(answer, web.StreamResponse):
                return answer
            return _reply(200, envelope.success(given.params, answer), given.target)
        except Exception as error:  # noqa: BLE001 — told in the envelope; failures are logged in full
            return _refusal(_documented(request, error), given, request)

    async def handle_attachment(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/apiattach/…``: the bytes of a file, by the same signature as any method."""
        given = _Given(Target("", "api", is_known=True), {})
        try:
            return await self._answer_attachment(request)
        except Exception as error:  # noqa: BLE001 — told in the envelope; failures are logged in full
            return _refusal(_documented(request, error), given, request)

    async def _answer(self, request: web.BaseRequest, given: _Given) -> Any:
        given.params.update(read_query(request.rel_url.raw_query_string))
        row = METHODS.get(given.target.name) if given.target.is_known else None
        if request.method not in {"GET", "POST", "HEAD"}:
            raise ApiError(405, "Only GET and POST here")
        if row is None:
            raise ApiError(404, f"Method {given.target.name[:100]} not found")
        signature = None if row.is_open else self._verify(request)
        body = await self._body(request)
        if body:
            given.params.update(read_body(request.headers.get("Content-Type", ""), body))
        params = Params(given.params, self._services.zone)
        if signature is None:
            return await row.handler(Visit(params, self._services, client_address(request, self._services.config)))
        signing.check_body(signature, body)
        replay_key = f"{signature.access_id}\n{signature.text}\n".encode() + hashlib.sha256(body).digest()
        return await self._run(request, row, signature, params, replay_key)

    async def _answer_attachment(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.method not in {"GET", "HEAD"}:
            raise ApiError(405, "Only GET here")
        signature = self._verify(request)
        person = await self._services.store.read(_owner, signature.access_id)
        self._admit(person)
        return await self._send_file(request, person, file_of_url(request.path))

    async def _run(
        self, request: web.BaseRequest, row: Method, signature: Signature, params: Params, replay_key: bytes
    ) -> Any:
        store = self._services.store
        prepared = None
        if row.prepare is not None:

            async def check() -> Person:
                return await store.read(_owner, signature.access_id)

            prepared = await row.prepare(params, self._services, request.method, check)

        def call_of(person: Person) -> Call:
            self._admit(person)
            return Call(person, params, self._services, request.method, replay_key, prepared)

        if row.mode == "free":
            person = await store.read(_owner, signature.access_id)
            return await row.handler(call_of(person))
        if row.mode == "write":
            own_key = lock_key("letters", zlib.crc32(signature.access_id.encode()))
            key = (row.lock(prepared) if row.lock is not None else 0) or own_key
            person, answer = await store.write(key, _call, call_of, row, signature.access_id)
        else:
            is_long = row.mode == "scan" or (row.is_long is not None and row.is_long(params))
            look = store.scan if is_long else store.read
            person, answer = await look(_call, call_of, row, signature.access_id)
        if isinstance(answer, Raw):
            return await self._send_file(request, person, answer.file_id)
        return answer

    def _verify(self, request: web.BaseRequest) -> Signature:
        """Tell by which pair the request is signed. Raises ApiError."""
        signed = Signed(request.method, request.raw_path, request.headers)
        try:
            access_id = signing.access_id_of(request.headers)
            secret = access_pairs.secret_of(self._services.store.portal, access_id)
            signature = signing.verify(signed, secret, self._hosts)
            minutes = self._services.config.megaplan_clock_minutes
            signing.check_clock(signature.date, int(time.time() * _MILLISECONDS), minutes)
        except ApiError:
            if not self._limiter.admit(_REFUSALS, f"address:{client_address(request, self._services.config)}"):
                raise ApiError(429, "Too many wrong signatures", retry_after_s=60) from None
            raise
        return signature

    def _admit(self, person: Person) -> None:
        """Count a request of a person. Raises ApiError."""
        if not self._limiter.admit(PROFILES[self._services.config.limits], f"person:{person.id}"):
            raise ApiError(429, "Too many requests", retry_after_s=1)
        self._note_person(person.id)

    async def _body(self, request: web.BaseRequest) -> bytes:
        most = self._services.config.max_body_bytes
        try:
            if (request.content_length or 0) > most:
                raise ApiError(413, f"The request is larger than {most} bytes")
            return await request.read() if request.body_exists else b""
        except web.HTTPRequestEntityTooLarge:
            raise ApiError(413, f"The request is larger than {most} bytes") from None
        except (web.RequestPayloadError, http_exceptions.HttpProcessingError, ConnectionError):
            raise ApiError(400, "The body does not come to its end") from None

    async def _send_file(self, request: web.BaseRequest, person: Person, file_id: int) -> web.StreamResponse:
        return await serve_file(request, self._services, person, file_id)


async def _owner(tx: Tx, access_id: str) -> Person:
    """Whose pair it is. Raises ApiError for who may no longer log in, and for pairs that are void."""
    try:
        person = await access_pairs.owner_of(tx, access_id)
    except WrongSecretError:
        raise ApiError(401, errors.NOT_SIGNED) from None
    if not logins.can_log_in(person):
        raise ApiError(403, "Access denied")
    return person


async def _call(tx: Tx, call_of: Callable[[Person], Call], row: Method, access_id: str) -> tuple[Person, Any]:
    """Find the owner and run the handler within one transaction."""
    person = await _owner(tx, access_id)
    return person, await row.handler(tx, call_of(person))


def _documented(request: web.BaseRequest, error: Exception) -> ApiError:
    if isinstance(error, ApiError):
        return error
    refusal = errors.documented(error) if isinstance(error, CoreError) or errors.documented(error) else None
    if refusal is None:
        _log.exception("%s %s failed", request.method, request.path, exc_info=error)
        return ApiError(500, "Internal server error")
    return refusal


def _refusal(error: ApiError, given: _Given, request: web.BaseRequest) -> web.Response:
    response = _reply(error.status, envelope.failure(given.params, error.message), given.target)
    if error.retry_after_s:
        response.headers["Retry-After"] = str(error.retry_after_s)
    if not request.content.at_eof():
        response.force_close()  # what is still to come of a refused request is of no use
    return response


def _reply(status: int, answer: dict[str, object], target: Target) -> web.Response:
    body, kind = envelope.encode(answer, target.extension)
    return web.Response(status=status, body=body, content_type=kind, charset="utf-8", headers=_HEADERS)
