"""``profile``."""

from __future__ import annotations

from skvorets.core import people
from skvorets.storage.database import Tx
from support.world import World


async def test_the_caller_is_described_without_any_scope(world: World) -> None:
    bare = await world.webhook(world.alice)
    assert await bare.call("profile") == {
        "ID": str(world.alice.id),
        "ADMIN": True,
        "NAME": "Alice",
        "LAST_NAME": "Petrova",
        "PERSONAL_GENDER": "F",
        "TIME_ZONE": "",
    }
    assert (await world.bob.call("profile"))["ADMIN"] is False


async def test_a_photo_is_an_address(world: World) -> None:
    await world.unit(_give_photo, world.bob.id)
    actor = await world.webhook(world.bob)
    assert (await actor.call("profile"))["PERSONAL_PHOTO"].endswith("/files/avatar/abc/hr")


async def _give_photo(tx: Tx, person_id: int) -> None:
    await people.change_person(tx, person_id, avatar="abc")
