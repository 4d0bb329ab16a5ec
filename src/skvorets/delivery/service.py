"""Delivery as a whole: the planner, the worker and the tidying up of one process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from skvorets.config import Config
from skvorets.core.events import ApplicationChanged, Event
from skvorets.core.events_delivery import DeliveriesRevived
from skvorets.delivery import replay
from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.board import HandlerHealth
from skvorets.delivery.contracts import EventDialect
from skvorets.delivery.housekeeping import tidy_regularly
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from skvorets.delivery.planner import Planner
from skvorets.delivery.pull_desk import PullDesk
from skvorets.delivery.replay import Selection
from skvorets.delivery.worker import Worker
from skvorets.storage.database import Store, lock_key
from skvorets.storage.deliveries import LaneKey, Planned, target_of

_KEY = lock_key("delivery-replay")


class DeliveryService:
    """What the composition root starts and stops."""

    def __init__(
        self, config: Config, store: Store, outgoing: Outgoing, dialect: EventDialect, wake: asyncio.Event
    ) -> None:
        """``outgoing`` is started by its owner; ``wake`` is set whenever the event log grew."""
        self._config = config
        self._store = store
        self._wake = wake
        self.worker = Worker(store, outgoing, dialect, config.delivery)
        self.desk = PullDesk(store, dialect, config.delivery)
        self.desk.tell_of_dead = self.worker.notices.died
        self.planner = Planner(store, dialect, config.delivery, self._planned, self._changed)

    async def start(self) -> None:
        """Take up what waits, then follow the log."""
        await self.desk.start()
        await self.worker.start(self.desk.pulling)
        await self.planner.start(self._wake)
        self._tidying = asyncio.create_task(tidy_regularly(self._store, self._config))

    async def stop(self) -> None:
        """Plan and send nothing more."""
        self._tidying.cancel()
        await asyncio.gather(self._tidying, return_exceptions=True)
        self.desk.stop()
        await self.planner.stop()
        await self.worker.stop()

    def health(self) -> list[HandlerHealth]:
        """How the handlers are doing."""
        return self.worker.board.health()

    async def replay_one(self, delivery_id: int) -> bool:
        """Send one finished delivery again; False when there is none with this id."""
        delivery = await self._store.write(_KEY, replay.revive_one, delivery_id)
        if delivery is None:
            return False
        self._revived(delivery.application_id, [LaneKey(delivery.target, delivery.chat_id)])
        return True

    async def replay_range(self, application_id: int, first_id: int, last_id: int) -> int:
        """Send an application's dead letters with ids from first to last again; how many there are."""
        return await self._replay(Selection(application_id=application_id, above_id=first_id - 1, up_to_id=last_id))

    async def replay_handler(self, application_id: int, url: str) -> int:
        """Send all dead letters of one handler again; how many there are."""
        return await self._replay(Selection(application_id=application_id, target=target_of(application_id, url)))

    def _planned(self, rows: Sequence[Planned]) -> None:
        self.worker.board.planned(self.desk.planned(rows))

    def _revived(self, application_id: int, lanes: Iterable[LaneKey]) -> None:
        if not self.desk.revived(application_id, lanes):
            self.worker.board.revived(application_id, lanes)

    async def _changed(self, event: Event) -> None:
        """Something of interest stands in the log."""
        if isinstance(event, DeliveriesRevived):
            self._revived(event.application_id, [LaneKey(*lane) for lane in event.lanes])
        elif isinstance(event, ApplicationChanged):
            self.desk.changed(event.application_id)
            begun, ended = await self.desk.reload()
            for application_id in begun:
                self.worker.board.leave_off(application_id)
            for application_id in ended:
                await self.worker.board.take_up(application_id)

    async def _replay(self, selection: Selection) -> int:
        count = 0
        while True:
            revived = await self._store.write(_KEY, replay.revive_some, selection)
            self._revived(selection.application_id, revived.lanes)
            count += revived.count
            if not revived.last_id:
                return count
            selection = msgspec.structs.replace(selection, above_id=revived.last_id)


def outgoing_settings(config: Config) -> OutgoingSettings:
    """What the configuration says of calls that leave the server."""
    networks = tuple(filter(None, (one.strip() for one in config.allowed_networks.split(","))))
    return OutgoingSettings(
        rules=AddressRules(allow_private=config.allow_private_handlers, allowed_networks=networks),
        trusted_ca=Path(config.trusted_ca) if config.trusted_ca else None,
    )
