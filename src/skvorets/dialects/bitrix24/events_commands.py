"""ONIMCOMMANDADD: somebody used slash commands, by typing, on a keyboard or in a context menu.

Source: spec ``bitrix24-events.md`` §5.5; seed "Работа с событиями".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skvorets.core import markup
from skvorets.core.events import CommandCall, CommandCalled
from skvorets.dialects.bitrix24.events_messages import chat_block
from skvorets.dialects.bitrix24.events_params import message_type, user_block
from skvorets.dialects.bitrix24.events_routing import Told, deliver, recipients, show_typing
from skvorets.storage import bots, chats, commands, members, messages, people
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery

EVENT = "ONIMCOMMANDADD"


async def plan_called(tx: Tx, event: CommandCalled) -> list[NewDelivery]:
    """Tell each application whose commands were called, all of its commands together."""
    chat = await chats.find(tx, event.chat_id)
    person = await people.find(tx, event.person_id)
    known = await commands.find_many(tx, {call.command_id for call in event.calls})
    owners = await bots.find_many(tx, {command.bot_id for command in known.values()})
    if chat is None or person is None:
        return []
    params = await _params(tx, event, chat)
    user = user_block(person, has_flags=False)
    told = Told(event=EVENT, chat_id=chat.id, causing_id=person.id)
    new: list[NewDelivery] = []
    called: set[int] = set()
    for recipient in await recipients(tx, EVENT, {command.application_id for command in known.values()}):
        for calls in _rounds(event, known, recipient.application.id):
            blocks = {
                str(call.command_id): _command_block(event, call, command, owners[command.bot_id])
                for call in calls
                if (command := known[call.command_id]).bot_id in owners
            }
            if blocks:
                new.append(deliver(told, recipient, {"COMMAND": blocks, "PARAMS": params, "USER": user}))
                called |= {known[call.command_id].bot_id for call in calls}
    if event.context == "TEXTAREA":
        present = await members.present_among(tx, chat.id, called)
        await show_typing(tx, chat, [owners[one] for one in sorted(present) if one in owners])
    return new


def _rounds(event: CommandCalled, known: Mapping[int, Command], application_id: int) -> list[list[CommandCall]]:
    """The calls of one application; the same command with other params needs a POST of its own.

    COMPAT(bitrix24): ``data[COMMAND]`` is keyed by the command, so one POST has room for it once.
    """
    rounds: list[list[CommandCall]] = []
    for call in event.calls:
        command = known.get(call.command_id)
        if command is None or command.application_id != application_id:
            continue
        free = next((one for one in rounds if call.command_id not in {other.command_id for other in one}), None)
        if free is None:
            rounds.append([call])
        else:
            free.append(call)
    return rounds


def _command_block(event: CommandCalled, call: CommandCall, command: Command, bot: Bot) -> dict[str, Any]:
    return {
        "BOT_ID": bot.person_id,
        "BOT_CODE": bot.code,
        "COMMAND": command.command,
        "COMMAND_ID": command.id,
        "COMMAND_PARAMS": call.params,
        "COMMAND_CONTEXT": event.context,
        "MESSAGE_ID": event.message_id,
    }


async def _params(tx: Tx, event: CommandCalled, chat: Chat) -> dict[str, Any]:
    private = chat.is_private
    message = await messages.find(tx, event.message_id)
    params: dict[str, Any] = {
        "MESSAGE": event.text if private else markup.strip_mentions(event.text),
        "TEMPLATE_ID": (message.client_id if message else None) or "",
        "MESSAGE_TYPE": message_type(chat),
        "FROM_USER_ID": event.person_id,
        "DIALOG_ID": event.person_id if private else f"chat{chat.id}",
        "TO_CHAT_ID": chat.id,
        "AUTHOR_ID": event.person_id,
        "SYSTEM": "N",
    }
    if private:
        params["TO_USER_ID"] = await _partner(tx, chat, event.person_id)
    else:
        author = await members.find(tx, chat.id, event.person_id)
        previous_id = await messages.previous_id(tx, chat.id, event.message_id)
        params |= chat_block(chat, previous_id=previous_id, author=author, author_id=event.person_id)
        params["BOT_IN_CHAT"] = {str(one.person_id): one.person_id for one in await members.bots_of(tx, chat.id)}
        params["MESSAGE_ORIGINAL"] = event.text
    params |= {
        "CHAT_USER_COUNT": chat.member_count,
        "MESSAGE_ID": event.message_id,
        "CHAT_TYPE": message_type(chat),
        "LANGUAGE": tx.portal.language,
    }
    return params


async def _partner(tx: Tx, chat: Chat, person_id: int) -> int:
    """The other side of a private dialog; oneself in the notes to oneself."""
    ids = await members.ids_of(tx, chat.id)
    return next((one for one in ids if one != person_id), person_id)
