"""When people were last seen: by calls and open sockets, once a minute, never by others."""

from __future__ import annotations

import time

import pytest

from skvorets.realtime import activity as module
from skvorets.realtime.activity import Activity
from skvorets.storage import people, presence
from skvorets.storage.database import Tx
from support.push import listen
from support.queries import count_queries
from support.world import Actor, World


async def last_seen(world: World, actor: Actor) -> int:
    person = await world.app.store.read(people.find, actor.id)
    assert person is not None
    return person.last_seen


async def forget(world: World) -> None:
    """As if nobody had been seen for long."""

    async def clear(tx: Tx) -> None:
        await tx.do("UPDATE people SET last_seen = 0")

    await world.app.activity.write()
    await world.unit(clear)


async def test_a_call_of_ones_own_counts_and_nobody_elses(world: World) -> None:
    await world.bob.call("im.user.get", ID=world.carol.id)
    await world.app.activity.write()
    assert await last_seen(world, world.bob) > 0
    assert await last_seen(world, world.carol) == 0


async def test_a_call_that_was_not_let_in_counts_for_nobody(world: World) -> None:
    assert (await world.post(f"/rest/{world.bob.id}/wrong/im.user.get.json")).status == 401
    await world.app.activity.write()
    assert await last_seen(world, world.bob) == 0


async def test_an_open_socket_counts(world: World) -> None:
    async with await listen(world.carol):
        await forget(world)
        await Activity(world.app.store, world.app.hub.people).write()
        assert await last_seen(world, world.carol) > 0
        assert await last_seen(world, world.bob) == 0


async def test_it_is_written_once_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.bob.call("im.user.get")
    await forget(world)
    await world.bob.call("im.user.get")
    await world.app.activity.write()
    assert await last_seen(world, world.bob) == 0
    now = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: now() + module.REST_S)
    await world.bob.call("im.user.get")
    await world.app.activity.write()
    assert await last_seen(world, world.bob) > 0


async def test_a_call_waits_for_no_note(world: World) -> None:
    await world.bob.call("im.user.status.get")
    with count_queries(world) as queries:
        await world.bob.call("im.user.status.get")
    assert queries.count == 1


async def test_it_is_written_without_being_asked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GATHER_S", 0.0)
    activity = Activity(world.app.store, list)
    await activity.start()
    try:
        activity.note(world.stranger.id)
        for _ in range(500):
            if await last_seen(world, world.stranger):
                break
    finally:
        await activity.stop()
    assert await last_seen(world, world.stranger) > 0


async def test_what_was_noted_before_the_end_is_written(world: World) -> None:
    activity = Activity(world.app.store, list)
    await activity.start()
    activity.note(world.stranger.id)
    await activity.stop()
    assert await last_seen(world, world.stranger) > 0


async def test_what_could_not_be_written_is_not_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = Activity(world.app.store, list)
    activity.note(world.stranger.id)

    async def fail(*_: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as broken:
        broken.setattr(world.app.store, "write", fail)
        with pytest.raises(ConnectionResetError):
            await activity.write()
    await activity.write()
    assert await last_seen(world, world.stranger) > 0


async def test_an_earlier_time_never_takes_the_place_of_a_later_one(world: World) -> None:
    await world.unit(presence.set_seen, [world.bob.id], 2)
    await world.unit(presence.set_seen, [world.bob.id], 1)
    assert await last_seen(world, world.bob) == 2
