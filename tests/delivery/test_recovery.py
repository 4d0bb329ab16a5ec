"""After a stop or a crash everything that waits is sent, and what was under way is dealt with as its policy says."""

from __future__ import annotations

import asyncio

import pytest

from skvorets.delivery import lanes
from skvorets.delivery.lanes import WINDOW
from skvorets.storage import applications
from skvorets.storage.database import Tx
from support.deliveries import every_delivery, quick_policies, restart, set_columns, until
from support.handlers import Handlers
from support.wire_events import bot_of, group, listening_bot
from support.world import World


async def test_undelivered_events_are_delivered_by_the_next_process_in_order(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chats = [await group(world.bob, bot.id) for _ in range(3)]
    await script.take(3)
    await handlers.stop()
    count = WINDOW + 5
    for number in range(count):
        for chat_id in chats:
            await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"{number:03}")
    await world.app.stop()
    await handlers.start()
    world.app = type(world.app)(world.config)
    await world.app.start()

    heard: dict[str, list[str]] = {}
    for received in await script.take(3 * count):
        params = received.form["data"]["PARAMS"]
        heard.setdefault(params["DIALOG_ID"], []).append(params["MESSAGE"])
    assert heard == {f"chat{chat_id}": [f"{number:03}" for number in range(count)] for chat_id in chats}
    await until(world, lambda rows: all(one.finished_at for one in rows))


@pytest.mark.parametrize(
    ("policy", "is_repeated"), [("safe", True), ("at-least-once", True), ("bitrix24-cloud", False)]
)
async def test_what_was_being_sent_when_the_process_died(
    world: World,
    handlers: Handlers,
    monkeypatch: pytest.MonkeyPatch,
    policy: str,
    is_repeated: bool,  # noqa: FBT001
) -> None:
    quick_policies(monkeypatch, 0.01)
    script = handlers.at("/bot")
    application = await world.install(name="Robots", delivery=policy)
    bot = await bot_of(world, application, script, "echo", TYPE="S")
    chat_id = await group(world.bob, bot.id)
    first = await script.next()
    await until(world, lambda rows: all(one.finished_at for one in rows))
    # As a kill -9 during the POST leaves it.
    await set_columns(world, 1, state="sending", finished_at=0, first_at=1)

    await restart(world)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="afterwards")

    found = await until(world, lambda rows: len(rows) == 2 and all(one.finished_at for one in rows))
    if is_repeated:
        repeated = await script.next()
        assert repeated.header("webhook-id") == first.header("webhook-id")
        assert repeated.header("webhook-attempt") == "2"
        assert found[0].state == "delivered"
    else:
        assert (found[0].state, found[0].failure) == ("dead", "interrupted")
    assert (await script.next()).event == "ONIMBOTMESSAGEADD"
    assert not script.untaken


async def test_a_delivery_under_way_gets_time_to_end_when_the_server_stops(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    script.gate.clear()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await script.next()

    stopping = asyncio.create_task(world.app.delivery.stop())
    await asyncio.sleep(0.05)
    script.gate.set()
    await stopping

    joined, message = await every_delivery(world)
    assert (joined.state, message.state) == ("delivered", "waiting")
    await world.app.delivery.start()
    assert (await script.next()).event == "ONIMBOTMESSAGEADD"


async def test_what_waited_longer_than_its_policy_allows_is_not_sent_any_more(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await handlers.stop()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await until(world, lambda rows: len(rows) == 2 and rows[0].attempts > 0 and rows[0].state == "waiting")
    await world.app.delivery.stop()
    await set_columns(world, 1, queued_at=1, next_at=1)
    await handlers.start()
    await world.app.delivery.start()

    received = await script.next()
    assert (received.event, received.header("webhook-missed")) == ("ONIMBOTMESSAGEADD", "1")
    found = await until(world, lambda rows: all(one.finished_at for one in rows))
    assert found[0].failure == "expired"


async def test_more_lanes_than_are_known_at_a_time_are_all_served(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "MAX_LANES_PER_TARGET", 3)
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chats = [await group(world.bob, bot.id) for _ in range(11)]
    await script.take(len(chats))
    script.gate.clear()
    for chat_id in chats:
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="1")
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="2")
    script.gate.set()

    heard: dict[str, list[str]] = {}
    for received in await script.take(2 * len(chats)):
        params = received.form["data"]["PARAMS"]
        heard.setdefault(params["DIALOG_ID"], []).append(params["MESSAGE"])
    assert heard == {f"chat{chat_id}": ["1", "2"] for chat_id in chats}
    assert all(one.lanes <= 3 for one in world.app.delivery.health())


async def test_an_application_that_was_removed_gets_nothing_that_still_waited(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await world.app.delivery.stop()
    await world.app.delivery.start()
    script.gate.clear()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await script.next()
    await until(world, lambda rows: len(rows) == 2)
    await world.unit(_switch_off)
    script.gate.set()

    found = await until(world, lambda rows: all(one.finished_at for one in rows))
    assert [(one.state, one.failure) for one in found] == [("delivered", ""), ("dead", "no_recipient")]


async def _switch_off(tx: Tx) -> None:
    for application in await applications.every(tx):
        await applications.change(tx, application.id, active=0)
