"""Slash commands of bots: registering them, changing them, calling them. Answers: ``core/answers.py``.

    typed in a message ─┐
    button of keyboard ─┼─► CommandCalled event ─► delivery ─► bot ─► answer (member, or within a 10-minute permit)
    item of a menu ─────┘

Rules: spec ``bitrix24-events.md`` §5.5, ``bitrix24-imbot.md`` §5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from skvorets.core import slash
from skvorets.core.colors import RUSSIAN_LANGUAGES
from skvorets.core.events import CommandCall, CommandCalled, record
from skvorets.errors import (
    CommandNotFoundError,
    EmptyCodeError,
    EmptyPhrasesError,
    NotOwnerError,
    TakenError,
    WrongNameError,
)
from skvorets.storage import bots, commands, handlers, members, messages, people
from skvorets.storage.applications import Application
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Binding
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

# How long a bot may answer a common command in a chat where it is not a member, milliseconds. [source: im]
PERMIT_MS = 10 * 60 * 1000
# The application's handler that commands go to.
COMMAND_EVENT = "ONIMCOMMANDADD"
# The client's side of an open line; its visitors have no commands. [source: im]
LIVE_CHAT = "LIVECHAT"
# Latin letters and digits, no spaces [docs]; published bots use the three marks inside of names, too.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")


class Phrase(msgspec.Struct, frozen=True):
    """What is shown of a command in one language."""

    title: str
    params: str = ""  # what is to be typed after the command


class NewCommand(msgspec.Struct, frozen=True, kw_only=True):
    """A command to be registered."""

    command: str  # with or without the slash
    is_common: bool = False
    is_hidden: bool = False
    for_extranet: bool = False
    phrases: Mapping[str, Phrase]  # by language, lower case
    handler_url: str  # checked by the caller; becomes the address of all commands of the application


class CommandChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to become of a command; None = stays as it is."""

    command: str | None = None
    is_common: bool | None = None
    is_hidden: bool | None = None
    for_extranet: bool | None = None
    phrases: Mapping[str, Phrase] | None = None  # replaces all
    handler_url: str = ""  # checked by the caller; empty = stays


class Click(msgspec.Struct, frozen=True, kw_only=True):
    """A click on a button with a command."""

    chat: Chat
    person: Person  # who clicked
    message: Message  # carries the button
    command: Command
    params: str
    context: str  # KEYBOARD or MENU


class _Typed(msgspec.Struct, frozen=True):
    """What was typed, or would have been typed instead of a click."""

    text: str
    context: str  # TEXTAREA, KEYBOARD or MENU
    calls: list[CommandCall]


async def register_command(tx: Tx, bot: Bot, new: NewCommand) -> int:
    """Register a command; its id. A known name of the same bot gives the known id, only the handler is moved.

    Raises EmptyCodeError, WrongNameError, EmptyPhrasesError (a visible command without words).
    """
    name = check_name(new.command)
    known = [one for one in await commands.of_bot(tx, bot.person_id) if one.command == name]
    if not known and not new.phrases and not new.is_hidden:
        raise EmptyPhrasesError
    await handlers.replace(tx, bot.application_id, COMMAND_EVENT, new.handler_url)
    if known:
        return known[0].id
    return await commands.insert(
        tx,
        Command(
            id=0,
            bot_id=bot.person_id,
            application_id=bot.application_id,
            command=name,
            is_common=int(new.is_common),
            is_hidden=int(new.is_hidden),
            for_extranet=int(new.for_extranet),
            phrases=_encode(new.phrases),
            created_at=tx.now,
        ),
    )


async def update_command(tx: Tx, command: Command, change: CommandChange) -> None:
    """Change a command. Raises the refusals of ``register_command``, and TakenError for another command's name."""
    values: dict[str, object] = {
        name: int(value)
        for name in ("is_common", "is_hidden", "for_extranet")
        if (value := getattr(change, name)) is not None
    }
    if change.command is not None:
        name = check_name(change.command)
        if any(one.command == name and one.id != command.id for one in await commands.of_bot(tx, command.bot_id)):
            raise TakenError
        values["command"] = name
    if change.phrases is not None:
        values["phrases"] = _encode(change.phrases)
    if not values.get("is_hidden", command.is_hidden) and values.get("phrases", command.phrases) == _encode({}):
        raise EmptyPhrasesError
    if values:
        await commands.change(tx, command.id, **values)
    if change.handler_url:
        await handlers.replace(tx, command.application_id, COMMAND_EVENT, change.handler_url)


async def unregister_command(tx: Tx, command: Command) -> None:
    """Remove a command; with the last one of the application its handler goes, too."""
    await commands.delete(tx, command.id)
    await forget_handler(tx, command.application_id)


async def forget_handler(tx: Tx, application_id: int) -> None:
    """Remove the handler of commands when the application has none left."""
    if not await commands.has_application_any(tx, application_id):
        await handlers.unbind(tx, Binding(application_id=application_id, event=COMMAND_EVENT))


async def command_of(tx: Tx, application: Application | None, command_id: int) -> Command:
    """The application's command. Raises CommandNotFoundError, NotOwnerError."""
    command = await commands.find(tx, command_id)
    if command is None:
        raise CommandNotFoundError
    if application is None or command.application_id != application.id:
        raise NotOwnerError
    return command


async def command_named(tx: Tx, application: Application | None, name: str, message_id: int) -> Command:
    """The application's command of this name; of several bots' one whose bot is where the message is, then the oldest.

    Raises CommandNotFoundError.
    """
    found = [one for one in await commands.named(tx, name.removeprefix("/")) if _is_of(one, application)]
    if not found:
        raise CommandNotFoundError
    message = await messages.find(tx, message_id) if len(found) > 1 else None
    if message is None:
        return found[0]
    present = await members.present_among(tx, message.chat_id, [one.bot_id for one in found])
    return next((one for one in found if one.bot_id in present), found[0])


def check_name(given: str) -> str:
    """Give a command's name without slash. The same rule for registering and changing.

    Raises EmptyCodeError for nothing, WrongNameError for what cannot be typed or belongs to the client.
    """
    name = given.strip().removeprefix("/")
    if not name:
        raise EmptyCodeError
    if len(name) > slash.MAX_NAME_CHARS or not _NAME.fullmatch(name) or slash.is_built_in(name):
        raise WrongNameError
    return name


def phrase_for(command: Command, language: str) -> Phrase | None:
    """Choose the words for a language: its own, else Russian for BY, UA, KZ and English for others; None = hidden."""
    phrases = command.read_phrases()
    language = language.lower()
    found = phrases.get(language) or phrases.get("ru" if language in RUSSIAN_LANGUAGES else "en")
    return None if found is None else Phrase(**found)


async def call_typed(tx: Tx, chat: Chat, person_id: int, message: Message) -> bool:
    """Call the commands typed in a message; was there any? At most ten, however many bots share a name."""
    typed = slash.find_commands(message.text)
    if not typed or chat.entity_type == LIVE_CHAT:
        return False
    person = await people.find(tx, person_id)
    if person is None or person.is_bot:
        return False
    matching = [
        CommandCall(command_id=command.id, params=params)
        for name, params in typed
        for command in await commands.named(tx, name)
        if await _is_callable(tx, command, chat, person)
    ]
    calls = matching[: slash.MAX_COMMANDS]
    if not calls:
        return False
    for command in (await commands.find_many(tx, [call.command_id for call in calls])).values():
        await _permit(tx, command, chat)
    await _record_call(tx, chat, person, message, _Typed(message.text, "TEXTAREA", calls))
    return True


async def call_button(tx: Tx, click: Click) -> None:
    """Call a command by a click on a keyboard or in a context menu; nothing is published."""
    await _permit(tx, click.command, click.chat)
    text = f"/{click.command.command} {click.params}".rstrip()
    calls = [CommandCall(command_id=click.command.id, params=click.params)]
    await _record_call(tx, click.chat, click.person, click.message, _Typed(text, click.context, calls))


async def _is_callable(tx: Tx, command: Command, chat: Chat, person: Person) -> bool:
    if person.extranet and not command.for_extranet:
        return False
    if chat.kind == "line":
        bot = await bots.find(tx, command.bot_id)
        if bot is None or not bot.serves_lines:
            return False
    if chat.kind == "line" or not command.is_common:
        return await members.find(tx, chat.id, command.bot_id) is not None
    return True


async def _permit(tx: Tx, command: Command, chat: Chat) -> None:
    if await members.find(tx, chat.id, command.bot_id) is None:
        await commands.grant_permit(tx, command.bot_id, chat.id, tx.now + PERMIT_MS)


async def _record_call(tx: Tx, chat: Chat, person: Person, message: Message, typed: _Typed) -> None:
    await record(
        tx,
        CommandCalled(
            chat_id=chat.id,
            person_id=person.id,
            message_id=message.id,
            text=typed.text,
            context=typed.context,
            calls=typed.calls,
        ),
    )


def _is_of(command: Command, application: Application | None) -> bool:
    return application is not None and command.application_id == application.id


def _encode(phrases: Mapping[str, Phrase]) -> str:
    return msgspec.json.encode(dict(phrases)).decode()
