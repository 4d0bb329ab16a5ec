"""``/api/password``: the person's own password.

GET /api/password   with what the person logs in; "" when he has no log-in
PUT /api/password   change the password; the person's other browsers must log in anew
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec

from skvorets.core import audit, logins
from skvorets.core.logins import Attempt
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage import logins as rows
from skvorets.storage.database import DIRECTORY_KEY, Tx


class Own(msgspec.Struct, frozen=True, rename="camel"):
    """With what the person logs in."""

    login: str
    min_length: int  # of a new password, characters


class Change(msgspec.Struct, frozen=True):
    """Both passwords. How long a new one must be: ``GET /api/password``."""

    old: Annotated[str, msgspec.Meta(max_length=1024)]
    new: Annotated[str, msgspec.Meta(max_length=1024)]


@route("GET", "/api/password", mode="read")
async def get_login(tx: Tx, call: Call[Nothing]) -> Own:
    """Tell the login."""
    account = (await rows.of_people(tx, [call.person.id])).get(call.person.id)
    return Own("" if account is None else account.login, logins.MIN_PASSWORD_LENGTH)


@route("PUT", "/api/password", body=Change, mode="free")
async def change_password(call: Call[Change]) -> None:
    """Change it. Refusals: wrong_secret (the old one), weak_password, too_many_attempts."""
    store = call.services.store
    attempt = Attempt("", call.given.old, call.address)
    account = await logins.confirm_password(store, call.person, attempt, asyncio.to_thread)
    password_hash = await asyncio.to_thread(logins.hash_password, call.given.new)
    await store.write(DIRECTORY_KEY, _put, call, account.login, password_hash)


async def _put(tx: Tx, call: Call[Change], login: str, password_hash: str) -> None:
    person_id = call.person.id
    await logins.set_password_hash(tx, person_id, login, password_hash, call.session.id)
    await audit.note(tx, person_id, "password.changed", "person", person_id, {"address": call.address})
