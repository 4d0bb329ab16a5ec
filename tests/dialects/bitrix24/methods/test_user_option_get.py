"""``user.option.get``: one setting, or all."""

from __future__ import annotations

from support.world import World

DENIED = {"error": "ACCESS_DENIED", "error_description": "Access denied! Application context required"}


async def test_there_is_nothing_at_first(world: World) -> None:
    actor = await world.alice.through(await world.install())
    assert await actor.call("user.option.get") == []
    assert await actor.call("user.option.get", option="data") is None


async def test_values_come_back_as_they_were_given(world: World) -> None:
    actor = await world.alice.through(await world.install())
    values = {"text": "да", "number": 5, "flag": False, "list": [1, {"a": None}], "empty": ""}
    await actor.call("user.option.set", options=values)
    assert await actor.call("user.option.get") == values
    assert await actor.call("user.option.get", OPTION="list") == [1, {"a": None}]


async def test_another_application_sees_nothing_of_it(world: World) -> None:
    one = await world.alice.through(await world.install(name="One"))
    other = await world.alice.through(await world.install(name="Other"))
    await one.call("user.option.set", options={"a": 1})
    assert await other.call("user.option.get") == []


async def test_a_webhook_has_no_application(world: World) -> None:
    assert await world.alice.ask("user.option.get") == (403, DENIED)
