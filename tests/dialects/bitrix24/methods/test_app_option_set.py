"""``app.option.set``: settings for all people, by administrators."""

from __future__ import annotations

import pytest

from skvorets.core.options import MAX_OPTIONS
from support.world import World


async def test_only_what_is_given_is_overwritten(world: World) -> None:
    application = await world.install()
    actor = await world.alice.through(application)
    assert await actor.call("app.option.set", options={"a": 1, "b": 2}) is True
    assert await actor.call("app.option.set", OPTIONS='{"b": 3}') is True
    answer = await world.post("/rest/app.option.set", f"options[c]=4&auth={actor.auth}".encode())
    assert answer.result is True
    bob = await world.bob.through(application)
    assert await bob.call("app.option.get") == {"a": 1, "b": 3, "c": "4"}


@pytest.mark.parametrize("options", [None, "", [], {}, ["a"], "text", 5])
async def test_what_is_no_map_is_refused(world: World, options: object) -> None:
    actor = await world.alice.through(await world.install())
    answer = await actor.ask("app.option.set", options=options)
    assert (answer.status, answer.body["error"]) == (400, "ERROR_ARGUMENT")
    assert await actor.call("app.option.get") == []


@pytest.mark.parametrize(
    "options", [{"a": "x" * 70_000}, {"n" * 300: 1}, {f"n{number}": 1 for number in range(MAX_OPTIONS + 1)}]
)
async def test_what_is_no_setting_any_more_is_refused(world: World, options: dict[str, object]) -> None:
    actor = await world.alice.through(await world.install())
    assert await actor.refused("app.option.set", options=options) == (400, "ERROR_ARGUMENT")
    assert await actor.call("app.option.get") == []


async def test_others_than_administrators_are_refused(world: World) -> None:
    actor = await world.bob.through(await world.install())
    answer = await actor.ask("app.option.set", options={"a": 1})
    assert answer == (
        403,
        {"error": "ACCESS_DENIED", "error_description": "Access denied! Administrator authorization required"},
    )


async def test_a_webhook_has_no_application(world: World) -> None:
    assert await world.alice.refused("app.option.set", options={"a": 1}) == (403, "ACCESS_DENIED")
