"""``user.option.set``: settings of one person in one application."""

from __future__ import annotations

import pytest

from support.world import World


async def test_each_person_has_his_own(world: World) -> None:
    application = await world.install()
    alice, bob = await world.alice.through(application), await world.bob.through(application)
    assert await bob.call("user.option.set", options={"a": 1}) is True
    assert await alice.call("user.option.get") == []
    assert await alice.call("app.option.get") == []
    assert await bob.call("user.option.get") == {"a": 1}


@pytest.mark.parametrize("options", [None, [], ["a"], "text", {"a": "x" * 70_000}])
async def test_what_is_no_map_of_settings_is_refused(world: World, options: object) -> None:
    actor = await world.bob.through(await world.install())
    assert await actor.refused("user.option.set", options=options) == (400, "ERROR_ARGUMENT")
    assert await actor.call("user.option.get") == []


async def test_a_webhook_has_no_application(world: World) -> None:
    assert await world.alice.refused("user.option.set", options={"a": 1}) == (403, "ACCESS_DENIED")
