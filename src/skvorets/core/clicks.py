"""Clicks on what a message offers: a button of its keyboard, or an item of its context menu, that calls a command.

Rules: spec ``bitrix24-im.md`` §8.3, ``bitrix24-events.md`` §5.5; seed "im.message.command".
"""

from __future__ import annotations

from typing import Final

import msgspec

from skvorets.core import access, commands
from skvorets.core.commands import Click
from skvorets.core.keyboard import find_button
from skvorets.errors import CommandNotFoundError
from skvorets.storage import commands as command_rows
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

CONTEXTS: Final = ("KEYBOARD", "MENU")
"""Where commands are offered, and what the event says of it."""


class Pressed(msgspec.Struct, frozen=True, kw_only=True):
    """What was clicked on, as the message offers it."""

    bot_id: int
    command: str  # with or without the slash
    params: str
    contexts: tuple[str, ...] = CONTEXTS  # where it may stand


async def press(tx: Tx, person: Person, message_id: int, pressed: Pressed) -> None:
    """Call the bot's command; nothing is published.

    Raises MessageNotFoundError for a hidden message, CommandNotFoundError when the message does not offer this very
    command, the bot has none of this name, or the person does not take part in the chat.
    """
    message, seat = await access.message_to_read(tx, person, message_id)
    context = _context_of(message, pressed)
    name = pressed.command.strip().lstrip("/").strip()
    known = [one for one in await command_rows.named(tx, name) if one.bot_id == pressed.bot_id]
    if seat.member is None or not context or not known:
        raise CommandNotFoundError
    click = Click(
        chat=seat.chat,
        person=person,
        message=message,
        command=known[0],
        params=pressed.params.strip(),
        context=context,
    )
    await commands.call_button(tx, click)


def _context_of(message: Message, pressed: Pressed) -> str:
    """Where the message offers this very command; empty when nowhere."""
    offered = message.read_params()
    for name in pressed.contexts:
        if find_button(offered.get(name), pressed.bot_id, pressed.command, pressed.params):
            return name
    return ""
