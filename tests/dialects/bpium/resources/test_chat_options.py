"""``…/chatOptions/{recordId}``: subscriptions. Spec bpium-messages §4, §4.6."""

from __future__ import annotations

from typing import Any

import pytest

from support.bpium import Program, ask, program_of
from support.world import World


@pytest.fixture
async def bob(world: World) -> Program:
    return await program_of(world, world.bob)


@pytest.fixture
def path(world: World) -> str:
    return f"/catalogs/$users/records/{world.carol.id}/chatOptions/{world.carol.id}"


async def test_a_subscription_is_answered_with_its_state(world: World, bob: Program, path: str) -> None:
    assert await bob.get(path) == {"subscribe": False}
    assert await bob.patch(path, {"subscribe": True}) == {"subscribe": True}
    assert await bob.patch(path, {"subscribe": True}) == {"subscribe": True}
    assert await bob.get(path) == {"subscribe": True}
    alice = await program_of(world, world.alice)
    assert await alice.get(path) == {"subscribe": False}
    assert await bob.patch(path, {"subscribe": False}) == {"subscribe": False}
    assert await bob.patch(path, {"subscribe": False}) == {"subscribe": False}
    assert await bob.get(path) == {"subscribe": False}


async def test_a_subscriber_sees_the_chat_in_the_messenger(world: World, bob: Program, path: str) -> None:
    await bob.patch(path, {"subscribe": True})
    alice = await program_of(world, world.alice)
    await alice.post(path.replace(f"chatOptions/{world.carol.id}", "messages"), {"text": "Новость"})
    [chat] = [one for one in await world.bob.call("im.recent.get") if one["title"] == "Carol Sidorova"]
    assert (chat["message"]["text"], chat["counter"]) == ("Новость", "1")
    titles = {one["title"] for one in await world.alice.call("im.recent.get")}
    assert "Carol Sidorova" not in titles, "writing does not subscribe"


@pytest.mark.parametrize("body", [{}, {"subscribe": None}, {"subscribe": "maybe"}, {"subscribe": []}, [], 5])
async def test_a_wrong_body_is_refused(bob: Program, path: str, body: Any) -> None:
    assert await bob.refused("PATCH", path, body) == (400, "BadRequest")
    assert await bob.get(path) == {"subscribe": False}


async def test_the_record_is_named_twice_the_same(world: World, bob: Program, path: str) -> None:
    other = path.removesuffix(str(world.carol.id)) + str(world.bob.id)
    assert await bob.refused("PATCH", other, {"subscribe": True}) == (400, "BadRequest")
    assert await bob.refused("PATCH", "/catalogs/$users/records/9999/chatOptions/9999", {"subscribe": True}) == (
        404,
        "NotFound",
    )


async def test_strangers_are_refused(world: World, path: str) -> None:
    outsider = await program_of(world, world.outsider)
    assert await outsider.refused("PATCH", path, {"subscribe": True}) == (404, "NotFound")
    assert (await ask(world, "PATCH", f"/api/v1{path}", {"subscribe": True})).refusal == (401, "Unauthorized")
