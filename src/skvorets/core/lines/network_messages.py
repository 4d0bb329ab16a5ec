"""A line writes by itself to a person of this portal, once in a while: greetings after an installation, for example.

What it wrote is shown to its operators when the person answers. Rules: spec ``bitrix24-openlines.md`` §4.3.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from skvorets.core import access, chats
from skvorets.core.messages import NewMessage, post_message
from skvorets.errors import LineNotFoundError, NotAllowedError, TooSoonError
from skvorets.storage import network_lines, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.network_lines import NetworkLine
from skvorets.storage.people import Person

QUOTED: Final = "IMOL_QUOTE_MSG"
"""Param of a message that is quoted when the person answers. [source: imol]"""
_DAY_MS = 24 * 3600 * 1000


class LineWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a line has to say."""

    text: str
    params: dict[str, Any] = {}  # documented message params, checked
    previews_links: bool = True


async def joined_line(tx: Tx, code: str, server: str) -> NetworkLine:
    """Give a line that was joined; without a server it may be anywhere, here first. Raises LineNotFoundError."""
    if server:
        found = await network_lines.by_code(tx, server, code)
    else:
        found = next(iter(await network_lines.with_code(tx, code)), None)
    if found is None or found.gone_at:
        raise LineNotFoundError
    return found


async def require_pause(tx: Tx, line: NetworkLine, person_id: int, days: int) -> None:
    """Refuse when the line wrote to the person within so many days (0 = never). Raises TooSoonError."""
    dialog = await network_lines.dialog_with(tx, line.bot_id, person_id)
    if days and dialog is not None and dialog.told_at and tx.now - dialog.told_at < days * _DAY_MS:
        raise TooSoonError


async def dialog_to_write(tx: Tx, actor: Person, line: NetworkLine, person_id: int) -> tuple[Person, Chat]:
    """Give the line's bot and its dialog with a person whom the actor may write to.

    Raises PersonNotFoundError, NotAllowedError (hidden from the actor, dismissed, no person at all).
    """
    person = await access.person_to_write_to(tx, actor, person_id)
    bot = await people.find(tx, line.bot_id)
    if person.kind != "human" or person.extranet or bot is None or not bot.active:
        raise NotAllowedError
    return bot, (await chats.open_private(tx, bot, person)).chat


async def write(tx: Tx, bot: Person, chat: Chat, words: LineWords) -> Message:
    """Say it in the line's name. Raises EmptyMessageError."""
    message = await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=bot.id,
            actor_id=bot.id,
            text=words.text,
            params={**words.params, QUOTED: "Y"},
            calls_bots=False,
            previews_links=words.previews_links,
        ),
    )
    await network_lines.change_dialog(tx, chat.id, told_at=tx.now, quote_id=message.id)
    return message
