"""What an event of the log is to a browser without an open page: to whom it goes, and what is shown.

Told are messages of people and bots in chats that the reader has not silenced, and notifications; nothing to the
author, to who has a page open (unless he says that he is away), who is not to be disturbed, or wants no notifications.
A mention or a like is told by its message or not at all: its notification would be the second of two.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

import msgspec

from skvorets.core import markup, message_notices, phrases_web_push
from skvorets.core.events import MessageAdded, read_event
from skvorets.core.events_notifications import NotificationAdded
from skvorets.core.mention_names import mentioned_by
from skvorets.storage import chats, people, person_settings, web_push
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.event_log import StoredEvent
from skvorets.storage.people import Person
from skvorets.storage.person_settings import PersonSettings
from skvorets.storage.web_push import Reached, Subscription

KINDS: Final = frozenset({MessageAdded.kind, NotificationAdded.kind})
"""Kinds of events that may be told."""
MAX_TITLE: Final = 100
MAX_BODY: Final = 300
"""Characters; systems show some hundred. In UTF-8 and JSON this stays below 3 kB."""
_NOT_DISTURBED = "dnd"
_TOLD_BY_MESSAGES = frozenset({message_notices.MENTION, message_notices.LIKE})
_USUAL = PersonSettings()
_ICON = "/client/icons/app-192.png"


class Words(msgspec.Struct, frozen=True):
    """What the service worker shows; see client/sw.js."""

    title: str
    body: str
    icon: str  # path or address of a picture
    url: str  # path of the page that opens
    tag: str  # a later one with the same tag takes the place of an earlier one


class News(msgspec.Struct, frozen=True):
    """Something for one browser."""

    subscription: Subscription
    words: Words
    topic: str  # at the push service a later one takes the place of an earlier one; empty = does not
    is_urgent: bool


async def news_of(tx: Tx, stored: StoredEvent, here: Container[int]) -> list[News]:
    """Say who is to be told what of an event; ``here`` are people with an open page. Four queries at most."""
    event = read_event(stored)
    if isinstance(event, MessageAdded) and event.author_id and (event.params or {}).get("NOTIFY") != "N":
        return await _of_message(tx, event, here)
    if isinstance(event, NotificationAdded) and not (
        event.module == message_notices.MODULE and event.event in _TOLD_BY_MESSAGES
    ):
        return await _of_notification(tx, event, here)
    return []


async def _of_message(tx: Tx, event: MessageAdded, here: Container[int]) -> list[News]:
    found = await web_push.reached_in(tx, event.chat_id, event.id)
    reached = [one for one in found if one.subscription.person_id != event.author_id and _may_be_told(one, here)]
    chat = await chats.find(tx, event.chat_id) if reached else None
    author = await people.find(tx, event.author_id) if reached else None
    if chat is None or author is None:
        return []
    settings = await person_settings.of_people(tx, (one.subscription.person_id for one in reached))
    mentioned = set(mentioned_by(event.text, event.params))
    news = []
    for one in reached:
        person_id = one.subscription.person_id
        wanted = settings.get(person_id, _USUAL)
        is_meant = chat.is_private or person_id in mentioned
        if wanted.notifications == "all" or (wanted.notifications == "mentions" and is_meant):
            words = _words_of_message(event, chat, author, one.language or tx.portal.language, wanted)
            news.append(News(one.subscription, words, f"chat-{chat.id}", is_urgent=is_meant))
    return news


async def _of_notification(tx: Tx, event: NotificationAdded, here: Container[int]) -> list[News]:
    found = await web_push.reached_of(tx, [event.person_id])
    reached = [one for one in found if _may_be_told(one, here)]
    settings = (
        (await person_settings.of_people(tx, [event.person_id])).get(event.person_id, _USUAL) if reached else None
    )
    if settings is None or settings.notifications == "none":
        return []
    author = await people.find(tx, event.author_id) if event.author_id else None
    return [
        News(
            one.subscription,
            _words_of_notification(event, author, one.language or tx.portal.language, settings),
            "",
            is_urgent=False,
        )
        for one in reached
    ]


def _may_be_told(one: Reached, here: Container[int]) -> bool:
    is_looking = one.subscription.person_id in here and not one.is_idle
    return not (one.is_muted or is_looking or one.status == _NOT_DISTURBED)


def _words_of_message(event: MessageAdded, chat: Chat, author: Person, language: str, wanted: PersonSettings) -> Words:
    shown = _shown_text(event, language) if wanted.shows_preview else phrases_web_push.new_message(language)
    picture = author.avatar if chat.is_private else chat.avatar or author.avatar
    return Words(
        title=_cut(author.name if chat.is_private else chat.title, MAX_TITLE),
        body=_cut(shown if chat.is_private else phrases_web_push.by(author.name, shown), MAX_BODY),
        icon=_icon(picture),
        url=f"/im/chat{chat.id}",
        tag=f"chat{chat.id}",
    )


def _shown_text(event: MessageAdded, language: str) -> str:
    text = markup.plain_text(event.text)
    if text:
        return text
    has_file = bool(event.params and event.params.get("FILE_ID"))
    return phrases_web_push.file(language) if has_file else phrases_web_push.attached(language)


def _words_of_notification(
    event: NotificationAdded, author: Person | None, language: str, wanted: PersonSettings
) -> Words:
    kind = phrases_web_push.new_notification(language)
    title = event.title or (author.name if author else "") or kind
    return Words(
        title=_cut(title, MAX_TITLE),
        body=_cut(markup.plain_text(event.text), MAX_BODY) if wanted.shows_preview else kind,
        icon=_icon(author.avatar if author else ""),
        url="/?panel=notifications",
        tag=f"notice{event.id}",
    )


def _icon(avatar: str) -> str:
    return f"/files/avatar/{avatar}" if avatar else _ICON


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
