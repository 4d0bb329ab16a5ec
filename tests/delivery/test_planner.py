"""The durable reader of the log: nothing lost, nothing twice, little to do for what concerns nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from skvorets.core.events import Event, MessageAdded
from skvorets.delivery.planner import CURSOR, Planner
from skvorets.dialects.bitrix24.events import Events
from skvorets.storage import event_log
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NewDelivery, Planned
from skvorets.storage.event_log import Position, StoredEvent
from support.deliveries import every_delivery, restart, until
from support.handlers import Handlers
from support.wire_events import group, listening_bot
from support.world import World


async def _head(world: World) -> Position:
    return await world.app.store.read(_read_head, world.app.store.log_is_ordered_by_id)


async def _read_head(tx: Tx, is_ordered: bool) -> Position:  # noqa: FBT001
    return await event_log.head(tx, ordered_by_id=is_ordered)


async def _cursor(world: World) -> Position:
    found = await world.app.store.read(event_log.cursor, CURSOR)
    assert found is not None
    return found


async def test_rows_and_cursor_are_written_together(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await script.take(2)
    added = [event for event in await world.events(MessageAdded.kind) if isinstance(event, MessageAdded)]
    stored = (await _cursor(world)).event_id
    assert stored > 0
    assert added[-1].text == "hello"
    assert len(await every_delivery(world)) == 2


async def test_events_that_concern_nobody_write_nothing(world: World, handlers: Handlers) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    before = await _cursor(world)
    for number in range(20):
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"no bot here {number}")
    await asyncio.sleep(0.05)
    assert await _cursor(world) == before
    assert await every_delivery(world) == []


async def test_the_cursor_is_stored_when_the_server_stops(world: World) -> None:
    await world.chat(world.bob, world.carol)
    head = await _head(world)
    await world.app.delivery.stop()
    assert await _cursor(world) == head
    await world.app.delivery.start()


async def test_what_was_logged_while_nobody_planned_is_planned_after_the_start(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await world.app.delivery.stop()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="while it slept")
    assert await every_delivery(world) == []

    await restart(world)

    assert [each.event for each in await script.take(2)] == ["ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD"]


async def test_a_reader_that_was_overtaken_plans_nothing_twice(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    told: list[Planned] = []

    def hear(rows: Sequence[Planned]) -> None:
        told.extend(rows)

    async def hear_change(event: Event) -> None:
        changes.append(event)

    changes: list[Event] = []
    late = Planner(world.app.store, Events(world.app.config), "safe", hear, hear_change)
    await late.start(asyncio.Event())
    await asyncio.sleep(0.05)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await script.take(2)

    while await late.step():
        pass

    assert told == []
    assert len(await every_delivery(world)) == 2
    late._position = late._stored
    await late.stop()


async def test_an_event_that_cannot_be_planned_is_left_out_and_the_others_go_on(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chat_id = await group(world.bob, bot.id)
    await script.next()
    plan = Events.plan

    async def stumble(self: Events, tx: Tx, event: Event) -> list[NewDelivery]:
        if isinstance(event, MessageAdded) and event.text == "poison":
            raise KeyError("poison")
        return await plan(self, tx, event)

    monkeypatch.setattr(Events, "plan", stumble)
    for text in ("before", "poison", "after"):
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)

    assert [each.form["data"]["PARAMS"]["MESSAGE"] for each in await script.take(2)] == ["before", "after"]
    assert "cannot be planned and is left out" in caplog.text


async def test_a_chat_is_looked_at_once_and_again_when_a_bot_comes(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chat_id = await world.chat(world.bob, world.carol)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="nobody listens")
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[bot.id])
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="somebody does")
    received = await script.take(2)
    assert received[1].form["data"]["PARAMS"]["MESSAGE"] == "somebody does"
    await world.bob.call("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=bot.id)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="it has left")
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="are you there?")
    assert [each.event for each in await script.take(2)] == ["ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD"]
    await until(world, lambda rows: len(rows) == 4)


@pytest.mark.parametrize(
    ("kind", "data", "concerns"),
    [
        ("message.added", '{"calls_bots":false}', False),
        ("message.added", '{"text":"\\"calls_bots\\":true","calls_bots":false}', False),
        ("dialog.read", "{}", False),
        ("members.left", "{}", False),
        ("members.joined", '{"bot_ids":[]}', False),
        ("members.joined", '{"bot_ids":[7]}', True),
        ("command.called", "{}", True),
        ("bot.deleted", "{}", True),
        ("application.changed", '{"change":"changed"}', False),
        ("application.changed", '{"change":"installed"}', True),
        ("something.new", "{}", False),
    ],
)
async def test_what_may_concern_a_handler(world: World, kind: str, data: str, *, concerns: bool) -> None:
    stored = StoredEvent(0, 1, 0, kind, 1, 0, data)
    assert await world.app.store.read(Events(world.app.config).concerns, stored) is concerns
