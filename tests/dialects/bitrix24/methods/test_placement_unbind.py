"""``placement.unbind``: the documented count, one address or all of a place, each documented error."""

from __future__ import annotations

from support.placements import HANDLER, binding, bound
from support.world import World


async def test_every_handler_counts_twice(world: World) -> None:
    owner = await world.alice.through(await world.install())
    other = await world.alice.through(await world.install(name="Other"))
    await other.call("placement.bind", **binding())
    for number in range(3):
        await owner.call("placement.bind", **binding(handler=f"{HANDLER}?n={number}"))
    await owner.call("placement.bind", **binding("IM_SMILES_SELECTOR"))
    answer = await owner.ask("placement.unbind", PLACEMENT="im_context_menu", HANDLER=f"{HANDLER}?n=1")
    assert set(answer.body) == {"result", "time"}
    assert answer.result == {"count": 2}
    assert await owner.call("placement.unbind", PLACEMENT="IM_CONTEXT_MENU") == {"count": 4}
    assert [one.placement for one in await bound(world, owner)] == ["IM_SMILES_SELECTOR"]
    assert len(await bound(world, other)) == 1


async def test_nothing_is_nothing(world: World) -> None:
    owner = await world.alice.through(await world.install())
    await owner.call("placement.bind", **binding())
    for given in (
        {"PLACEMENT": "NOWHERE"},
        {"PLACEMENT": "IM_CONTEXT_MENU", "USER_ID": 1},
        {"PLACEMENT": "IM_CONTEXT_MENU", "HANDLER": "https://elsewhere.example.com/"},
    ):
        assert await owner.call("placement.unbind", **given) == {"count": 0}
    for wrong in (None, "", ["IM_CONTEXT_MENU"]):
        answer = await owner.ask("placement.unbind", PLACEMENT=wrong)
        assert answer.refusal == (400, "ERROR_ARGUMENT")
        assert answer.body["argument"] == "PLACEMENT"
    assert len(await bound(world, owner)) == 1


async def test_who_may(world: World) -> None:
    given = {"PLACEMENT": "IM_CONTEXT_MENU"}
    bob = await world.bob.through(await world.install())
    assert await bob.refused("placement.unbind", **given) == (403, "ACCESS_DENIED")
    assert await world.alice.refused("placement.unbind", **given) == (403, "WRONG_AUTH_TYPE")
