"""``/api/app-passwords``: the person's passwords for programs that can ask neither for a code nor for a new password.

GET    /api/app-passwords        his own, the oldest first; without the secrets, which are not stored
POST   /api/app-passwords        make one: shown once; the person's own password is asked for
DELETE /api/app-passwords/{id}   revoke one, and all that was got by it
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec

from skvorets.core import app_passwords, logins
from skvorets.core.logins import Attempt
from skvorets.dialects.native.registry import Call, Nothing, lock_of_person, route
from skvorets.storage import app_passwords as rows
from skvorets.storage.database import DIRECTORY_KEY, Tx


class AppPassword(msgspec.Struct, frozen=True, rename="camel"):
    """A password for a program as it is listed. Times are unix milliseconds, 0 = never."""

    id: int
    name: str
    created_at: int
    used_at: int  # to the hour


class NewAppPassword(msgspec.Struct, frozen=True, rename="camel"):
    """What is asked for."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=app_passwords.MAX_NAME_LENGTH)]
    password: Annotated[str, msgspec.Meta(max_length=1024)]  # the person's own


class Made(msgspec.Struct, frozen=True, rename="camel"):
    """The new one with its secret, which cannot be shown again."""

    id: int
    name: str
    created_at: int
    app_password: str


@route("GET", "/api/app-passwords", mode="read")
async def list_app_passwords(tx: Tx, call: Call[Nothing]) -> list[AppPassword]:
    """List the person's own."""
    return [
        AppPassword(one.id, one.name, one.created_at, one.used_at) for one in await rows.of_person(tx, call.person.id)
    ]


@route("POST", "/api/app-passwords", body=NewAppPassword, mode="free")
async def add_app_password(call: Call[NewAppPassword]) -> Made:
    """Make one. Refusals: wrong_secret (the person's password), too_many_attempts, empty_name."""
    store = call.services.store
    attempt = Attempt("", call.given.password, call.address)
    await logins.confirm_password(store, call.person, attempt, asyncio.to_thread)
    new, secret = await store.write(DIRECTORY_KEY, app_passwords.create, call.person, call.given.name, call.address)
    return Made(new.id, new.name, new.created_at, secret)


@route("DELETE", "/api/app-passwords/{id}", lock=lock_of_person)
async def revoke_app_password(tx: Tx, call: Call[Nothing]) -> None:
    """Revoke one."""
    await app_passwords.revoke(tx, call.person, call.ids["id"], call.address)
