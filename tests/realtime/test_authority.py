"""The watch over rights: what is forgotten, when, and at what price."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from skvorets.app import open_store
from skvorets.core import applications, people, webhooks
from skvorets.core.applications import Settings
from skvorets.core.events import ApplicationChanged, PersonChanged, WebhookChanged
from skvorets.realtime.authority import AuthorityWatch
from skvorets.realtime.bus import Bus
from skvorets.storage import event_log
from skvorets.storage.database import DIRECTORY_KEY, Tx
from support.world import World

# Far more than the watch needs; a wait ends as soon as what it waits for is there.
PATIENCE_S = 10.0


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 — what is waited for may be in a database
            await asyncio.sleep(0.005)


class Counter:
    """How often something was forgotten."""

    def __init__(self) -> None:
        self.times = 0

    def forget(self) -> None:
        self.times += 1


async def test_the_kinds_of_the_index_are_those_of_the_core() -> None:
    assert set(event_log.AUTHORITY_KINDS) == {ApplicationChanged.kind, PersonChanged.kind, WebhookChanged.kind}


async def test_each_change_of_rights_is_noticed_and_messages_are_not(world: World) -> None:
    application = await world.install()
    [webhook, *_] = await world.unit(webhooks.every_webhook)
    counter = Counter()
    watch = AuthorityWatch(world.app.store, world.app.bus, counter.forget)
    await watch.start()
    try:
        await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="Hello")
        await asyncio.sleep(0.4)
        assert counter.times == 0  # also nothing of what happened before the start

        async def disable(tx: Tx) -> None:
            await people.change_person(tx, world.bob.id, active=0)

        await world.unit(disable)
        await until(lambda: counter.times == 1)
        await world.unit(webhooks.revoke_webhook, webhook.id)
        await until(lambda: counter.times == 2)
        await world.unit(applications.change_settings, world.alice.id, application.id, Settings(limits="enterprise"))
        await until(lambda: counter.times == 3)
    finally:
        await watch.stop()


async def test_another_process_on_the_same_database_is_noticed(world: World, tmp_path: Path) -> None:
    counter = Counter()
    if world.config.database:
        other, bus = open_store(world.config), Bus()
        await other.start()
    else:  # a SQLite file has one process, which always wakes its followers
        other, bus = world.app.store, world.app.bus
    watch = AuthorityWatch(world.app.store, bus, counter.forget)
    await watch.start()
    try:

        async def disable(tx: Tx) -> None:
            await people.change_person(tx, world.bob.id, active=0)

        await other.write(DIRECTORY_KEY, disable)
        await until(lambda: counter.times == 1)
    finally:
        await watch.stop()
        if other is not world.app.store:
            await other.stop()


async def test_the_look_reads_the_index_and_not_the_log(world: World) -> None:
    async def explain(tx: Tx) -> str:
        if world.config.database:
            # A log as it usually is: thousands of messages and hardly a change of rights.
            await tx.do(
                "INSERT INTO events (at, kind, data) SELECT 0, 'message.added', '{}' FROM generate_series(1, 5000)"
            )
            await tx.do("ANALYZE events")
            rows = await tx.rows(
                "EXPLAIN " + event_log._AUTHORITY_BY_COMMIT.replace("$1::text", "'0'").replace("$2", "0")
            )
        else:
            rows = await tx.rows("EXPLAIN QUERY PLAN " + event_log._AUTHORITY_BY_ID, 0)
        return "\n".join(str(row[-1]) for row in rows)

    assert "events_of_authority" in await world.unit(explain)


async def test_when_the_database_is_away_everything_is_forgotten_and_watching_goes_on(world: World) -> None:
    counter = Counter()

    class Flaky:
        log_is_ordered_by_id = world.app.store.log_is_ordered_by_id
        is_away = False

        async def read(self, *args: object, **kwargs: object) -> object:
            if self.is_away:
                raise ConnectionError("away")
            return await world.app.store.read(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came

    store = Flaky()
    watch = AuthorityWatch(store, world.app.bus, counter.forget)  # type: ignore[arg-type]  # what it needs of a store
    await watch.start()
    try:
        store.is_away = True
        world.app.bus.log_grew()
        await until(lambda: counter.times > 0)
        store.is_away = False
        await asyncio.sleep(0.6)
        before = counter.times

        async def disable(tx: Tx) -> None:
            await people.change_person(tx, world.bob.id, active=0)

        await world.unit(disable)
        await until(lambda: counter.times > before)
    finally:
        await watch.stop()
