"""ONIMBOTDELETE: a bot was removed, alone or with its application.

Source: spec ``bitrix24-events.md`` §5.6; seed "Работа с событиями".
"""

from __future__ import annotations

from skvorets.core.events import BotDeleted
from skvorets.dialects.bitrix24.events_routing import Recipient, Told, deliver, recipients
from skvorets.storage import applications
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery
from skvorets.storage.handlers import Handler

EVENT = "ONIMBOTDELETE"


async def plan_deleted(tx: Tx, event: BotDeleted) -> list[NewDelivery]:
    """Tell the handler as it was when the bot was removed, and those that are still bound."""
    told = Told(event=EVENT, causing_id=event.actor_id)
    data = {"BOT_ID": event.bot_id, "BOT_CODE": event.bot_code}
    found = {one.handler.url: one for one in await recipients(tx, EVENT, [event.application_id])}
    # The application's last bot takes the handler with it, and an uninstalled application is no longer active:
    # what the event carries is told all the same.
    application = await applications.find(tx, event.application_id)
    if application is not None and event.handler_url and event.handler_url not in found:
        handler = Handler(event.handler_id, application.id, EVENT, event.handler_url)
        found[event.handler_url] = Recipient(application, handler)
    return [deliver(told, recipient, data) for recipient in found.values()]
