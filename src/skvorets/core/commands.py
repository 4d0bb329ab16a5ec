"""Slash commands of bots: registering them, calling them, answering them.

    typed in a message ─┐
    button of keyboard ─┼─► CommandCalled event ─► delivery ─► bot ─► answer (member, or within a 10-minute permit)
    item of a menu ─────┘

Rules: spec ``bitrix24-events.md`` §5.5, ``bitrix24-imbot.md`` §5.
"""

from __future__ import annotations

from skvorets.core import slash
from skvorets.core.events import CommandCall, CommandCalled, record
from skvorets.storage import commands, members, people
from skvorets.storage.chats import Chat
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

# How long a bot may answer a common command in a chat where it is not a member, milliseconds. [source: im]
PERMIT_MS = 10 * 60 * 1000


async def call_typed(tx: Tx, chat: Chat, person_id: int, message: Message) -> bool:
    """Call the commands typed in a message; was there any?"""
    typed = slash.find_commands(message.text)
    if not typed:
        return False
    person = await people.find(tx, person_id)
    if person is None or person.is_bot:
        return False
    calls: list[CommandCall] = []
    for name, params in typed:
        for command in await commands.named(tx, name):
            if await _is_callable(tx, command, chat, person):
                calls.append(CommandCall(command_id=command.id, params=params))
                await _permit(tx, command, chat)
    if calls:
        await _record_call(tx, chat, person, message, calls, context="TEXTAREA", text=message.text)
    return bool(calls)


async def call_button(
    tx: Tx, chat: Chat, person: Person, message: Message, command: Command, params: str, context: str
) -> None:
    """Call a command by a click on a keyboard (KEYBOARD) or in a context menu (MENU); nothing is published."""
    await _permit(tx, command, chat)
    text = f"/{command.command} {params}".rstrip()
    await _record_call(tx, chat, person, message, [CommandCall(command_id=command.id, params=params)], context, text)


async def _is_callable(tx: Tx, command: Command, chat: Chat, person: Person) -> bool:
    if person.extranet and not command.for_extranet:
        return False
    if chat.kind == "line" or not command.is_common:
        return await members.find(tx, chat.id, command.bot_id) is not None
    return True


async def _permit(tx: Tx, command: Command, chat: Chat) -> None:
    if await members.find(tx, chat.id, command.bot_id) is None:
        await commands.grant_permit(tx, command.bot_id, chat.id, tx.now + PERMIT_MS)


async def _record_call(
    tx: Tx, chat: Chat, person: Person, message: Message, calls: list[CommandCall], context: str, text: str
) -> None:
    await record(
        tx,
        CommandCalled(
            chat_id=chat.id, person_id=person.id, message_id=message.id, text=text, context=context, calls=calls
        ),
    )
