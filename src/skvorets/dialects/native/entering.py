"""Opening a session for somebody who has just shown who he is: by password, invitation or the link of the first run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from skvorets.core import logins, sessions
from skvorets.core.accounts import NewAccount
from skvorets.core.throttle import ATTEMPTS_KEY, count, limit_of_address, take_back
from skvorets.dialects.native.registry import Reply, Visit
from skvorets.errors import NotAllowedError, WrongSecretError
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.people import Person

_SESSIONS_KEY = lock_key("sessions")
T = TypeVar("T")


class Entrance(msgspec.Struct, frozen=True, rename="camel"):
    """What somebody who comes by a link says of himself."""

    secret: Annotated[str, msgspec.Meta(max_length=100)]  # of the link
    first_name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    login: Annotated[str, msgspec.Meta(max_length=255)]
    password: Annotated[str, msgspec.Meta(max_length=1024)]
    last_name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    language: Literal["ru", "en"] = "en"  # that the page speaks


class Link(msgspec.Struct, frozen=True):
    """Which link is meant."""

    secret: Annotated[str, msgspec.Meta(max_length=100)]


async def enter(visit: Visit[Any], person: Person) -> Reply:
    """Open a session; 204 with the cookie. Raises WrongSecretError for people who may not have one."""
    try:
        secret = await visit.services.store.write(
            _SESSIONS_KEY, sessions.open_session, person, visit.user_agent, visit.address
        )
    except NotAllowedError:
        raise WrongSecretError from None
    return Reply(None, cookie=secret)


async def look_at_link(visit: Visit[Link] | Visit[Entrance], look: Callable[[Tx, str], Awaitable[T]]) -> T:
    """Ask whether a link is good by ``look(tx, secret)``; what it gives. Links that are not are counted as guesses.

    Raises NotFoundError, TooManyAttemptsError.
    """
    store, limits = visit.services.store, [limit_of_address(visit.address)]
    await store.write(ATTEMPTS_KEY, count, limits)
    found = await store.read(look, visit.given.secret)
    await store.write(ATTEMPTS_KEY, take_back, limits)
    return found


async def account_of(given: Entrance) -> NewAccount:
    """Hash the password, which takes some time. Raises WeakPasswordError."""
    return NewAccount(
        first_name=given.first_name,
        last_name=given.last_name,
        login=given.login,
        password_hash=await asyncio.to_thread(logins.hash_password, given.password),
        language=given.language,
    )
