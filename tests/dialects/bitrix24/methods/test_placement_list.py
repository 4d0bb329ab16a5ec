"""``placement.list``: the codes of the places, by the rights of the application."""

from __future__ import annotations

from support.world import World

PLACES = ["IM_CONTEXT_MENU", "IM_NAVIGATION", "IM_SIDEBAR", "IM_SMILES_SELECTOR", "IM_TEXTAREA"]


async def test_the_places_of_the_messenger(world: World) -> None:
    bob = await world.bob.through(await world.install(scopes=("im", "placement")))
    answer = await bob.ask("placement.list")
    assert set(answer.body) == {"result", "time"}
    assert answer.result == PLACES
    assert await bob.call("placement.list", SCOPE="im") == PLACES
    assert await bob.call("placement.list", SCOPE="crm") == []
    assert await bob.call("placement.list", SCOPE="crm", FULL=True) == []


async def test_without_the_right_only_the_full_list_has_them(world: World) -> None:
    bob = await world.bob.through(await world.install(scopes=("placement",)))
    assert await bob.call("placement.list") == []
    assert await bob.call("placement.list", FULL="true") == PLACES


async def test_who_may(world: World) -> None:
    assert await world.alice.refused("placement.list") == (403, "WRONG_AUTH_TYPE")
    bob = await world.bob.through(await world.install(scopes=("im",)))
    assert await bob.refused("placement.list") == (403, "insufficient_scope")
    wrong = await world.bob.through(await world.install())
    assert await wrong.refused("placement.list", SCOPE=["im"]) == (400, "ERROR_ARGUMENT")
