"""``/oauth/authorize/``: the page on which a person logs in and lets an application act for him.

    GET ──► question checked ──► form with a signed ticket (10 minutes) ──► POST ──► log-in ──► code ──► redirect
                 └─ wrong: said on the page, never by a redirect

The ticket carries the question, so that what was shown is what is agreed to; a form from elsewhere has none, and a
browser that names another origin is refused. Each time the password is asked, with the code where there is one.
Source: spec ``bitrix24-transport.md`` §9.1; OWASP ASVS 10.4.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import logging
import time
from urllib.parse import urlencode, urlsplit, urlunsplit

import msgspec
from aiohttp import http_exceptions, web

from skvorets.config import Config
from skvorets.core import grants, logins
from skvorets.core.logins import Attempt
from skvorets.dialects.bitrix24.oauth_pages import (
    Language,
    Refusal,
    language_of,
    page_of_error,
    page_of_form,
    security_headers,
)
from skvorets.dialects.bitrix24.registry import Surroundings, Tx
from skvorets.dialects.bitrix24.requests import read_body, read_query
from skvorets.dialects.bitrix24.values import BadValue, to_text
from skvorets.errors import (
    ApplicationNotFoundError,
    NewPasswordRequiredError,
    NotAllowedError,
    SecondFactorRequiredError,
    TooManyAttemptsError,
    WrongCodeError,
    WrongSecretError,
)
from skvorets.php_forms import TooComplex, Value
from skvorets.storage import applications
from skvorets.storage.applications import Application
from skvorets.storage.database import Portal, lock_key
from skvorets.storage.people import Person
from skvorets.web_origin import client_address, is_from_here

# How long a form may lie open, seconds.
TICKET_S = 600
# Longest value of a parameter, characters, and largest body of the form, bytes.
MAX_LENGTH = 2048
MAX_BODY_BYTES = 64 * 1024
_GRANTS_KEY = lock_key("grants")
_SIGNATURE_BYTES = 32

# Why somebody is shown the form again.
_REFUSALS: dict[type[Exception], Refusal] = {
    WrongSecretError: "password",
    TooManyAttemptsError: "attempts",
    SecondFactorRequiredError: "second_factor",
    NewPasswordRequiredError: "new_password",
    WrongCodeError: "code",
}

_log = logging.getLogger(__name__)


class Question(msgspec.Struct, frozen=True):
    """What an application asks a person; travels through the form inside the ticket."""

    client_id: str
    state: str = ""
    redirect_uri: str = ""
    scope: str = ""
    response_type: str = ""


class _Ticket(msgspec.Struct, frozen=True, array_like=True):
    expires_at: int  # unix seconds
    question: Question


class PageError(Exception):
    """Something that the person is told on the page; ``reason`` is a key of the pages' phrases."""

    def __init__(self, reason: str, status: int = 400) -> None:
        """Tell with this HTTP status."""
        super().__init__(reason)
        self.reason = reason
        self.status = status


class AuthorizePage:
    """Serves ``/oauth/authorize/``."""

    def __init__(self, surroundings: Surroundings) -> None:
        """Ask for the portal."""
        self._config = surroundings.config
        self._store = surroundings.store

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Show the form, or judge it."""
        language = language_of(request.headers.get("Accept-Language", ""), self._config.language)
        try:
            if request.method in {"GET", "HEAD"}:
                return await self._show(request, language)
            return await self._judge(request, language)
        except PageError as error:
            return _page(page_of_error(language, error.reason), error.status)
        except Exception:  # noqa: BLE001 — logged in full, told on the page without details
            _log.exception("authorize page failed")
            return _page(page_of_error(language, "failure"), 500)

    async def _show(self, request: web.BaseRequest, language: Language) -> web.Response:
        question = _read_question(read_query_safely(request.rel_url.raw_query_string))
        application = await self._application(question)
        return self._form(application, question, language)

    async def _judge(self, request: web.BaseRequest, language: Language) -> web.Response:
        if request.method != "POST":
            raise PageError("method", 405)
        if not is_from_here(request, self._config):
            raise PageError("foreign", 403)
        given = await _read_form(request)
        question = read_ticket(self._store.portal, given.get("TICKET", ""))
        if question is None:
            raise PageError("ticket")
        application = await self._application(question)
        login, password, code = (given.get(name, "") for name in ("LOGIN", "PASSWORD", "CODE"))
        attempt = Attempt(login, password, client_address(request, self._config), code)
        try:
            person = await logins.check_password(self._store, attempt, asyncio.to_thread)
        except tuple(_REFUSALS) as error:
            return self._form(application, question, language, refusal=_REFUSALS[type(error)], login=login)
        try:
            code = await self._store.write(_GRANTS_KEY, _issue, application.id, person)
        except (ApplicationNotFoundError, NotAllowedError):
            raise PageError("application") from None
        location = redirect_address(self._config, self._store.portal, application, code, question.state)
        return web.Response(status=302, headers={**security_headers(""), "Location": location})

    async def _application(self, question: Question) -> Application:
        application = await self._store.read(applications.find_by_client_id, question.client_id)
        if application is None or not grants.can_get_tokens(application):
            raise PageError("application")
        if not application.handler_url:
            raise PageError("handler")
        if question.redirect_uri and question.redirect_uri != application.handler_url:
            raise PageError("redirect")
        if not frozenset(question.scope.replace(",", " ").split()) <= application.scope_set:
            raise PageError("scope")
        return application

    def _form(
        self,
        application: Application,
        question: Question,
        language: Language,
        *,
        refusal: Refusal = "",
        login: str = "",
    ) -> web.Response:
        ticket = write_ticket(self._store.portal, question)
        text = page_of_form(language, application, self._config.domain, ticket, refusal=refusal, login=login)
        status = {"": 200, "attempts": 429}.get(refusal, 403)
        return _page(text, status, sends_to=application.handler_url)


def redirect_address(config: Config, portal: Portal, application: Application, code: str, state: str) -> str:
    """Give the handler's address with what the application needs to fetch its tokens."""
    parts = urlsplit(application.handler_url)
    given = {
        "code": code,
        **({"state": state} if state else {}),
        "domain": config.domain,
        "member_id": portal.member_id,
        "scope": application.scopes,
        "server_domain": config.domain,
    }
    query = "&".join(filter(None, (parts.query, urlencode(given))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def write_ticket(portal: Portal, question: Question) -> str:
    """Sign a question for the form."""
    body = msgspec.json.encode(_Ticket(int(time.time()) + TICKET_S, question))
    return base64.urlsafe_b64encode(_sign(portal, body) + body).decode()


def read_ticket(portal: Portal, text: str) -> Question | None:
    """Read a form's ticket; None when it is not ours or too old."""
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
        signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, _sign(portal, body)):
            return None
        ticket = msgspec.json.decode(body, type=_Ticket)
    except ValueError:
        return None
    return ticket.question if ticket.expires_at > time.time() else None


def read_query_safely(query: str) -> dict[str, Value]:
    """Read a query string. Raises PageError for absurd input."""
    try:
        return read_query(query)
    except TooComplex:
        raise PageError("request") from None


def _sign(portal: Portal, body: bytes) -> bytes:
    return hmac.digest(portal.secret, b"authorize-form:" + body, "sha256")


def _read_question(given: dict[str, Value]) -> Question:
    question = Question(*(_scalar(given, name.upper()) for name in Question.__struct_fields__))
    if not question.client_id:
        raise PageError("request")
    if question.response_type not in {"", "code"}:
        raise PageError("request")
    return question


def _scalar(given: dict[str, Value], name: str) -> str:
    try:
        text = to_text(given.get(name))
    except BadValue:
        raise PageError("request") from None
    if len(text) > MAX_LENGTH:
        raise PageError("request")
    return text


async def _read_form(request: web.BaseRequest) -> dict[str, str]:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise PageError("request", 413)
    try:
        given = read_body(request.headers.get("Content-Type", ""), await request.read())
    except (TooComplex, web.RequestPayloadError, http_exceptions.HttpProcessingError):
        raise PageError("request") from None
    except web.HTTPRequestEntityTooLarge:
        raise PageError("request", 413) from None
    by_name = {name.upper(): value for name, value in given.items()}
    fields = {name: by_name.get(name) for name in ("TICKET", "LOGIN", "PASSWORD", "CODE")}
    if not all(value is None or isinstance(value, str) for value in fields.values()):
        raise PageError("request")
    return {name: value for name, value in fields.items() if isinstance(value, str)}


async def _issue(tx: Tx, application_id: int, person: Person) -> str:
    application = await applications.find(tx, application_id)
    if application is None:
        raise ApplicationNotFoundError
    return await grants.issue_code(tx, application, person)


def _page(text: str, status: int, *, sends_to: str = "") -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", headers=security_headers(sends_to))
