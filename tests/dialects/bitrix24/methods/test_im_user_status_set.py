"""``im.user.status.set``: the documented statuses and error; who sees it."""

from __future__ import annotations

import pytest

from support.world import World


@pytest.mark.parametrize("status", ["online", "dnd", "away", "break"])
async def test_each_documented_status_is_accepted_and_shown(world: World, status: str) -> None:
    answer = await world.bob.ask("im.user.status.set", STATUS=status)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert (await world.alice.call("im.user.get", ID=world.bob.id))["status"] == status
    assert (await world.alice.call("im.user.get"))["status"] == "online"
    assert len(await world.events("person.status")) == 1


@pytest.mark.parametrize(
    "status", [None, "", "DND", "idle", "offline", "mobile", 1, ["dnd"], {"a": "dnd"}, "x" * 100_000]
)
async def test_everything_else_is_refused_and_changes_nothing(world: World, status: object) -> None:
    answer = await world.bob.ask("im.user.status.set", STATUS=status)
    assert answer.refusal == (400, "STATUS_ERROR")
    assert answer.body["error_description"] == "Status is not available"
    assert await world.bob.call("im.user.status.get") is False
    assert await world.events("person.status") == []


async def test_without_a_status_it_is_refused(world: World) -> None:
    assert await world.bob.refused("im.user.status.set") == (400, "STATUS_ERROR")


async def test_people_from_outside_have_statuses_too(world: World) -> None:
    assert await world.outsider.call("im.user.status.set", STATUS="dnd") is True
    assert await world.outsider.call("im.user.status.get") == "dnd"
