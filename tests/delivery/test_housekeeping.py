"""What is old goes: finished deliveries after a month, events when every durable reader has passed them."""

from __future__ import annotations

import time

from skvorets.config import Config
from skvorets.delivery.housekeeping import KEEP_DELIVERIES_DAYS, tidy
from skvorets.storage import event_log
from skvorets.storage.database import Tx
from skvorets.storage.event_log import Position
from support.deliveries import every_delivery, set_columns, until
from support.handlers import Handlers
from support.notices import texts, told
from support.wire_events import group, listening_bot
from support.world import World

DAY_MS = 24 * 3600 * 1000


async def _count_events(tx: Tx) -> int:
    count: int = await tx.val("SELECT count(*) FROM events")
    return count


async def test_finished_deliveries_are_kept_for_a_month_and_waiting_ones_for_ever(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    for _ in range(3):
        await group(world.bob, bot.id)
    await until(world, lambda rows: len(rows) == 3 and all(one.finished_at for one in rows))
    now = time.time_ns() // 1_000_000
    await set_columns(world, 1, finished_at=now - KEEP_DELIVERIES_DAYS * DAY_MS - 1000)
    await set_columns(world, 2, finished_at=now - KEEP_DELIVERIES_DAYS * DAY_MS + DAY_MS)
    await set_columns(world, 3, finished_at=0, created_at=1, state="waiting", next_at=now + DAY_MS)

    await tidy(world.app.store, Config())

    assert [one.id for one in await every_delivery(world)] == [2, 3]


async def test_old_events_go_when_all_readers_have_passed_them(world: World) -> None:
    await world.app.delivery.stop()  # stores its cursor at the end of the log
    assert await world.app.index.catch_up()
    await world.app.index.stop()  # and so does the index
    await world.app.web_push.stop()
    await world.unit(_pass_all)
    store = world.app.store
    before = await store.read(_count_events)

    await tidy(store, Config(keep_events_days=1))
    assert await store.read(_count_events) == before

    await world.unit(_age_events)
    await world.unit(event_log.move_cursor, "another reader", Position(0, 5))
    await tidy(store, Config(keep_events_days=1))
    assert await store.read(_count_events) == before - 4

    await world.unit(event_log.move_cursor, "another reader", Position(0, 10_000))
    await tidy(store, Config(keep_events_days=1))
    assert await store.read(_count_events) <= 1
    await world.app.delivery.start()


async def _pass_all(tx: Tx) -> None:
    """On PostgreSQL a reader may stop before the newest events are its to read."""
    await tx.do("UPDATE cursors SET event_id = 10000")


async def _age_events(tx: Tx) -> None:
    await tx.do("UPDATE events SET at = 1")


async def test_notifications_go_after_two_months(world: World) -> None:
    old, fresh = await told(world, world.bob, "old"), await told(world, world.bob, "fresh")
    now = time.time_ns() // 1_000_000

    async def age(tx: Tx, notification_id: int, days: float) -> None:
        at = now - round(days * DAY_MS)
        await tx.do("UPDATE notifications SET created_at = $2 WHERE id = $1", notification_id, at)

    await world.unit(age, old, 60.1)
    await world.unit(age, fresh, 59.9)
    await tidy(world.app.store, Config(keep_notifications_days=61))
    assert await texts(world.bob) == ["fresh", "old"]
    await tidy(world.app.store, Config())
    assert await texts(world.bob) == ["fresh"]
