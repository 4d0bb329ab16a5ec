"""``/api/admin/bots``: all bots with the applications that own them.

GET    /api/admin/bots         how they are doing; everything else about events is at /dev
DELETE /api/admin/bots/{id}    removes a bot: it leaves its chats and hears no more (ONIMBOTDELETE)

Applications are removed by ``POST /api/dev/applications/{id}/uninstall``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import bots as bot_rules
from skvorets.dialects.native.admin_views import avatar_of
from skvorets.dialects.native.administration import note
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.errors import BotNotFoundError
from skvorets.storage import admin_chats, applications, bots, commands, delivery_log, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.delivery_log import LastWord


class BotLine(msgspec.Struct, frozen=True, rename="camel"):
    """A bot."""

    id: int
    name: str
    avatar: str  # address, empty = none
    code: str
    kind: str  # ordinary, human, line, supervisor, network
    chats: int  # dialogs of two included
    commands: int
    created_at: int


class OwnerLine(msgspec.Struct, frozen=True, rename="camel"):
    """An application with its bots, and how its events arrive."""

    id: int
    name: str
    kind: str  # local; webhook = bots that webhooks registered under one CLIENT_ID
    is_active: bool
    transport: str  # push, pull
    installed_by: str
    waiting: int  # events
    dead: int  # events that were given up
    last: LastWord | None  # the newest event that was finished
    bots: list[BotLine]


@route("GET", "/api/admin/bots", mode="scan", is_for_admins=True)
async def list_bots(tx: Tx, call: Call[Nothing]) -> list[OwnerLine]:
    """List applications with their bots, the latest first: seven statements."""
    owned = [one for one in await applications.every(tx) if one.active]
    found = await bots.every(tx)
    faces = await people.find_many(tx, {one.person_id for one in found} | {one.installed_by for one in owned})
    numbers = await admin_chats.numbers_of_people(tx, (one.person_id for one in found))
    words = await commands.counts_by_bot(tx)
    counts = await delivery_log.counts(tx, None)
    last = await delivery_log.newest_of_applications(tx)
    lines: dict[int, list[BotLine]] = {}
    for one in found:
        face = faces[one.person_id]
        line = BotLine(
            id=one.person_id,
            name=face.name,
            avatar=avatar_of(call.services, face),
            code=one.code,
            kind=one.kind,
            chats=numbers.get(one.person_id, 0),
            commands=words.get(one.person_id, 0),
            created_at=one.created_at,
        )
        lines.setdefault(one.application_id, []).append(line)

    def shown(one: Application) -> OwnerLine:
        return OwnerLine(
            id=one.id,
            name=one.name,
            kind=one.kind,
            is_active=bool(one.installed),
            transport=one.transport,
            installed_by=faces[one.installed_by].name if one.installed_by in faces else "",
            waiting=counts.get((one.id, "waiting"), 0),
            dead=counts.get((one.id, "dead"), 0),
            last=last.get(one.id),
            bots=lines.get(one.id, []),
        )

    return [shown(one) for one in reversed(owned)]


@route("DELETE", "/api/admin/bots/{id}", is_for_admins=True)
async def remove_bot(tx: Tx, call: Call[Nothing]) -> None:
    """Remove a bot."""
    bot, person = await bots.find(tx, call.ids["id"]), await people.find(tx, call.ids["id"])
    if bot is None or person is None:
        raise BotNotFoundError
    await bot_rules.delete_bot(tx, call.person, bot)
    await note(tx, call, "bot.disabled", "bot", person.id, name=person.name)
