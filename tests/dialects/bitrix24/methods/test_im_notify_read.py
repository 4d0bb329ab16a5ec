"""``im.notify.read``: one and all newer ones, or only the one; only own ones."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events_notifications import NotificationsRead
from support.notices import told, unread
from support.world import World

READ = "im.notify.read"


async def three(world: World) -> list[int]:
    return [await told(world, world.bob, text) for text in ("1", "2", "3")]


async def test_one_and_all_newer_ones(world: World) -> None:
    ids = await three(world)
    answer = await world.bob.ask(READ, ID=str(ids[1]))
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await unread(world.bob) == ["1"]
    assert await world.events("notification.read") == [
        NotificationsRead(person_id=world.bob.id, is_read=True, ids=[], first_id=ids[1], unread=1)
    ]
    assert await world.bob.call(READ, ID=ids[2], ACTION="N") is True
    assert await unread(world.bob) == ["3", "1"]


async def test_only_the_one(world: World) -> None:
    ids = await three(world)
    await world.bob.call(READ, ID=ids[1], ONLY_CURRENT="Y")
    assert await unread(world.bob) == ["3", "1"]
    await world.bob.call(READ, ID=ids[1], ONLY_CURRENT="Y", ACTION="N")
    assert await unread(world.bob) == ["3", "2", "1"]


async def test_zero_stands_for_all(world: World) -> None:
    await three(world)
    await world.bob.call(READ, ID=0)
    assert await unread(world.bob) == []


@pytest.mark.parametrize("params", [{}, {"ID": ""}, {"ID": "x"}, {"ID": -1}, {"ID": "1e3"}, {"ID": 10**40}])
async def test_without_a_number_nothing_is_done(world: World, params: dict[str, Any]) -> None:
    await three(world)
    assert await world.bob.call(READ, **params) is True
    assert await unread(world.bob) == ["3", "2", "1"]
    assert await world.events("notification.read") == []


async def test_nobody_reads_for_another(world: World) -> None:
    ids = await three(world)
    assert await world.carol.call(READ, ID=ids[0]) is True
    assert await world.carol.call(READ, ID=ids[0], ONLY_CURRENT="Y") is True
    assert await unread(world.bob) == ["3", "2", "1"]
    assert await world.events("notification.read") == []
