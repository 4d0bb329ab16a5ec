"""``imopenlines.config.add``: an administrator makes a line."""

from __future__ import annotations

from typing import Any

import pytest

from support.bots import robot
from support.world import World

METHOD = "imopenlines.config.add"


async def test_a_line_is_made_with_all_that_was_given(world: World) -> None:
    bot = await robot(world, TYPE="O")
    given = {
        "LINE_NAME": " Sales ",
        "QUEUE": [{"ENTITY_TYPE": "user", "ENTITY_ID": world.bob.id}, world.carol.id],
        "QUEUE_TYPE": "evenly",
        "QUEUE_TIME": "120",
        "MAX_CHAT": 3,
        "CHECK_AVAILABLE": "Y",
        "WELCOME_MESSAGE": "Y",
        "WELCOME_MESSAGE_TEXT": "Welcome",
        "NO_ANSWER_RULE": "text",
        "NO_ANSWER_TEXT": "Wait, please",
        "CLOSE_RULE": "none",
        "FULL_CLOSE_TIME": 5,
        "VOTE_MESSAGE": "N",
        "OPERATOR_DATA": "hide",
        "WELCOME_BOT_ENABLE": "Y",
        "WELCOME_BOT_ID": bot.id,
        "WELCOME_BOT_JOIN": "first",
        "WELCOME_BOT_TIME": 60,
        "WELCOME_BOT_LEFT": "close",
        "WORKTIME_ENABLE": "Y",
        "WORKTIME_FROM": "8.15",
        "WORKTIME_TO": "20",
        "WORKTIME_DAYOFF": ["SU"],
        "WORKTIME_DAYOFF_RULE": "text",
        "WORKTIME_DAYOFF_TEXT": "We sleep",
        "CRM": "Y",
    }

    line_id = await world.alice.call(METHOD, PARAMS=given)

    assert isinstance(line_id, int)
    found = await world.alice.call("imopenlines.config.get", CONFIG_ID=line_id)
    expected: dict[str, Any] = {name: str(value) for name, value in given.items() if not isinstance(value, list)}
    del expected["CRM"]
    assert {name: found[name] for name in expected} == {**expected, "LINE_NAME": "Sales"}
    assert found["QUEUE"] == [str(world.bob.id), str(world.carol.id)]
    assert found["WORKTIME_DAYOFF"] == ["SU"]
    assert found["CLOSE_TEXT"] == ""


async def test_nothing_need_be_given(world: World) -> None:
    line_id = await world.alice.call(METHOD)

    found = await world.alice.call("imopenlines.config.get", CONFIG_ID=line_id)
    assert (found["LINE_NAME"], found["ACTIVE"]) == ("Открытая линия 1", "Y")
    assert found["QUEUE"] == [str(world.alice.id)]
    assert found["WELCOME_MESSAGE"] == "Y"


@pytest.mark.parametrize(
    "wrong",
    [
        {"QUEUE_TYPE": "random"},
        {"QUEUE_TIME": -1},
        {"MAX_CHAT": 10**9},
        {"WORKTIME_FROM": "late"},
        {"WORKTIME_TO": "25"},
        {"WORKTIME_DAYOFF": [["SU"]]},
        {"WELCOME_MESSAGE_TEXT": "x" * 10_000},
        {"LINE_NAME": "x" * 1_000},
        {"QUEUE": [999_999]},
        {"QUEUE": [["x"]]},
        {"QUEUE": [{"ENTITY_TYPE": "department", "ENTITY_ID": 999}]},
    ],
)
async def test_what_a_line_cannot_have_is_refused(world: World, wrong: dict[str, Any]) -> None:
    assert await world.alice.refused(METHOD, PARAMS=wrong) == (400, "ERROR_ARGUMENT")
    assert await world.alice.call("imopenlines.config.list.get") == []


async def test_only_bots_of_lines_stand_in_front(world: World) -> None:
    plain = await robot(world)

    assert await world.alice.refused(METHOD, PARAMS={"WELCOME_BOT_ID": plain.id}) == (400, "BOT_ID_ERROR")


async def test_only_administrators_make_lines(world: World) -> None:
    for who in (world.bob, world.outsider):
        answer = await who.refused(METHOD, PARAMS={"LINE_NAME": "Mine"})
        assert answer == (403, "CONFIG_WRONG_USER_PERMISSION")
