"""Pieces of ``data`` that several events share: the author, the chat, the bots.

Source: spec ``bitrix24-events.md`` §5.1 (keys and their order), §3.2 (mentions).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skvorets.dialects.bitrix24.views_chats import MESSAGE_TYPES
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.people import Person

_LINES = "LINES"


def flag(value: object) -> str:
    """Write a flag as ``Y`` or ``N``."""
    return "Y" if value else "N"


def message_type(chat: Chat) -> str:
    """The code of the chat's kind; COMPAT(bitrix24): what is unknown is an ordinary group."""
    return MESSAGE_TYPES.get(chat.kind, "C")


def bot_block(bots: Iterable[Bot]) -> dict[str, Any]:
    """``data[BOT]``: the bots that are addressed."""
    return {str(bot.person_id): {"BOT_ID": bot.person_id, "BOT_CODE": bot.code} for bot in bots}


def user_block(person: Person | None, *, has_flags: bool) -> dict[str, Any]:
    """``data[USER]``; empty when nobody did it, and the form then has no such key."""
    if person is None:
        return {}
    block: dict[str, Any] = {
        "ID": person.id,
        "NAME": person.name,
        "FIRST_NAME": person.first_name,
        "LAST_NAME": person.last_name,
        "WORK_POSITION": person.work_position,
        "GENDER": "F" if person.gender == "F" else "M",
    }
    if has_flags:
        block |= {
            "IS_BOT": flag(person.is_bot),
            "IS_CONNECTOR": flag(person.kind == "guest"),
            "IS_NETWORK": flag(person.kind == "network"),
            "IS_EXTRANET": flag(person.extranet),
        }
    return block


def entity_kind_block(chat: Chat) -> dict[str, Any]:
    """What a chat was made for, as every event says it, also in private dialogs: bots of lines ask it first. [seed]"""
    return {"CHAT_ENTITY_TYPE": entity_type(chat), "CHAT_ENTITY_ID": chat.entity_id}


def entity_block(chat: Chat) -> dict[str, Any]:
    """What a chat was made for, with all that was kept beside."""
    return {
        **entity_kind_block(chat),
        "CHAT_ENTITY_DATA_1": chat.entity_data_1,
        "CHAT_ENTITY_DATA_2": chat.entity_data_2,
        "CHAT_ENTITY_DATA_3": chat.entity_data_3,
    }


def entity_type(chat: Chat) -> str:
    """The entity's type; ``LINES`` for every chat of an open line, and for no other: bots of lines go by it."""
    if chat.kind == "line":
        return _LINES
    return "" if chat.entity_type == _LINES else chat.entity_type


def mention_block(mentioned: Iterable[int]) -> dict[str, Any]:
    """``MENTIONED_LIST`` of these people, each id under itself; nothing when nobody is mentioned."""
    block = {str(one): one for one in mentioned}
    return {"MENTIONED_LIST": block} if block else {}


def first_mention(mentioned: Iterable[int]) -> int:
    """Whom a message is addressed to; 0 = everybody."""
    return next(iter(mentioned), 0)
