"""``/api/session``: who is logged in here; ``/api/sessions``: in which browsers else.

POST   /api/session        log in: login and password, and a code when that is refused as second_factor_required
GET    /api/session        the person, the portal, the forgery token of this session
DELETE /api/session        log out
GET    /api/sessions       all browsers of the person
DELETE /api/sessions       log all of them out but this one
DELETE /api/sessions/{id}  log one of them out
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec

from skvorets.core import audit, logins, sessions
from skvorets.core.logins import Attempt
from skvorets.core.session_ends import end_sessions
from skvorets.dialects.native.entering import enter
from skvorets.dialects.native.registry import Call, Nothing, Reply, Visit, open_route, route
from skvorets.storage import sessions as rows
from skvorets.storage.database import Tx, lock_key


class Credentials(msgspec.Struct, frozen=True, rename="camel"):
    """With what somebody logs in."""

    login: str
    password: str
    # Six digits of the second factor, or a recovery code; wanted after a refusal ``second_factor_required`` only.
    code: Annotated[str, msgspec.Meta(max_length=64)] = ""
    # Instead of a one-time password; wanted after a refusal ``new_password_required`` only.
    new_password: Annotated[str, msgspec.Meta(max_length=1024)] = ""


class Portal(msgspec.Struct, frozen=True, rename="camel"):
    """The installation."""

    url: str
    language: str
    max_file_bytes: int


class Me(msgspec.Struct, frozen=True, rename="camel"):
    """Who is logged in."""

    id: int
    name: str
    first_name: str
    last_name: str
    avatar: str  # address, empty = none
    language: str  # ru, en or empty = the browser's
    is_admin: bool
    is_extranet: bool


class Current(msgspec.Struct, frozen=True, rename="camel"):
    """The answer of ``GET /api/session``."""

    me: Me
    portal: Portal
    csrf_token: str


class Browser(msgspec.Struct, frozen=True, rename="camel"):
    """A session of the person. Times are unix milliseconds."""

    id: int
    is_current: bool
    user_agent: str
    address: str
    created_at: int
    seen_at: int


def _lock(call: Call[Nothing]) -> int:
    return lock_key("session", call.session.id)


@open_route("POST", "/api/session", body=Credentials)
async def log_in(visit: Visit[Credentials]) -> Reply:
    """Log in; 204 with the cookie.

    Refusals: wrong_secret, second_factor_required, wrong_code, too_many_attempts, new_password_required, weak_password.
    """
    given = visit.given
    attempt = Attempt(given.login, given.password, visit.address, given.code, given.new_password)
    return await enter(visit, await logins.check_password(visit.services.store, attempt, asyncio.to_thread))


@route("GET", "/api/session", mode="read")
async def get_session(tx: Tx, call: Call[Nothing]) -> Current:
    """Tell who is logged in."""
    person, config = call.person, call.services.config
    avatar = f"{config.base_url}/files/avatar/{person.avatar}" if person.avatar else ""
    me = Me(
        id=person.id,
        name=person.name,
        first_name=person.first_name,
        last_name=person.last_name,
        avatar=avatar,
        language=person.language,
        is_admin=bool(person.admin),
        is_extranet=bool(person.extranet),
    )
    return Current(
        me,
        Portal(config.base_url, config.language, config.max_file_bytes),
        sessions.forgery_token(tx.portal, call.session),
    )


@route("DELETE", "/api/session", lock=_lock)
async def log_out(tx: Tx, call: Call[Nothing]) -> Reply:
    """End this session."""
    await sessions.close_session(tx, call.person, call.session.id)
    return Reply(None)


@route("GET", "/api/sessions", mode="read")
async def list_sessions(tx: Tx, call: Call[Nothing]) -> list[Browser]:
    """List the browsers in which the person is logged in, the one seen last first."""
    return [
        Browser(
            id=one.id,
            is_current=one.id == call.session.id,
            user_agent=one.user_agent,
            address=one.address,
            created_at=one.created_at,
            seen_at=one.seen_at,
        )
        for one in await rows.of_person(tx, call.person.id)
    ]


@route("DELETE", "/api/sessions")
async def close_other_sessions(tx: Tx, call: Call[Nothing]) -> None:
    """Log all other browsers out."""
    await end_sessions(tx, call.person.id, call.session.id)
    await audit.note(tx, call.person.id, "sessions.ended", "person", call.person.id, {"address": call.address})


@route("DELETE", "/api/sessions/{id}", lock=_lock)
async def close_session(tx: Tx, call: Call[Nothing]) -> None:
    """Log a browser out."""
    await sessions.close_session(tx, call.person, call.ids["id"])
