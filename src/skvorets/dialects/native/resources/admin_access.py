"""``/api/admin/people/{id}/…``: who gets in.

POST   /api/admin/people/{id}/disable      lets him in no more: browsers, sockets, tokens, webhooks end at once
POST   /api/admin/people/{id}/enable       lets him in again
POST   /api/admin/people/{id}/password     a one-time password, shown once; with it he can only choose another one
DELETE /api/admin/people/{id}/sessions     logs out all his browsers
DELETE /api/admin/people/{id}/two-factor   for who has lost his telephone: the password alone opens again
"""

from __future__ import annotations

import asyncio
import secrets

import msgspec

from skvorets.core import logins, people_desk, second_factor
from skvorets.dialects.native.administration import note
from skvorets.dialects.native.developers import Line
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.database import DIRECTORY_KEY, Tx

# 12 bytes are 16 characters.
_PASSWORD_BYTES = 12


class NewLogin(msgspec.Struct, frozen=True):
    """With what the person logs in; empty = as before."""

    login: Line = ""


class OneTimePassword(msgspec.Struct, frozen=True):
    """What the person is told; the password cannot be shown again."""

    login: str
    password: str


@route("POST", "/api/admin/people/{id}/disable", is_for_admins=True)
async def disable(tx: Tx, call: Call[Nothing]) -> None:
    """Let somebody in no more."""
    person = await people_desk.person_to_administer(tx, call.ids["id"])
    await people_desk.disable(tx, call.person, person.id)
    await note(tx, call, "person.disabled", "person", person.id, name=person.name)


@route("POST", "/api/admin/people/{id}/enable", is_for_admins=True)
async def enable(tx: Tx, call: Call[Nothing]) -> None:
    """Let somebody in again."""
    person = await people_desk.person_to_administer(tx, call.ids["id"])
    await people_desk.enable(tx, person.id)
    await note(tx, call, "person.enabled", "person", person.id, name=person.name)


@route("POST", "/api/admin/people/{id}/password", body=NewLogin, mode="free", is_for_admins=True)
async def set_one_time_password(call: Call[NewLogin]) -> OneTimePassword:
    """Give somebody a one-time password; his browsers are logged out."""
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    password_hash = await asyncio.to_thread(logins.hash_password, password)
    return await call.services.store.write(DIRECTORY_KEY, _set_password, call, password, password_hash)


async def _set_password(tx: Tx, call: Call[NewLogin], password: str, password_hash: str) -> OneTimePassword:
    person = await people_desk.person_to_administer(tx, call.ids["id"])
    login = await people_desk.set_one_time_password(tx, person.id, call.given.login.strip(), password_hash)
    await note(tx, call, "password.set", "person", person.id, name=person.name, login=login)
    return OneTimePassword(login, password)


@route("DELETE", "/api/admin/people/{id}/sessions", is_for_admins=True)
async def log_out_everywhere(tx: Tx, call: Call[Nothing]) -> None:
    """Log out all browsers of somebody."""
    person = await people_desk.person_to_administer(tx, call.ids["id"])
    await people_desk.log_out_everywhere(tx, person.id)
    await note(tx, call, "sessions.ended", "person", person.id, name=person.name)


@route("DELETE", "/api/admin/people/{id}/two-factor", is_for_admins=True)
async def switch_second_factor_off(tx: Tx, call: Call[Nothing]) -> None:
    """Ask somebody for no codes any more; he can switch it on again himself."""
    person = await people_desk.person_to_administer(tx, call.ids["id"])
    await second_factor.switch_off(tx, person.id, call.person.id)
