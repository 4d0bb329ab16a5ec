"""ONIMBOTJOINCHAT: a bot came into a chat, or its private dialog with somebody was created.

COMPAT(bitrix24): the seed's overview calls it ONIMJOINCHAT; on the wire it is ONIMBOTJOINCHAT.
Source: spec ``bitrix24-events.md`` §5.4; seed "Работа с событиями".
"""

from __future__ import annotations

from typing import Any

from skvorets.core.events import MembersJoined
from skvorets.dialects.bitrix24.events_params import bot_block, entity_kind_block, message_type, user_block
from skvorets.dialects.bitrix24.events_routing import Told, bots_in, deliver, recipients, show_typing
from skvorets.storage import chats, members, people
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery

EVENT = "ONIMBOTJOINCHAT"


async def plan_joined(tx: Tx, event: MembersJoined) -> list[NewDelivery]:
    """Tell each bot that came; in a group not the one that brought itself."""
    chat = await chats.find(tx, event.chat_id)
    if chat is None:
        return []
    came = set(event.bot_ids) if chat.is_private else set(event.bot_ids) - {event.actor_id}
    present = [bot for bot, _ in await bots_in(tx, chat) if bot.person_id in came]
    new: list[NewDelivery] = []
    for bot in present:
        new += await _tell(tx, event, chat, bot)
    return new


async def _tell(tx: Tx, event: MembersJoined, chat: Chat, bot: Bot) -> list[NewDelivery]:
    found = await recipients(tx, EVENT, [bot.application_id])
    if not found:
        return []
    user_id = await _partner(tx, chat, bot) if chat.is_private else event.actor_id
    person = await people.find(tx, user_id) if user_id else None
    params = _private(event, chat, bot, user_id) if chat.is_private else _group(event, chat, bot)
    params["LANGUAGE"] = tx.portal.language
    data = {"BOT": bot_block([bot]), "PARAMS": params, "USER": user_block(person, has_flags=False)}
    told = Told(event=EVENT, chat_id=chat.id, causing_id=user_id)
    await show_typing(tx, chat, [bot])
    return [deliver(told, recipient, data) for recipient in found]


def _private(event: MembersJoined, chat: Chat, bot: Bot, user_id: int) -> dict[str, Any]:
    """COMPAT(bitrix24): USER_ID is the person also when the bot wrote first; FROM says which side began."""
    from_id, to_id = (bot.person_id, user_id) if event.actor_id == bot.person_id else (user_id, bot.person_id)
    return {
        "CHAT_TYPE": "P",
        "MESSAGE_TYPE": "P",
        "BOT_ID": bot.person_id,
        "USER_ID": user_id,
        "TO_USER_ID": to_id,
        "FROM_USER_ID": from_id,
        **entity_kind_block(chat),
        "DIALOG_ID": user_id,
    }


def _group(event: MembersJoined, chat: Chat, bot: Bot) -> dict[str, Any]:
    kind = message_type(chat)
    return {
        "CHAT_TYPE": kind,
        "MESSAGE_TYPE": kind,
        "BOT_ID": bot.person_id,
        "USER_ID": event.actor_id,
        "CHAT_ID": chat.id,
        "CHAT_AUTHOR_ID": chat.owner_id,
        **entity_kind_block(chat),
        "ACCESS_HISTORY": event.shows_history,
        "DIALOG_ID": f"chat{chat.id}",
    }


async def _partner(tx: Tx, chat: Chat, bot: Bot) -> int:
    """The other side of a bot's private dialog."""
    ids = await members.ids_of(tx, chat.id)
    return next((one for one in ids if one != bot.person_id), 0)
