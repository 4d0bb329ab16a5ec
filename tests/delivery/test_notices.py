"""Who installed an application hears when its handler goes away and comes back, and of dead letters."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from skvorets.core.events_notifications import NotificationAdded
from skvorets.delivery import notices
from skvorets.delivery.breaker import FAILURES_TO_OPEN
from support.deliveries import quick_policies, until
from support.handlers import Handlers
from support.pulling import pulling_bot
from support.wire_events import bot_of, group
from support.world import World


async def _told(world: World, count: int) -> list[NotificationAdded]:
    async with asyncio.timeout(10):
        while True:
            found = [one for one in await world.events("notification.added") if isinstance(one, NotificationAdded)]
            found = [one for one in found if one.tag.startswith("DELIVERY|")]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.02)


async def test_the_owner_hears_that_a_handler_is_away_and_that_it_is_back(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, *[0.01] * FAILURES_TO_OPEN, 600.0)
    script = handlers.at("/bot")
    application = await world.install(name="Ro[b]ots")
    bot = await bot_of(world, application, script, "echo")
    await handlers.stop()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="one")

    [away] = await _told(world, 1)
    assert (away.person_id, away.author_id, away.type) == (world.alice.id, 0, 4)
    assert away.tag == f"DELIVERY|HANDLER|{application.id}"
    assert away.text.startswith(f"Обработчик {script.url} приложения «Ro(b)ots» не отвечает.")

    await handlers.start()
    await group(world.bob, bot.id)
    _, back = await _told(world, 2)
    assert back.text == f"Обработчик {script.url} приложения «Ro(b)ots» снова отвечает. События доставляются."
    assert len(await _shown(world)) == 1  # the one took the place of the other


async def _shown(world: World) -> list[Any]:
    answer = await world.alice.call("im.notify.get")
    return [one for one in answer["notifications"] if "Обработчик" in one["text"] or "доставлено" in one["text"]]


async def test_the_owner_hears_of_dead_letters_once_an_hour(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "SWARM_S", 1.0)
    monkeypatch.setattr(notices, "DEAD_EVERY_S", 3.0)
    script = handlers.at("/bot")
    application = await world.install(name="Robots")
    bot = await bot_of(world, application, script, "echo")
    script.answer(500, 404, 500, 500, 500)
    for text in ("one", "two"):
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)

    [first] = await _told(world, 1)
    assert (first.person_id, first.tag) == (world.alice.id, f"DELIVERY|DEAD|{application.id}")
    assert "не доставлено событий — 3." in first.text
    for text in ("three", "four"):
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)
    await until(world, lambda rows: len(rows) == 5 and all(one.finished_at for one in rows))
    assert len(await _told(world, 1)) == 1
    _, second = await _told(world, 2)
    assert "не доставлено событий — 2." in second.text
    assert second.created_at - first.created_at >= 2_900
    assert len(await _shown(world)) == 1


async def test_dead_letters_of_a_reader_are_told_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "SWARM_S", 0.05)
    puller, bot = await pulling_bot(world)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="one")
    [joined, _] = await puller.take(2)
    await puller.nack(joined["offset"], status=500)
    [told] = await _told(world, 1)
    assert "не доставлено событий — 1." in told.text
