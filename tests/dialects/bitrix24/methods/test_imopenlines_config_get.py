"""``imopenlines.config.get``: all values are texts."""

from __future__ import annotations

from support.lines import line_of
from support.world import World

METHOD = "imopenlines.config.get"
# Defaults of spec bitrix24-openlines §5, as far as there are such settings here.
DEFAULTS = {
    "ACTIVE": "Y",
    "SEND_WELCOME_EACH_SESSION": "N",
    "QUEUE_TYPE": "all",
    "CHECK_AVAILABLE": "N",
    "WATCH_TYPING": "Y",
    "VOTE_MESSAGE": "Y",
    "QUEUE_TIME": "60",
    "NO_ANSWER_TIME": "60",
    "NO_ANSWER_RULE": "none",
    "FULL_CLOSE_TIME": "10",
    "AUTO_CLOSE_TIME": "14400",
    "AUTO_CLOSE_RULE": "none",
    "WELCOME_BOT_ENABLE": "N",
    "WELCOME_BOT_ID": "0",
    "WELCOME_BOT_JOIN": "always",
    "WELCOME_BOT_TIME": "600",
    "WELCOME_BOT_LEFT": "queue",
    "WORKTIME_ENABLE": "N",
    "WORKTIME_FROM": "9",
    "WORKTIME_TO": "18.30",
    "WORKTIME_DAYOFF_RULE": "none",
    "OPERATOR_DATA": "profile",
    "MAX_CHAT": "0",
    "TYPE_MAX_CHAT": "answered_new",
    "TEMPORARY": "N",
}


async def test_the_defaults_are_the_documented_ones(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol])

    found = await world.alice.call(METHOD, CONFIG_ID=line.id)

    assert {name: found[name] for name in DEFAULTS} == DEFAULTS
    assert (found["ID"], found["LINE_NAME"]) == (str(line.id), "Support")
    assert found["QUEUE"] == [str(world.bob.id), str(world.carol.id)]
    assert found["configQueue"][0] == {"ENTITY_TYPE": "user", "ENTITY_ID": str(world.bob.id)}
    assert all(isinstance(value, str | list) for value in found.values())


async def test_the_queue_may_be_left_out(world: World) -> None:
    line = await line_of(world, [world.bob])

    assert "QUEUE" not in await world.alice.call(METHOD, CONFIG_ID=line.id, WITH_QUEUE="N")


async def test_a_line_that_is_off_may_be_left_out(world: World) -> None:
    line = await line_of(world, [world.bob])
    await world.alice.call("imopenlines.config.update", CONFIG_ID=line.id, PARAMS={"ACTIVE": "N"})

    assert (await world.alice.call(METHOD, CONFIG_ID=line.id))["ACTIVE"] == "N"
    assert await world.alice.call(METHOD, CONFIG_ID=line.id, SHOW_OFFLINE="N") is False


async def test_operators_see_their_lines_and_others_none(world: World) -> None:
    line = await line_of(world, [world.bob])

    assert (await world.bob.call(METHOD, CONFIG_ID=line.id))["ID"] == str(line.id)
    for who in (world.carol, world.outsider):
        assert await who.call(METHOD, CONFIG_ID=line.id) is False
    assert await world.alice.call(METHOD, CONFIG_ID=999) is False
    for given in ({"CONFIG_ID": 0}, {"CONFIG_ID": {"a": 1}}, {"CONFIG_ID": None}):
        assert await world.alice.refused(METHOD, **given) == (400, "CONFIG_ID_EMPTY")
