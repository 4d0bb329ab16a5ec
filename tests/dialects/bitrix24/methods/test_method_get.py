"""``method.get``: does it exist, may I use it."""

from __future__ import annotations

import pytest

from support.world import World


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("user.get", (True, True)),
        ("USER.Get", (True, True)),
        ("im.message.add", (True, False)),
        ("no.such", (False, False)),
        ("", (False, False)),
        (5, (False, False)),
    ],
)
async def test_a_name_is_looked_up(world: World, name: object, expected: tuple[bool, bool]) -> None:
    narrow = await world.webhook(world.bob, "user")
    is_existing, is_available = expected
    assert await narrow.call("method.get", name=name) == {"isExisting": is_existing, "isAvailable": is_available}


async def test_a_name_that_is_a_list_is_refused(world: World) -> None:
    assert await world.bob.refused("method.get", name=["profile"]) == (400, "ERROR_ARGUMENT")
