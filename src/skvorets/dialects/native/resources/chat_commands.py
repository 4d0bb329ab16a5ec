"""``/api/chats/{id}/commands``: what a slash may begin there.

GET /api/chats/{id}/commands   commands of bots in the person's language, by name; hidden ones are left out
"""

from __future__ import annotations

import msgspec

from skvorets.core import access
from skvorets.core.access import Dialog
from skvorets.core.suggested_commands import suggested_in
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.dialects.native.viewer import viewer_of
from skvorets.storage.database import Tx


class CommandView(msgspec.Struct, frozen=True, rename="camel"):
    """One command."""

    id: int
    bot_id: int
    command: str  # with the slash
    title: str  # what it does
    params: str  # what is to be typed after it, empty = nothing
    is_common: bool  # can be called where the bot is absent


class CommandList(msgspec.Struct, frozen=True):
    """The answer."""

    commands: list[CommandView]


@route("GET", "/api/chats/{id}/commands", mode="read")
async def list_commands(tx: Tx, call: Call[Nothing]) -> CommandList:
    """List them: two statements."""
    seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))
    found = await suggested_in(tx, call.person, seat.chat, viewer_of(tx, call).language)
    return CommandList(
        [
            CommandView(
                id=one.command.id,
                bot_id=one.command.bot_id,
                command=f"/{one.command.command}",
                title=one.title,
                params=one.params,
                is_common=bool(one.command.is_common),
            )
            for one in found
        ]
    )
