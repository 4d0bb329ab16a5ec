"""ONOPENLINEMESSAGEADD, …UPDATE, …DELETE, ONSESSIONSTART, ONSESSIONFINISH: what happens in open lines.

They go to every application with the scope ``imopenlines`` that has bound them: there are no connectors of others here,
so nobody has events of his own. Messages are those that the customer sees, too: whispers and lines of the system, which
are for operators, are nobody else's. Source: spec ``bitrix24-events.md`` §5.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from skvorets.core import line_hooks, offline_events
from skvorets.core.events import MessageAdded, MessageChanged, MessageDeleted
from skvorets.core.events_lines import LineSessionChanged
from skvorets.core.lines.settings import settings_of
from skvorets.core.lines.speaking import AUTOMATIC_CLASS
from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.events_params import flag
from skvorets.dialects.bitrix24.events_routing import Recipient, Told, deliver, is_ready, recipients
from skvorets.storage import applications, files, handlers, line_clients, line_sessions, lines
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery
from skvorets.storage.line_clients import LineClient

SCOPE: Final = "imopenlines"
MESSAGE_EVENTS = ("ONOPENLINEMESSAGEADD", "ONOPENLINEMESSAGEUPDATE", "ONOPENLINEMESSAGEDELETE")
SESSION_EVENTS: Mapping[str, str] = {
    "started": "ONSESSIONSTART",
    "closed": "ONSESSIONFINISH",
    "spam": "ONSESSIONFINISH",
}
# As the encoder of the log writes the changes that are told.
_TOLD_CHANGES = tuple(f'"change":"{change}"' for change in SESSION_EVENTS)
_MINUTE_S = 60


def is_of_interest(data: str) -> bool:
    """Is this change of a conversation (JSON of the event) one that is told?"""
    return any(change in data for change in _TOLD_CHANGES)


async def is_anybody_told(tx: Tx) -> bool:
    """Has anybody bound events of messages in open lines?"""
    return await handlers.is_any_bound(tx, MESSAGE_EVENTS)


async def plan_added(tx: Tx, event: MessageAdded, clock: Clock) -> list[NewDelivery]:
    """A message was posted which the customer sees, or wrote."""
    params = event.params or {}
    client = await line_clients.of_chat(tx, event.chat_id)
    is_automatic = params.get("CLASS") == AUTOMATIC_CLASS
    if client is None or line_hooks.is_hidden(params) or not (event.author_id or is_automatic):
        return []
    shown = await files.find_many(tx, params.get("FILE_ID", ()))
    message = {
        "id": event.id,
        "date": clock.atom(event.created_at),
        "text": event.text,
        "files": [{"id": one.id, "name": one.name, "size": one.size, "type": one.media_type} for one in shown.values()],
        "attach": params.get("ATTACH", []),
        "system": flag(is_automatic),
        "user_id": event.author_id,
    }
    data = {
        "connector": await _connector(tx, client),
        "chat": {"id": event.chat_id},
        "message": message,
        "extra": {"EXTRA_URL": client.page_url},
    }
    return await _tell(tx, "ONOPENLINEMESSAGEADD", event.chat_id, event.actor_id or event.author_id, {"DATA": [data]})


async def plan_changed(tx: Tx, event: MessageChanged) -> list[NewDelivery]:
    """A message was changed which the customer sees."""
    return await _plan_other(tx, "ONOPENLINEMESSAGEUPDATE", event)


async def plan_deleted(tx: Tx, event: MessageDeleted) -> list[NewDelivery]:
    """A message was deleted which the customer saw."""
    return await _plan_other(tx, "ONOPENLINEMESSAGEDELETE", event)


async def plan_session(tx: Tx, event: LineSessionChanged) -> list[NewDelivery]:
    """A conversation began, or is over."""
    session = await line_sessions.find(tx, event.session_id)
    client = await line_clients.find(tx, event.client_id)
    line = await lines.find(tx, event.line_id)
    name = SESSION_EVENTS.get(event.change)
    if name is None or session is None or client is None or line is None:
        return []
    shown = {
        "id": session.id,
        "closed": flag(event.change != "started"),
        "parent_id": await line_sessions.previous_id(tx, session),
        "close_term": settings_of(line).auto_close_s // _MINUTE_S,
    }
    data = {
        "connector": await _connector(tx, client),
        "session": shown,
        "chat": {"id": event.chat_id},
        "user": {"id": client.person_id},
    }
    return await _tell(tx, name, event.chat_id, event.actor_id, {"DATA": [data]})


async def _plan_other(tx: Tx, name: str, event: MessageChanged | MessageDeleted) -> list[NewDelivery]:
    client = await line_clients.of_chat(tx, event.chat_id)
    if client is None or not await line_clients.client_message_of(tx, event.id):
        return []
    connector = await _connector(tx, client)
    about = {
        "im": {"chat_id": event.chat_id, "message_id": event.id},
        "message": {"id": event.id},
        "chat": {"id": connector["chat_id"]},
    }
    data = {"CONNECTOR": connector["connector_id"], "LINE": connector["line_id"], "DATA": [about]}
    return await _tell(tx, name, event.chat_id, event.actor_id, data)


async def _connector(tx: Tx, client: LineClient) -> dict[str, Any]:
    """Say where a customer writes from, as his USER_CODE does, and which line serves him now."""
    session = await line_sessions.find(tx, client.session_id) if client.session_id else None
    return {
        "connector_id": client.connector,
        "line_id": client.line_id if session is None else session.line_id,
        "chat_id": client.client_chat_id or client.id,
        "user_id": client.person_id,
    }


async def _tell(tx: Tx, name: str, chat_id: int, causing_id: int, data: Mapping[str, Any]) -> list[NewDelivery]:
    """Tell everybody who has bound the event, also those who fetch theirs."""
    bound = await handlers.for_event(tx, name)
    known = await applications.find_many(tx, [one.application_id for one in bound])
    told = Told(event=name, chat_id=chat_id, causing_id=causing_id)
    new: list[NewDelivery] = []
    fetching: dict[int, None] = {}
    for handler in bound:
        application = known.get(handler.application_id)
        if application is None or not is_ready(application) or SCOPE not in application.scope_set:
            continue
        if handler.is_offline:
            await offline_events.store(tx, application.id, name, data, handler.connector)
            fetching[application.id] = None
        else:
            new.append(deliver(told, Recipient(application, handler), data))
    news = Told(event="ONOFFLINEEVENT", causing_id=causing_id)
    return [*new, *[deliver(news, one, {}) for one in await recipients(tx, news.event, fetching)]]
