"""``im.notify``: both kinds by TYPE."""

from __future__ import annotations

import pytest

from support.notices import notices
from support.world import World


@pytest.mark.parametrize(
    ("given", "kind", "text"),
    [("USER", 2, "hi"), ("SYSTEM", 4, "App\nhi"), ("system", 4, "App\nhi"), ("other", 2, "hi"), (None, 2, "hi")],
)
async def test_the_type_says_who_tells(world: World, given: str | None, kind: int, text: str) -> None:
    alice = await world.alice.through(await world.install())
    params = {} if given is None else {"TYPE": given}
    notification_id = await alice.call("im.notify", USER_ID=world.bob.id, MESSAGE="hi", **params)
    [seen] = await notices(world.bob)
    assert (seen["id"], seen["notify_type"], seen["text"]) == (notification_id, kind, text)
    assert seen["author_id"] == (world.alice.id if kind == 2 else 0)


async def test_errors(world: World) -> None:
    assert await world.alice.refused("im.notify", MESSAGE="x") == (400, "USER_ID_EMPTY")
    assert await world.alice.refused("im.notify", TO=world.bob.id, MESSAGE="") == (400, "MESSAGE_EMPTY")
    assert await world.alice.refused("im.notify", TO=1, MESSAGE="x", ATTACH="x") == (400, "ATTACH_ERROR")
    assert await world.stranger.call("im.notify", TO=999, MESSAGE="x") is False
    assert await notices(world.bob) == []
