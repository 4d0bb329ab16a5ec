"""An application with events in its offline queue."""

from __future__ import annotations

from skvorets.core import offline_events
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from support.world import Actor, World


async def application_with_events(world: World, number: int) -> tuple[Application, Actor]:
    """Give an application with this many events ``ONTEST0``, ``ONTEST1`` … and alice's token for it."""
    application = await world.install()
    await world.unit(_store, application.id, number)
    return application, await world.alice.through(application)


async def _store(tx: Tx, application_id: int, number: int) -> None:
    for index in range(number):
        await offline_events.store(tx, application_id, f"OnTest{index}", {"FIELDS": {"ID": index}})
