"""Who gets an event: bots of a chat, their applications, and the addresses bound.

Source: spec ``bitrix24-events.md`` §2 (one POST per application and handler, skipped applications, ``?CLIENT_ID=``),
§3.1 and §3.3 (which bot hears what).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from skvorets.core.events import TypingStarted, record
from skvorets.storage import applications, bots, handlers, members
from skvorets.storage.applications import Application
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery
from skvorets.storage.handlers import Handler
from skvorets.storage.members import Member

# COMPAT(bitrix24): owners of what webhooks registered are named "custom" + the CLIENT_ID they gave. [source: im]
_CUSTOM = "custom"

_encoder = msgspec.json.Encoder()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An event that is told to handlers."""

    event: str  # name on the wire
    chat_id: int = 0
    # Whose authority goes along when the handler was not bound with another one; 0 = nobody's.
    causing_id: int = 0


class Recipient(msgspec.Struct, frozen=True):
    """One address of one application."""

    application: Application
    handler: Handler


async def bots_in(tx: Tx, chat: Chat) -> list[tuple[Bot, Member]]:
    """The bots that take part in a chat and hear events there: in lines those that serve lines, elsewhere the others.

    Bots of lines only (type O) hear nothing elsewhere; bots of the network are called in another way.
    """
    seated = await members.bots_of(tx, chat.id)
    known = await bots.find_many(tx, [one.person_id for one in seated])
    found = [(known[one.person_id], one) for one in seated if one.person_id in known]
    return [(bot, member) for bot, member in found if hears_in(bot, chat)]


def hears_in(bot: Bot, chat: Chat) -> bool:
    """Does this kind of bot work in this kind of chat?"""
    if bot.kind == "network":
        return False
    return bool(bot.serves_lines) if chat.kind == "line" else bot.kind != "line"


async def recipients(tx: Tx, event: str, application_ids: Iterable[int]) -> list[Recipient]:
    """The addresses bound to an event by these applications; those that are off or not fully installed are left out."""
    bound = await handlers.for_event(tx, event, application_ids)
    found = await applications.find_many(tx, [one.application_id for one in bound])
    return [
        Recipient(application, handler)
        for handler in bound
        if not handler.is_offline and (application := found.get(handler.application_id)) and is_ready(application)
    ]


def is_ready(application: Application) -> bool:
    """Is the application switched on and completely installed?"""
    return bool(application.active and (application.installed or application.kind == "webhook"))


def own_client_id(application: Application) -> str:
    """The client id as the application itself knows it."""
    if application.kind == "webhook":
        return application.client_id.removeprefix(_CUSTOM)
    return application.client_id


def written_once(data: Mapping[str, Any]) -> msgspec.Raw:
    """Write a part of ``data`` that several deliveries have in common."""
    return msgspec.Raw(_encoder.encode(data))


def deliver(told: Told, recipient: Recipient, data: Mapping[str, Any]) -> NewDelivery:
    """Make the delivery of an event with its documented ``data`` (credentials of bots are put in when it is sent)."""
    application, handler = recipient.application, recipient.handler
    return NewDelivery(
        application_id=application.id,
        handler_id=handler.id,
        url=_address(application, handler.url),
        event=told.event,
        data=_encoder.encode(data).decode(),
        chat_id=told.chat_id,
        auth_person_id=handler.auth_person_id or told.causing_id,
        policy=application.delivery,
        bound_at=handler.created_at,
    )


async def show_typing(tx: Tx, chat: Chat, typing: Iterable[Bot]) -> None:
    """Show that ordinary bots are about to answer: the server does it for them, outside lines (§3.4)."""
    if chat.kind == "line":
        return
    for bot in typing:
        if bot.kind in {"ordinary", "human"}:
            await record(tx, TypingStarted(chat_id=chat.id, actor_id=bot.person_id))


def _address(application: Application, url: str) -> str:
    """COMPAT(bitrix24): one script may serve the bots of several webhooks, told apart by the query. [source: im]"""
    if application.kind != "webhook":
        return url
    address, mark, fragment = url.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}CLIENT_ID={quote(own_client_id(application), safe='')}{mark}{fragment}"
