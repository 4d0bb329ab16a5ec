"""``POST /api/session``: the one request of the native API that needs no session, since it opens one."""

from __future__ import annotations

import asyncio

import msgspec

from skvorets.core import logins, sessions
from skvorets.core.logins import Attempt
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Reply, Services
from skvorets.errors import NotAllowedError
from skvorets.storage.database import lock_key

LOGIN_PATH = "/api/session"
_SESSIONS_KEY = lock_key("sessions")


class Credentials(msgspec.Struct, frozen=True):
    """Body of the request."""

    login: str
    password: str


async def log_in(services: Services, given: Credentials, address: str, user_agent: str) -> Reply:
    """Open a session; 204 with the cookie. Raises WrongSecretError, TooManyAttemptsError, ApiError."""
    attempt = Attempt(given.login, given.password, address)
    person = await logins.check_password(services.store, attempt, asyncio.to_thread)
    try:
        secret = await services.store.write(_SESSIONS_KEY, sessions.open_session, person, user_agent, address)
    except NotAllowedError:
        raise ApiError(401, "wrong_secret", "Wrong login or password.") from None
    return Reply(None, cookie=secret)
