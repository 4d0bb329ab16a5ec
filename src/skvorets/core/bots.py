"""Bots: people of the kind "bot" that belong to an application and cannot log in.

    register ──► person + row ──► addresses of its events bound ──► "A added the chat bot" in the general chat
    delete   ──► commands, chat apps, memberships, private dialogs go ──► person inactive ──► BotDeleted to the handler

One address per event and application: a later registration moves the earlier ones.
Rules: spec ``bitrix24-imbot.md`` §1, §2.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core import commands, members, phrases
from skvorets.core import people as directory
from skvorets.core.access import Seat
from skvorets.core.events import BotDeleted, BotRegistered, MembersLeft, record
from skvorets.core.messages import post_system_message
from skvorets.core.people import NewPerson
from skvorets.errors import (
    BotNotFoundError,
    EmptyCodeError,
    EmptyNameError,
    NotOwnerError,
    TakenError,
    TooManyBotsError,
    WrongNameError,
)
from skvorets.storage import bots, chat_apps, handlers, people
from skvorets.storage import commands as command_rows
from skvorets.storage import members as member_rows
from skvorets.storage.applications import Application
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Binding
from skvorets.storage.people import Person

# Characters of a bot's code.
MAX_CODE = 255
# The events of bots by the field of ``BotHandlers`` that holds their address.
EVENTS: Mapping[str, str] = {
    "message_added": "ONIMBOTMESSAGEADD",
    "message_changed": "ONIMBOTMESSAGEUPDATE",
    "message_deleted": "ONIMBOTMESSAGEDELETE",
    "joined": "ONIMBOTJOINCHAT",
    "deleted": "ONIMBOTDELETE",
}
_CHANGES = ("message_changed", "message_deleted")


class BotHandlers(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses of a bot's events, checked by the caller; empty = leave as it is."""

    message_added: str = ""
    message_changed: str = ""
    message_deleted: str = ""
    joined: str = ""
    deleted: str = ""


class NewBot(msgspec.Struct, frozen=True, kw_only=True):
    """A bot to be registered."""

    code: str  # unique within the application
    kind: str = "ordinary"  # ordinary, human, line, supervisor, network
    serves_lines: bool = False  # takes part in open lines; always so for the kind "line"
    person: NewPerson  # how it looks
    handlers: BotHandlers


class BotChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to become of a bot; its kind cannot change."""

    code: str | None = None
    looks: Mapping[str, str] = {}  # columns of ``people``
    handlers: BotHandlers = BotHandlers()


async def register_bot(tx: Tx, actor: Person, application: Application, new: NewBot) -> Bot:
    """Register a bot. A known code of the same application gives the known bot; only its addresses are bound anew.

    Raises EmptyCodeError, WrongNameError, TooManyBotsError, EmptyNameError, TakenError (e-mail of a real person).
    """
    code = _check_code(new.code)
    known = await bots.find_by_code(tx, application.id, code)
    if known is not None:
        await _bind(tx, application.id, new.handlers, wants_changes=_wants_changes(known))
        return known
    if len(await bots.of_application(tx, application.id)) >= tx.portal.bots_per_application:
        raise TooManyBotsError
    if not f"{new.person.first_name}{new.person.last_name}".strip():
        raise EmptyNameError
    await _check_email(tx, new.person.email)
    looks = msgspec.structs.replace(
        new.person,
        kind="bot",
        work_position=new.person.work_position or phrases.bot_position(tx.portal.language),
    )
    person = await directory.add_person(tx, looks)
    serves_lines = int(new.serves_lines or new.kind == "line")
    bot = Bot(person.id, application.id, code, new.kind, serves_lines, tx.now)
    await bots.insert(tx, bot)
    await _bind(tx, application.id, new.handlers, wants_changes=_wants_changes(bot))
    if bot.kind != "line":
        general = await directory.general_chat(tx)
        await post_system_message(tx, general, actor.id, phrases.bot_added(tx.portal.language, actor, person))
    await record(tx, BotRegistered(bot_id=bot.person_id, application_id=application.id))
    return bot


async def update_bot(tx: Tx, bot: Bot, change: BotChange) -> None:
    """Change a bot. Raises EmptyCodeError, WrongNameError, EmptyNameError, TakenError (code or e-mail)."""
    person = await people.find(tx, bot.person_id)
    if person is None:
        raise BotNotFoundError
    looks = dict(change.looks)
    if not f"{looks.get('first_name', person.first_name)}{looks.get('last_name', person.last_name)}".strip():
        raise EmptyNameError
    await _check_email(tx, looks.get("email", ""))
    if change.code is not None and (code := _check_code(change.code)) != bot.code:
        if await bots.find_by_code(tx, bot.application_id, code) is not None:
            raise TakenError
        await bots.change_code(tx, bot.person_id, code)
    await _bind(tx, bot.application_id, change.handlers, wants_changes=True)
    if looks:
        await directory.change_person(tx, bot.person_id, **looks)


async def delete_bot(tx: Tx, actor: Person, bot: Bot) -> None:
    """Remove a bot: its private dialogs are lost, it leaves its groups and stays only as the author of old messages."""
    person = await people.find(tx, bot.person_id)
    if person is None:
        raise BotNotFoundError
    bound = await handlers.for_event(tx, EVENTS["deleted"], [bot.application_id])
    await command_rows.delete_of_bot(tx, bot.person_id)
    await commands.forget_handler(tx, bot.application_id)
    await chat_apps.delete_of_bot(tx, bot.person_id)
    taken = await member_rows.chats_of(tx, bot.person_id)
    await _end_private_dialogs(tx, bot, [chat for chat, _ in taken if chat.is_private])
    for chat, member in taken:
        if not chat.is_private:
            await members.leave_chat(tx, person, Seat(chat, member))
    await bots.delete(tx, bot.person_id)
    await directory.change_person(tx, bot.person_id, active=0)
    if not await bots.of_application(tx, bot.application_id):
        for event in EVENTS.values():
            await handlers.unbind(tx, Binding(application_id=bot.application_id, event=event))
    await record(
        tx,
        BotDeleted(
            bot_id=bot.person_id,
            bot_code=bot.code,
            application_id=bot.application_id,
            actor_id=actor.id,
            handler_id=bound[0].id if bound else 0,
            handler_url=bound[0].url if bound else "",
        ),
    )


async def bot_of(tx: Tx, application: Application | None, bot_id: int = 0) -> tuple[Bot, Person]:
    """The application's bot with this id, or its first one when the id is 0.

    ``application`` is None for the owner of nothing yet. Raises BotNotFoundError, NotOwnerError.
    """
    if bot_id:
        bot = await bots.find(tx, bot_id)
        if bot is not None and (application is None or bot.application_id != application.id):
            raise NotOwnerError
    else:
        bot = next(iter(await bots.of_application(tx, application.id)), None) if application is not None else None
    person = await people.find(tx, bot.person_id) if bot is not None else None
    if bot is None or person is None:
        raise BotNotFoundError
    return bot, person


async def _end_private_dialogs(tx: Tx, bot: Bot, dialogs: list[Chat]) -> None:
    """Remove both sides, so that the dialogs vanish from the recent lists; nobody can read them afterwards."""
    for chat_id, ids in (await member_rows.remove_all(tx, [chat.id for chat in dialogs])).items():
        await record(tx, MembersLeft(chat_id=chat_id, person_ids=ids, actor_id=bot.person_id))


async def _bind(tx: Tx, application_id: int, addresses: BotHandlers, *, wants_changes: bool) -> None:
    for field, event in EVENTS.items():
        url: str = getattr(addresses, field)
        if url and (wants_changes or field not in _CHANGES):
            await handlers.replace(tx, application_id, event, url)


def _wants_changes(bot: Bot) -> bool:
    """Are changes and deletions of messages bound at registration? Others ask for them later by updating. [seed]"""
    return bot.kind in {"supervisor", "line"} or bool(bot.serves_lines)


def _check_code(code: str) -> str:
    code = code.strip()
    if not code:
        raise EmptyCodeError
    if len(code) > MAX_CODE:
        raise WrongNameError
    return code


async def _check_email(tx: Tx, email: str) -> None:
    if email and await people.has_human_email(tx, email):
        raise TakenError
