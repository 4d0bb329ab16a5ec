"""ONIMBOTMESSAGEADD, ONIMBOTMESSAGEUPDATE, ONIMBOTMESSAGEDELETE: messages to bots.

Source: spec ``bitrix24-events.md`` §3 (routing), §5.1–§5.3 (keys); seed "Работа с событиями".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec

from skvorets.core import markup, phrases
from skvorets.core.events import MessageAdded, MessageChanged, MessageDeleted
from skvorets.core.mention_names import mentioned_by
from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.events_params import (
    bot_block,
    entity_block,
    entity_kind_block,
    first_mention,
    flag,
    mention_block,
    message_type,
    user_block,
)
from skvorets.dialects.bitrix24.events_routing import Told, bots_in, deliver, recipients, show_typing, written_once
from skvorets.dialects.bitrix24.views_files import file_facts
from skvorets.storage import bots, chats, files, line_sessions, members, messages, people
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery
from skvorets.storage.members import Member
from skvorets.storage.people import Person

# What the web client is called in PLATFORM_CONTEXT; other clients name themselves.
DEFAULT_PLATFORM = "web"

Heard = Callable[[Member], bool]


class Scene(msgspec.Struct, frozen=True):
    """A message, where it stands and whom it is for."""

    chat: Chat
    author: Person
    bots: list[Bot]


async def plan_added(tx: Tx, event: MessageAdded, clock: Clock) -> list[NewDelivery]:
    """A message was posted."""
    # A new bot hears what was said after it came, not what it could read in the history.
    mentioned = mentioned_by(event.text, event.params)
    scene = await _scene(tx, event, mentioned, lambda member: event.seq > member.joined_seq)
    if scene is None:
        return []
    params = await _params_of_added(tx, event, scene, clock)
    deliveries, addressed = await _deliveries(tx, Told(event="ONIMBOTMESSAGEADD"), event, scene, params)
    await show_typing(tx, scene.chat, addressed)
    return deliveries


async def plan_changed(tx: Tx, event: MessageChanged) -> list[NewDelivery]:
    """A message was changed; in groups the mention counts that the new text has."""
    mentioned = mentioned_by(event.text, event.params)
    scene = await _scene(tx, event, mentioned, _sees(event))
    if scene is None:
        return []
    params = params_of_changed(scene.chat, event, event.text, tx.portal.language)
    if not scene.chat.is_private:
        params |= {
            "MESSAGE": markup.strip_mentions(event.text),
            "MESSAGE_ORIGINAL": event.text,
            "TO_USER_ID": first_mention(mentioned),
            **mention_block(mentioned),
        }
    return (await _deliveries(tx, Told(event="ONIMBOTMESSAGEUPDATE"), event, scene, params))[0]


async def plan_deleted(tx: Tx, event: MessageDeleted, clock: Clock) -> list[NewDelivery]:
    """A message was deleted; nobody is told what it said."""
    scene = await _scene(tx, event, event.mentioned, _sees(event))
    if scene is None:
        return []
    date = clock.local(event.created_at).strftime("%d.%m.%Y %H:%M:%S")
    text = phrases.deleted_message(tx.portal.language, date)
    params = params_of_changed(scene.chat, event, text, tx.portal.language)
    return (await _deliveries(tx, Told(event="ONIMBOTMESSAGEDELETE"), event, scene, params))[0]


def params_of_changed(chat: Chat, event: MessageChanged | MessageDeleted, text: str, language: str) -> dict[str, Any]:
    """``data[PARAMS]`` of a changed or deleted message, as far as they are the same."""
    kind = message_type(chat)
    params: dict[str, Any] = {
        "ID": event.id,
        "CHAT_ID": chat.id,
        "AUTHOR_ID": event.author_id,
        "MESSAGE": text,
        "MESSAGE_TYPE": kind,
        "CHAT_AUTHOR_ID": chat.owner_id,
        **entity_block(chat),
        "CHAT_USER_COUNT": chat.member_count,
        "PLATFORM_CONTEXT": DEFAULT_PLATFORM,
        "FROM_USER_ID": event.author_id,
        "DIALOG_ID": event.author_id if chat.is_private else f"chat{chat.id}",
        "MESSAGE_ID": event.id,
        "CHAT_TYPE": kind,
        "LANGUAGE": language,
    }
    if not chat.is_private:
        params["TO_CHAT_ID"] = chat.id
    return params


def chat_block(chat: Chat, *, previous_id: int, author: Member | None, author_id: int) -> dict[str, Any]:
    """The chat's own fields in ``data[PARAMS]`` of groups.

    CHAT_AVATAR is the id of a file, 0 = none; pictures of chats have no such ids here.
    """
    return {
        "CHAT_ID": chat.id,
        "CHAT_TITLE": chat.title,
        "CHAT_AUTHOR_ID": chat.owner_id,
        "CHAT_TYPE": message_type(chat),
        "CHAT_AVATAR": 0,
        "CHAT_COLOR": chat.color,
        **entity_block(chat),
        "CHAT_EXTRANET": flag(chat.extranet),
        "CHAT_PREV_MESSAGE_ID": previous_id,
        "CHAT_CAN_POST": "MEMBER",
        "RID": author_id,
        "IS_MANAGER": flag(author is not None and (author.manager or chat.owner_id == author_id)),
    }


async def _scene(
    tx: Tx,
    event: MessageAdded | MessageChanged | MessageDeleted,
    mentioned: Collection[int],
    hears: Heard,
) -> Scene | None:
    """Find the bots that an event is for; None when there are none."""
    chat = await chats.find(tx, event.chat_id)
    author = await people.find(tx, event.author_id) if event.author_id else None
    # COMPAT(bitrix24): messages of bots and of the system reach no bot. [source: im]
    if chat is None or author is None or author.is_bot or not event.calls_bots:
        return None
    found = [bot for bot, member in await bots_in(tx, chat) if hears(member) and _is_addressed(bot, chat, mentioned)]
    if chat.kind == "line" and author.kind == "guest" and isinstance(event, MessageAdded):
        found += await _sent_away(tx, event, found)
    return Scene(chat, author, found) if found else None


async def _sent_away(tx: Tx, event: MessageAdded, found: list[Bot]) -> list[Bot]:
    """The bot that left with this message, by which its customer asked for an operator: it is told. [source: im]"""
    bot_id = await line_sessions.bot_until(tx, event.chat_id, event.created_at)
    bot = await bots.find(tx, bot_id) if bot_id else None
    return [] if bot is None or not bot.serves_lines or bot in found else [bot]


def _is_addressed(bot: Bot, chat: Chat, mentioned: Collection[int]) -> bool:
    """Private dialogs and lines: always; supervisors: always; otherwise by mention."""
    return chat.kind in {"private", "line"} or bot.kind == "supervisor" or bot.person_id in mentioned


def _sees(event: MessageChanged | MessageDeleted) -> Heard:
    """A bot hears of changes to what it may read: with the history to everything, else to what came after it. [seed]"""
    return lambda member: event.id >= member.first_id


async def _deliveries(
    tx: Tx,
    told: Told,
    event: MessageAdded | MessageChanged | MessageDeleted,
    scene: Scene,
    params: Mapping[str, Any],
) -> tuple[list[NewDelivery], list[Bot]]:
    """One delivery per address, with all addressed bots of its application; also: the bots that were reached."""
    told = msgspec.structs.replace(told, chat_id=scene.chat.id, causing_id=event.actor_id or event.author_id)
    user = written_once(user_block(scene.author, has_flags=True))
    said = None if scene.chat.is_private else written_once(params)
    new: list[NewDelivery] = []
    reached: dict[int, Bot] = {}
    for recipient in await recipients(tx, told.event, {bot.application_id for bot in scene.bots}):
        own = [bot for bot in scene.bots if bot.application_id == recipient.application.id]
        reached |= {bot.person_id: bot for bot in own}
        own_params = said or {**params, "TO_USER_ID": own[0].person_id}
        data = {"BOT": bot_block(own), "PARAMS": own_params, "USER": user}
        new.append(deliver(told, recipient, data))
    return new, list(reached.values())


async def _params_of_added(tx: Tx, event: MessageAdded, scene: Scene, clock: Clock) -> dict[str, Any]:
    chat, private = scene.chat, scene.chat.is_private
    text = event.text if private else markup.strip_mentions(event.text)
    params: dict[str, Any] = {
        "MESSAGE": text,
        "TEMPLATE_ID": event.client_id or "",
        "MESSAGE_TYPE": message_type(chat),
        "FROM_USER_ID": event.author_id,
        "DIALOG_ID": event.author_id if private else f"chat{chat.id}",
        "TO_CHAT_ID": chat.id,
        "AUTHOR_ID": event.author_id,
        "SYSTEM": "N",
    }
    if private:
        params |= entity_kind_block(chat)
    else:
        author = await members.find(tx, chat.id, event.author_id)
        previous_id = await messages.previous_id(tx, chat.id, event.id)
        params |= chat_block(chat, previous_id=previous_id, author=author, author_id=event.author_id)
    params |= {"COMMAND_CONTEXT": "TEXTAREA", "CHAT_USER_COUNT": chat.member_count}
    mentioned = mentioned_by(event.text, event.params)
    if not private:
        params |= mention_block(mentioned)
    params["PLATFORM_CONTEXT"] = event.platform or DEFAULT_PLATFORM
    if not private:
        params |= {"MESSAGE_ORIGINAL": event.text, "TO_USER_ID": first_mention(mentioned)}
    params |= {"MESSAGE_ID": event.id, "CHAT_TYPE": message_type(chat), "LANGUAGE": tx.portal.language}
    if shown := (event.params or {}).get("FILE_ID"):
        params["PARAMS"] = {"FILE_ID": shown}
        params["FILES"] = await _files_of(tx, event, scene, clock)
    return params


async def _files_of(tx: Tx, event: MessageAdded, scene: Scene, clock: Clock) -> dict[str, Any]:
    """The files of a message by their ids, without addresses: those are made when the event is sent."""
    found = await files.find_many(tx, (event.params or {})["FILE_ID"])
    return {
        str(one.id): file_facts(one, scene.author.name, clock) for one in found.values() if one.chat_id == scene.chat.id
    }
