"""``event.unbind``: what is left out means "any"."""

from __future__ import annotations

from typing import Any

import pytest

from support.world import Actor, World

ONE, OTHER = "https://one.example.com/", "https://other.example.com/"


@pytest.fixture
async def admin(world: World) -> Actor:
    """Give alice with five handlers bound."""
    actor = await world.alice.through(await world.install())
    for handler in (ONE, OTHER):
        await actor.call("event.bind", EVENT="ONAPPTEST", HANDLER=handler)
    await actor.call("event.bind", EVENT="ONAPPTEST", HANDLER=ONE, AUTH_TYPE=world.bob.id)
    await actor.call("event.bind", EVENT="ONAPPUPDATE", HANDLER=ONE)
    await actor.call("event.bind", EVENT="ONAPPTEST", EVENT_TYPE="offline")
    return actor


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"EVENT": "onapptest", "HANDLER": ONE}, 2),
        ({"EVENT": "ONAPPTEST", "HANDLER": ONE, "AUTH_TYPE": 0}, 1),
        ({"EVENT": "ONAPPTEST", "HANDLER": ONE, "AUTH_TYPE": ""}, 1),
        ({"EVENT": "ONAPPTEST"}, 3),
        ({"HANDLER": ONE}, 3),
        ({"AUTH_TYPE": 0}, 3),
        ({}, 4),
        ({"EVENT_TYPE": "offline"}, 1),
        ({"EVENT_TYPE": "offline", "AUTH_CONNECTOR": "crm"}, 0),
        ({"EVENT": "ONNOTHING"}, 0),
    ],
)
async def test_what_fits_is_removed(admin: Actor, params: dict[str, Any], count: int) -> None:
    assert await admin.call("event.unbind", **params) == {"count": count}
    assert len(await admin.call("event.get")) == 5 - count


async def test_others_remove_their_own_only(world: World) -> None:
    application = await world.install()
    alice, bob = await world.alice.through(application), await world.bob.through(application)
    await alice.call("event.bind", EVENT="ONAPPTEST", HANDLER=ONE)
    await bob.call("event.bind", EVENT="ONAPPTEST", HANDLER=ONE)
    assert await bob.refused("event.unbind", AUTH_TYPE=world.carol.id) == (403, "ACCESS_DENIED")
    assert await bob.refused("event.unbind", EVENT_TYPE="offline") == (403, "ACCESS_DENIED")
    assert await bob.call("event.unbind") == {"count": 1}
    assert len(await alice.call("event.get")) == 1


async def test_another_application_is_not_touched(world: World, admin: Actor) -> None:
    other = await world.alice.through(await world.install(name="Other"))
    assert await other.call("event.unbind") == {"count": 0}
    assert len(await admin.call("event.get")) == 5


async def test_a_webhook_cannot_unbind(world: World) -> None:
    assert await world.alice.refused("event.unbind") == (403, "WRONG_AUTH_TYPE")
