"""``/api/dev/applications/{id}/…``: what befalls an installation; real events are sent.

POST …/install      install it, or again: ONAPPINSTALL, earlier tokens are void
POST …/update       the next version: ONAPPUPDATE, handlers are bound anew
POST …/uninstall    remove bots, commands, handlers: ONAPPUNINSTALL, ONIMBOTDELETE
"""

from __future__ import annotations

import msgspec

from skvorets.core import application_desk, applications
from skvorets.dialects.native.administration import note
from skvorets.dialects.native.application_views import AppLine, line_of
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx


class Removal(msgspec.Struct, frozen=True, rename="camel"):
    """How it is removed."""

    keeps_options: bool = False


@route("POST", "/api/dev/applications/{id}/install")
async def install(tx: Tx, call: Call[Nothing]) -> AppLine:
    """Install an application, or install it again."""
    found = await _found(tx, call)
    await note(tx, call, "application.installed", "application", found.id, name=found.name)
    return line_of(await applications.install_application(tx, call.person, found.id), {}, call.person)


@route("POST", "/api/dev/applications/{id}/update")
async def update(tx: Tx, call: Call[Nothing]) -> AppLine:
    """Make the next version."""
    found = await _found(tx, call)
    await note(tx, call, "application.updated", "application", found.id, name=found.name)
    return line_of(await applications.update_application(tx, call.person, found.id), {}, call.person)


@route("POST", "/api/dev/applications/{id}/uninstall", body=Removal)
async def uninstall(tx: Tx, call: Call[Removal]) -> None:
    """Remove an installation."""
    found = await application_desk.application_to_see(tx, call.person, call.ids["id"])
    await note(tx, call, "application.uninstalled", "application", found.id, name=found.name)
    await applications.uninstall_application(tx, call.person, found.id, is_clean=not call.given.keeps_options)


async def _found(tx: Tx, call: Call[Nothing]) -> Application:
    return await application_desk.application_to_see(tx, call.person, call.ids["id"])
