"""Events to applications and bots: which event of the log reaches whom, and what is sent.

    log ──concerns?──► plan: who is told what (events_<kind>.py) ──► rows ──► build: the form with fresh tokens

Source: spec ``bitrix24-events.md``. Delivery (when, how often) is not decided here; see delivery/contracts.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from skvorets.config import Config
from skvorets.core.events import (
    ApplicationChanged,
    BotDeleted,
    CommandCalled,
    Event,
    MembersJoined,
    MessageAdded,
    MessageChanged,
    MessageDeleted,
)
from skvorets.core.events_lines import LineSessionChanged
from skvorets.dialects.bitrix24 import (
    events_applications,
    events_bots,
    events_commands,
    events_joins,
    events_messages,
    events_openlines,
)
from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.events_body import BodyBuilder, Request
from skvorets.storage import line_clients, members
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, NewDelivery
from skvorets.storage.event_log import StoredEvent

# Chats of which is remembered whether a bot takes part, or a customer; past it the memory starts anew.
MAX_REMEMBERED_CHATS = 50_000

# What always concerns somebody, and what may: messages of chats with bots, and of open lines.
_DIRECT = frozenset({CommandCalled.kind, BotDeleted.kind})
_MESSAGES = frozenset({MessageAdded.kind, MessageChanged.kind, MessageDeleted.kind})
# As the encoder of the log writes it. Inside a text the quotes are escaped, so a message cannot pretend.
_CALLS_BOTS = '"calls_bots":true'
_NO_BOTS = '"bot_ids":[]'
_NOTHING_TO_TELL = '"change":"changed"'

Planner = Callable[[Tx, Any], Awaitable[list[NewDelivery]]]


class Events:
    """The router of this dialect: an ``EventDialect`` of delivery."""

    def __init__(self, config: Config) -> None:
        """Addresses and dates of the wire come from the configuration."""
        self._bodies = BodyBuilder(config)
        clock = Clock(config.utc_offset_minutes)
        self._has_bots: dict[int, bool] = {}
        self._are_lines: dict[int, bool] = {}
        self._planners: Mapping[type[Event], Planner] = {
            MessageAdded: lambda tx, event: _added(tx, event, clock),
            MessageChanged: _changed,
            MessageDeleted: lambda tx, event: _deleted(tx, event, clock),
            LineSessionChanged: events_openlines.plan_session,
            MembersJoined: events_joins.plan_joined,
            CommandCalled: events_commands.plan_called,
            BotDeleted: events_bots.plan_deleted,
            ApplicationChanged: events_applications.plan_changed,
        }

    async def concerns(self, tx: Tx, stored: StoredEvent) -> bool:
        """May this event cause a delivery? Nearly all messages do not: their chats have no bots."""
        kind = stored.kind
        if kind in _MESSAGES:
            if _CALLS_BOTS in stored.data and await self._chat_has_bots(tx, stored.chat_id):
                return True
            if not await self._is_line(tx, stored.chat_id):
                return False
            # The bot that was in charge may have left with the very message that it is to get.
            return _CALLS_BOTS in stored.data or await events_openlines.is_anybody_told(tx)
        if kind == LineSessionChanged.kind:
            return events_openlines.is_of_interest(stored.data)
        if kind.startswith("members."):
            self._has_bots.pop(stored.chat_id, None)
            return kind == MembersJoined.kind and _NO_BOTS not in stored.data
        if kind == BotDeleted.kind:
            self._has_bots.clear()
        return kind in _DIRECT or (kind == ApplicationChanged.kind and _NOTHING_TO_TELL not in stored.data)

    async def plan(self, tx: Tx, event: Event) -> list[NewDelivery]:
        """Say which deliveries an event causes now."""
        planner = self._planners.get(type(event))
        return [] if planner is None else await planner(tx, event)

    async def build(self, tx: Tx, delivery: Delivery) -> Request | None:
        """Build the request with fresh tokens; None when the application is no longer there to get it."""
        return await self._bodies.build(tx, delivery)

    async def _is_line(self, tx: Tx, chat_id: int) -> bool:
        known = self._are_lines.get(chat_id)
        if known is None:
            if len(self._are_lines) >= MAX_REMEMBERED_CHATS:
                self._are_lines.clear()
            known = self._are_lines[chat_id] = await line_clients.of_chat(tx, chat_id) is not None
        return known

    async def _chat_has_bots(self, tx: Tx, chat_id: int) -> bool:
        known = self._has_bots.get(chat_id)
        if known is None:
            if len(self._has_bots) >= MAX_REMEMBERED_CHATS:
                self._has_bots.clear()
            known = self._has_bots[chat_id] = bool(await members.bots_of(tx, chat_id))
        return known


async def _added(tx: Tx, event: MessageAdded, clock: Clock) -> list[NewDelivery]:
    told = await events_messages.plan_added(tx, event, clock)
    return [*told, *await events_openlines.plan_added(tx, event, clock)]


async def _changed(tx: Tx, event: MessageChanged) -> list[NewDelivery]:
    return [*await events_messages.plan_changed(tx, event), *await events_openlines.plan_changed(tx, event)]


async def _deleted(tx: Tx, event: MessageDeleted, clock: Clock) -> list[NewDelivery]:
    told = await events_messages.plan_deleted(tx, event, clock)
    return [*told, *await events_openlines.plan_deleted(tx, event)]
