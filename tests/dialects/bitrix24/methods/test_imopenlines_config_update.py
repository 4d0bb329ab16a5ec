"""``imopenlines.config.update``: what is left out stays."""

from __future__ import annotations

from support.lines import line_of
from support.world import World

METHOD = "imopenlines.config.update"


async def test_only_what_was_given_changes(world: World) -> None:
    line = await line_of(world, [world.bob], welcome_text="Welcome", closing_text="Good bye")
    before = await world.alice.call("imopenlines.config.get", CONFIG_ID=line.id)

    given = {"LINE_NAME": "Help", "WELCOME_MESSAGE": "N", "QUEUE_TIME": "90"}
    assert await world.alice.call(METHOD, CONFIG_ID=line.id, PARAMS=given) is True

    after = await world.alice.call("imopenlines.config.get", CONFIG_ID=line.id)
    assert after == {**before, **given, "WELCOME_MESSAGE_TEXT": ""}


async def test_the_queue_is_replaced(world: World) -> None:
    line = await line_of(world, [world.bob])

    await world.alice.call(METHOD, CONFIG_ID=line.id, PARAMS={"QUEUE": {"0": world.carol.id}})

    assert (await world.carol.call("imopenlines.config.get", CONFIG_ID=line.id))["QUEUE"] == [str(world.carol.id)]
    assert await world.bob.call("imopenlines.config.get", CONFIG_ID=line.id) is False


async def test_refusals_are_the_documented_ones(world: World) -> None:
    line = await line_of(world, [world.bob])

    assert await world.alice.call(METHOD, CONFIG_ID=999, PARAMS={"ACTIVE": "N"}) is False
    assert await world.alice.refused(METHOD, CONFIG_ID=0) == (400, "CONFIG_ID_EMPTY")
    wrong = {"CONFIG_ID": line.id, "PARAMS": {"QUEUE_TYPE": "random"}}
    assert await world.alice.refused(METHOD, **wrong) == (400, "ERROR_ARGUMENT")
    for who in (world.bob, world.stranger):
        refusal = await who.refused(METHOD, CONFIG_ID=line.id, PARAMS={"LINE_NAME": "Mine"})
        assert refusal == (403, "CONFIG_WRONG_USER_PERMISSION")
