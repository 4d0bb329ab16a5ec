"""What bots say: into dialogs, between two people, and in answer to slash commands.

                       bot is a member ──► its own message
    answer to command ─┤
                       absent ──► permit runs: a line of the system, headed with the bot and the command
                                  permit ran out: nothing, and no refusal
                                  never had one: NotAllowedError

Messages of bots call no bots and run no commands. Rules: spec ``bitrix24-imbot.md`` §4, §5.3.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from skvorets.core import access, chats, phrases
from skvorets.core.access import Dialog
from skvorets.core.messages import SYSTEM_CLASS, NewMessage, post_message
from skvorets.errors import EmptyMessageError, NotAllowedError, NotFoundError, NotMemberError, PersonNotFoundError
from skvorets.storage import chats as chat_rows
from skvorets.storage import commands, members, messages, people
from skvorets.storage.chats import Chat
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What a bot has to say."""

    text: str  # required also beside an attachment
    params: dict[str, Any] = {}  # documented message params, checked
    is_system: bool = False  # to be shown as a line of the system
    previews_links: bool = True  # may links be shown as cards?
    skips_connector: bool = False  # is it kept from the client of an open line?


async def chat_to_speak(tx: Tx, bot: Person, dialog: Dialog) -> Chat:
    """Give the conversation if the bot may write there; a private dialog is opened when it is the first.

    In chats it must be a member (also in open ones, which people join by writing) or hold a permit of a command.
    Raises NotFoundError, NotAllowedError.
    """
    if dialog.person_id:
        return (await chats.seat_to_write(tx, bot, dialog)).chat
    found = await members.chat_and_member(tx, dialog.chat_id, bot.id)
    if found is None:
        raise NotMemberError
    chat, member = found
    if member is None and not await commands.has_permit(tx, bot.id, chat.id):
        raise NotMemberError
    return chat


async def say(tx: Tx, bot: Person, chat: Chat, words: Words) -> Message:
    """Post a message of the bot into a chat that ``chat_to_speak`` gave. Raises EmptyMessageError."""
    text = _required(words)
    params, author_id = words.params, bot.id
    if words.is_system:
        params = {"CLASS": SYSTEM_CLASS, **params}
        if not chat.is_private:
            text, author_id = f"{bot.name}:\n{text}", 0
    return await _post(tx, chat, author_id, bot, replace(words, text=text, params=params))


async def chat_between(tx: Tx, pair: tuple[int, int]) -> tuple[Chat, Person]:
    """Give the private dialog of two people and the first of them, in whose name a bot may put a notice there.

    Raises PersonNotFoundError, NotAllowedError (dismissed, or hidden from an extranet user).
    """
    author = await people.find(tx, pair[0])
    if author is None or author.kind != "human":
        raise PersonNotFoundError
    if not author.active:
        raise NotAllowedError
    return (await chats.seat_to_write(tx, author, Dialog(person_id=pair[1]))).chat, author


async def say_between(tx: Tx, bot: Person, author: Person, chat: Chat, words: Words) -> Message:
    """Post the author's line of the system that names the bot. Raises EmptyMessageError."""
    text = f"{phrases.message_from_bot(tx.portal.language, bot)}\n{_required(words)}"
    line = replace(words, text=text, params={"CLASS": SYSTEM_CLASS, **words.params})
    return await _post(tx, chat, author.id, author, line)


async def chat_to_answer(tx: Tx, bot: Person, message_id: int) -> Chat | None:
    """Give the chat of the message that called a command; None when the permit to answer there ran out.

    Raises NotAllowedError where the bot may not answer and never might; unknown messages look the same.
    """
    try:
        message, seat = await access.message_to_read(tx, bot, message_id)
    except NotFoundError:
        return await _permitted_chat(tx, bot, message_id)
    return seat.chat if seat.member is not None else await _permitted_chat(tx, bot, message.id)


async def answer_command(tx: Tx, bot: Person, command: Command, chat: Chat, words: Words) -> Message:
    """Post an answer to a command into a chat that ``chat_to_answer`` gave. Raises EmptyMessageError."""
    if await members.find(tx, chat.id, bot.id) is not None:
        return await say(tx, bot, chat, words)
    heading = phrases.command_answer(tx.portal.language, bot, command.command)
    params = {"CLASS": SYSTEM_CLASS, **words.params}
    return await _post(tx, chat, 0, bot, replace(words, text=f"{heading}\n{_required(words)}", params=params))


async def _permitted_chat(tx: Tx, bot: Person, message_id: int) -> Chat | None:
    message = await messages.find(tx, message_id)
    until = await commands.permit_until(tx, bot.id, message.chat_id) if message is not None else 0
    if message is None or not until:
        raise NotAllowedError
    return await chat_rows.find(tx, message.chat_id) if until >= tx.now else None


def _required(words: Words) -> str:
    text = words.text.strip()
    if not text:
        raise EmptyMessageError
    return text


async def _post(tx: Tx, chat: Chat, author_id: int, actor: Person, words: Words) -> Message:
    return await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=author_id,
            actor_id=actor.id,
            text=words.text,
            params=words.params,
            calls_bots=False,
            previews_links=words.previews_links,
            skips_connector=words.skips_connector,
        ),
    )
