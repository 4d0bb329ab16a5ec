"""``im.user.status.idle.start``: away since some minutes ago, until the end is said."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest

from skvorets.storage import presence
from skvorets.storage.database import Tx
from support.world import World

YEAR = 366 * 24 * 60


async def minutes_away(world: World) -> float:
    answer = await world.alice.ask("im.user.get", ID=world.bob.id)
    now = float(answer.body["time"]["start"])
    return (now - datetime.fromisoformat(answer.result["idle"]).timestamp()) / 60


@pytest.mark.parametrize(
    ("ago", "minutes"),
    [({}, 10), ({"AGO": 25}, 25), ({"AGO": "25"}, 25), ({"AGO": 0}, 1), ({"AGO": -5}, 1), ({"AGO": 10**40}, YEAR)],
)
async def test_the_person_is_away_since_then(world: World, ago: dict[str, Any], minutes: int) -> None:
    answer = await world.bob.ask("im.user.status.idle.start", **ago)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert abs(await minutes_away(world) - minutes) < 0.2
    assert (await world.alice.call("im.user.get", ID=world.bob.id))["status"] == "online"


async def test_it_stays_whatever_else_is_called(world: World) -> None:
    await world.bob.call("im.user.status.idle.start", AGO=20)
    await world.bob.call("im.user.status.set", STATUS="dnd")
    await world.app.activity.write()
    assert abs(await minutes_away(world) - 20) < 0.2


async def test_a_nested_time_is_refused(world: World) -> None:
    assert await world.bob.refused("im.user.status.idle.start", AGO=[1]) == (400, "ERROR_ARGUMENT")
    assert await world.events("person.status") == []


async def test_who_was_not_seen_for_long_is_away_by_himself_until_he_is_seen(world: World) -> None:
    await world.bob.call("im.user.get")
    await world.app.activity.write()

    async def long_ago(tx: Tx) -> None:
        await tx.do("UPDATE people SET last_seen = $1 WHERE id = $2", tx.now - 30 * 60_000, world.bob.id)

    await world.unit(long_ago)
    shown = await world.alice.call("im.user.get", ID=world.bob.id)
    assert shown["idle"] == shown["last_activity_date"]
    assert abs(await minutes_away(world) - 30) < 0.2
    await world.unit(presence.set_seen, [world.bob.id], round(time.time() * 1000))
    assert (await world.alice.call("im.user.get", ID=world.bob.id))["idle"] is False
