"""Who calls: HTTP Basic with e-mail and password, or the cookie that the answer to it sets.

    Authorization ─► seen before? ─► its session still good? ──► caller
                        │ no              │ no
                        └──► password (slow on purpose, counted) ──► new session ──► cookie
    Cookie connect.sid ─► session ──► caller
    neither ─► 401

A session is one of the same table as those of browsers, but good at this door only. A client that sends Basic with
every call gets the same session again and again, so that its password is not hashed each time; the session ends with
the password, so does what is remembered here. Source: spec ``bpium-messages.md`` §2.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import time
from collections import OrderedDict
from typing import Final

import msgspec
from aiohttp import web

from skvorets.core import logins, sessions
from skvorets.core.logins import Attempt
from skvorets.core.sessions import IDLE_MS, Door
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.registry import Services
from skvorets.errors import WrongSecretError
from skvorets.storage import logins as login_rows
from skvorets.storage.database import DIRECTORY_KEY, lock_key
from skvorets.storage.people import Person
from skvorets.storage.sessions import Session
from skvorets.web_origin import client_address, is_from_here

COOKIE: Final = "connect.sid"
"""The client looks for a cookie of this name only. [source: bp-api 0.8.1]"""
KIND: Final = "bpium"
"""Kind of the sessions of this door."""
MAX_REMEMBERED: Final = 10_000
"""Pairs of e-mail and password whose sessions are remembered; the longest unused ones are forgotten first."""
_SAFE = frozenset({"GET", "HEAD"})
_MILLISECONDS = 1000


class Caller(msgspec.Struct, frozen=True):
    """Whose request this is."""

    person: Person
    session: Session
    new_cookie: str = ""  # to be set by the answer; empty = none


class Doorkeeper:
    """Tells who calls."""

    def __init__(self, services: Services) -> None:
        """Nobody was there yet."""
        self._services = services
        self._secrets: OrderedDict[bytes, str] = OrderedDict()

    async def identify(self, request: web.BaseRequest) -> Caller:
        """Tell whose request this is. Raises ApiError, WrongSecretError, TooManyAttemptsError and what logins raise."""
        given = request.headers.get("Authorization", "")
        if given[:6].lower() == "basic ":
            return await self._by_password(request, given[6:])
        secret = request.cookies.get(COOKIE, "")
        try:
            session, person = await self._services.store.read(sessions.find_session, secret, KIND)
        except WrongSecretError:
            raise ApiError(401, "Log in first.") from None
        self._check_origin(request)
        await self._renew(session)
        return Caller(person, session)

    async def log_in(self, request: web.BaseRequest, login: str, password: str) -> Caller:
        """Open a session with a password."""
        store, address = self._services.store, client_address(request, self._services.config)
        normal = logins.normalize_login(login)
        known = await store.read(login_rows.login_or_email, normal) if normal else login
        attempt = Attempt(known, password, address, takes_app_passwords=True)
        admission = await logins.admit(store, attempt, asyncio.to_thread)
        door = Door(KIND, admission.app_password_id)
        agent = request.headers.get("User-Agent", "")
        secret = await store.write(DIRECTORY_KEY, sessions.open_session, admission.person, agent, address, door)
        session, person = await store.read(sessions.find_session, secret, KIND)
        return Caller(person, session, secret)

    async def log_out(self, request: web.BaseRequest) -> None:
        """End the session of the cookie, if there is one."""
        try:
            session, person = await self._services.store.read(
                sessions.find_session, request.cookies.get(COOKIE, ""), KIND
            )
        except WrongSecretError:
            return
        self._check_origin(request)
        await self._services.store.write(
            lock_key("session", session.id), sessions.close_session_if_open, person, session.id
        )

    async def _by_password(self, request: web.BaseRequest, given: str) -> Caller:
        login, password = _read_basic(given)
        store = self._services.store
        key = hmac.digest(store.portal.secret, f"{login}\0{password}".encode("utf-8", "surrogatepass"), "sha256")
        secret = self._secrets.get(key, "")
        if secret:
            try:
                session, person = await store.read(sessions.find_session, secret, KIND)
            except WrongSecretError:
                self._secrets.pop(key, None)
            else:
                self._secrets.move_to_end(key)
                await self._renew(session)
                return Caller(person, session, secret)
        caller = await self.log_in(request, login, password)
        self._secrets[key] = caller.new_cookie
        if len(self._secrets) > MAX_REMEMBERED:
            self._secrets.popitem(last=False)
        return caller

    async def _renew(self, session: Session) -> None:
        if sessions.is_renewal_due(session, time.time_ns() // 1_000_000):
            await self._services.store.write(lock_key("session", session.id), sessions.renew_session, session)

    def _check_origin(self, request: web.BaseRequest) -> None:
        """Refuse what a page of another site can make a browser send along with our cookie. [inferred] 2.14."""
        is_json = request.content_type == "application/json"
        if request.method not in _SAFE and not is_json and not is_from_here(request, self._services.config):
            raise ApiError(403, "Send JSON.")


def set_cookie(response: web.StreamResponse, services: Services, secret: str) -> None:
    """Give the caller his session; an empty secret takes it away."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=IDLE_MS // _MILLISECONDS if secret else 0,
        path="/",
        secure=services.config.base_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )


def _read_basic(given: str) -> tuple[str, str]:
    """Read ``base64(email:password)``. Raises ApiError."""
    try:
        text = base64.b64decode(given.strip(), validate=True).decode()
    except ValueError:
        raise ApiError(401, "This is no e-mail and password.") from None
    login, _, password = text.partition(":")
    return login, password
