"""Slash commands offered while a person types. Rules: spec ``bitrix24-events.md`` §5.5; see also ``commands.py``."""

from __future__ import annotations

from typing import NamedTuple

from skvorets.core.commands import LIVE_CHAT, phrase_for
from skvorets.storage import commands
from skvorets.storage.chats import Chat
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class Suggestion(NamedTuple):
    """A command with its words in one language."""

    command: Command
    title: str
    params: str  # what is to be typed after it


async def suggested_in(tx: Tx, person: Person, chat: Chat, language: str) -> list[Suggestion]:
    """Give the commands that the person could call in the chat, by name: one query.

    Hidden ones, and those without words for the language, are called by who knows them.
    """
    if chat.entity_type == LIVE_CHAT or person.is_bot:
        return []
    found = []
    for one in await commands.usable_in(tx, chat.id, of_line=chat.kind == "line"):
        phrase = None if person.extranet and not one.for_extranet else phrase_for(one, language)
        if phrase is not None:
            found.append(Suggestion(one, phrase.title, phrase.params))
    return found
