"""``user.current``."""

from __future__ import annotations

from skvorets.storage import presence
from support.world import World

KEYS = [
    "ID",
    "ACTIVE",
    "NAME",
    "LAST_NAME",
    "SECOND_NAME",
    "EMAIL",
    "LAST_LOGIN",
    "DATE_REGISTER",
    "TIME_ZONE",
    "IS_ONLINE",
    "LAST_ACTIVITY_DATE",
    "PERSONAL_GENDER",
    "PERSONAL_WWW",
    "PERSONAL_BIRTHDAY",
    "PERSONAL_MOBILE",
    "PERSONAL_PHONE",
    "WORK_PHONE",
    "WORK_POSITION",
    "UF_EMPLOYMENT_DATE",
    "UF_DEPARTMENT",
    "UF_PHONE_INNER",
    "USER_TYPE",
]


async def test_the_caller_is_described(world: World) -> None:
    user = await world.bob.call("user.current")
    assert list(user) == KEYS
    assert user["ID"] == str(world.bob.id)
    assert user["ACTIVE"] is True
    assert (user["NAME"], user["LAST_NAME"], user["PERSONAL_GENDER"]) == ("Bob", "Ivanov", "M")
    assert user["IS_ONLINE"] == "Y"
    assert user["UF_DEPARTMENT"] == []
    assert user["USER_TYPE"] == "employee"
    assert user["DATE_REGISTER"].endswith("T00:00:00+03:00")


async def test_it_tells_when_the_caller_was_last_seen(world: World) -> None:
    await world.unit(presence.set_seen, [world.bob.id], 1_721_722_130_000)
    user = await world.bob.call("user.current")
    assert user["LAST_ACTIVITY_DATE"] == "2024-07-23 11:08:50"
    assert user["LAST_LOGIN"] == "2024-07-23T11:08:50+03:00"


async def test_the_scope_is_needed(world: World) -> None:
    narrow = await world.webhook(world.bob, "im")
    assert await narrow.refused("user.current") == (403, "insufficient_scope")
