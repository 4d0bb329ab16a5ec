"""ONAPPINSTALL, ONAPPUPDATE, ONAPPUNINSTALL, ONAPPTEST: the life of an application.

Source: spec ``bitrix24-events.md`` §5.7, ``bitrix24-transport.md`` §11.1; seed "Работа с событиями".
"""

from __future__ import annotations

from typing import Any

from skvorets.core import offline_events
from skvorets.core.events import ApplicationChanged
from skvorets.dialects.bitrix24.events_params import flag
from skvorets.dialects.bitrix24.events_routing import Recipient, Told, deliver, is_ready, recipients
from skvorets.storage import applications, handlers
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery
from skvorets.storage.handlers import Handler

EVENTS = {
    "installed": "ONAPPINSTALL",
    "updated": "ONAPPUPDATE",
    "uninstalled": "ONAPPUNINSTALL",
    "tested": "ONAPPTEST",
}


async def plan_changed(tx: Tx, event: ApplicationChanged) -> list[NewDelivery]:
    """Tell the addresses that the event carries, and those that are bound now."""
    name = EVENTS.get(event.change)
    application = await applications.find(tx, event.application_id)
    if name is None or application is None:
        return []
    told = Told(event=name, causing_id=event.actor_id)
    data = _data(event, application, tx.portal.language)
    found: dict[tuple[str, int], Recipient] = {}
    for handler_id, url in event.targets:
        found[url, 0] = Recipient(application, Handler(handler_id, application.id, name, url))
    for one in await recipients(tx, name, [application.id]):
        known = found.get((one.handler.url, 0))
        if known is None or known.handler.id == one.handler.id or one.handler.auth_person_id:
            if known is not None and known.handler.id == one.handler.id:
                del found[one.handler.url, 0]
            found[one.handler.url, one.handler.auth_person_id] = one
    new = [deliver(told, recipient, data) for recipient in found.values()]
    if is_ready(application) and await keep_offline(tx, name, application, data):
        told = Told(event="ONOFFLINEEVENT", causing_id=event.actor_id)
        new += [deliver(told, one, {}) for one in await recipients(tx, told.event, [application.id])]
    return new


async def keep_offline(tx: Tx, name: str, application: Application, data: dict[str, Any]) -> bool:
    """Keep the event for handlers that fetch theirs; was there any? Events of bots cannot be fetched."""
    bound = [one for one in await handlers.for_event(tx, name, [application.id]) if one.is_offline]
    for handler in bound:
        await offline_events.store(tx, application.id, name, data, handler.connector)
    return bool(bound)


def _data(event: ApplicationChanged, application: Application, language: str) -> dict[str, Any]:
    match event.change:
        case "installed":
            return {
                "VERSION": event.version,
                "ACTIVE": flag(application.active),
                "INSTALLED": flag(application.installed),
                "LANGUAGE_ID": language,
            }
        case "updated":
            return {
                "LANGUAGE_ID": language,
                "VERSION": event.version,
                "PREVIOUS_VERSION": event.previous_version,
            }
        case "uninstalled":
            return {"LANGUAGE_ID": language, "CLEAN": event.is_clean}
    return {"QUERY": event.query}
