"""``batch``: order, halting, references, the five sections, what is not allowed."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from skvorets.core.events import MessageAdded
from support.world import World

SECTIONS = {"result", "result_error", "result_total", "result_next", "result_time"}
NOTHING: dict[str, list[Any]] = {name: [] for name in SECTIONS}


async def test_a_map_in_gives_a_map_out_with_a_time_for_each(world: World) -> None:
    answer = await world.alice.ask("batch", cmd={"me": "profile", "admin": "user.admin?"})
    result = answer.result
    assert set(answer.body) == {"result", "time"}
    assert set(result) == SECTIONS
    assert result["result"]["me"]["ID"] == str(world.alice.id)
    assert result["result"]["admin"] is True
    assert result["result_error"] == result["result_total"] == result["result_next"] == []
    assert list(result["result_time"]) == ["me", "admin"]
    assert set(result["result_time"]["me"]) == set(answer.body["time"])


async def test_a_list_in_gives_lists_out(world: World) -> None:
    result = await world.alice.call("batch", cmd=["user.admin", "scope?full=1"])
    assert result["result"][0] is True
    assert "im" in result["result"][1]
    assert len(result["result_time"]) == 2


@pytest.mark.parametrize("cmd", [None, [], {}, "", "[]"])
async def test_nothing_to_do_gives_five_empty_lists(world: World, cmd: object) -> None:
    assert await world.alice.call("batch", cmd=cmd) == NOTHING
    assert await world.alice.call("batch") == NOTHING


@pytest.mark.parametrize("cmd", ["profile", 1, True, "{broken"])
async def test_a_cmd_that_is_no_list_is_refused(world: World, cmd: object) -> None:
    assert await world.alice.refused("batch", cmd=cmd) == (400, "ERROR_ARGUMENT")


async def test_cmd_may_be_json_text(world: World) -> None:
    assert (await world.alice.call("batch", cmd='{"a": "user.admin"}'))["result"] == {"a": True}
    assert (await world.alice.call("batch", cmd='["user.admin"]'))["result"] == [True]


async def test_an_error_belongs_to_its_command_and_the_status_stays_200(world: World) -> None:
    result = await world.alice.call("batch", cmd={"bad": "feature.get", "none": "no.such", "good": "user.admin"})
    assert result["result"] == {"good": True}
    assert result["result_error"] == {
        "bad": {"error": "CODE_EMPTY", "error_description": "CODE can't be empty"},
        "none": {"error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!"},
    }


async def test_a_failed_command_leaves_a_hole_in_a_list(world: World) -> None:
    result = await world.alice.call("batch", cmd=["user.admin", "no.such", "user.admin"])
    assert result["result"] == {"0": True, "2": True}  # as PHP writes an array with a hole


@pytest.mark.parametrize("halt", [1, "1", True, "Y", "N", "false"])
async def test_halting_stops_after_the_first_error(world: World, halt: object) -> None:
    result = await world.alice.call("batch", halt=halt, cmd=["user.admin", "no.such", "user.admin"])
    assert result["result"] == [True]
    assert list(result["result_error"]) == ["1"]


@pytest.mark.parametrize("halt", [0, "0", False, "", None])
async def test_without_halting_all_commands_run(world: World, halt: object) -> None:
    result = await world.alice.call("batch", halt=halt, cmd=["no.such", "user.admin"])
    assert result["result"] == {"1": True}


async def test_later_commands_may_refer_to_earlier_ones(world: World) -> None:
    cmd = {
        "me": "profile",
        "send": "im.message.add?DIALOG_ID=$result[people][0][ID]&MESSAGE=for $result[me][NAME]: $total[people]",
        "whole": "method.get?name=$result[name]",
    }
    ordered = {"me": cmd["me"], "people": f"user.get?FILTER[ID]={world.bob.id}", **cmd}
    result = await world.alice.call("batch", cmd=ordered)
    assert result["result_error"] == []
    assert result["result_total"] == {"people": 1}
    [event] = await world.events("message.added")
    assert isinstance(event, MessageAdded)
    assert (event.id, event.text) == (result["result"]["send"], "for Alice: 1")
    assert result["result"]["whole"] == {"isExisting": False, "isAvailable": False}


async def test_pages_report_total_and_next(world: World) -> None:
    for number in range(60):
        await world.alice.call("task.item.add", TASKDATA={"TITLE": f"Task {number}"})
    result = await world.alice.call(
        "batch", cmd={"tasks": "task.item.list", "rest": "task.item.list?start=$next[tasks]"}
    )
    assert result["result_total"] == {"tasks": 60, "rest": 60}
    assert result["result_next"] == {"tasks": 50}
    assert len(result["result"]["rest"]) == 10


async def test_commands_past_the_fiftieth_are_refused_one_by_one(world: World) -> None:
    result = await world.alice.call("batch", cmd=["user.admin"] * 52)
    assert len(result["result"]) == 50
    assert {key: error["error"] for key, error in result["result_error"].items()} == {
        "50": "ERROR_BATCH_LENGTH_EXCEEDED",
        "51": "ERROR_BATCH_LENGTH_EXCEEDED",
    }
    assert await world.alice.refused("batch", cmd=["x"] * 10_001) == (400, "ERROR_BATCH_LENGTH_EXCEEDED")


@pytest.mark.parametrize("inner", ["batch?cmd[0]=profile", "BATCH"])
async def test_a_batch_within_a_batch_is_not_allowed(world: World, inner: str) -> None:
    result = await world.alice.call("batch", cmd={"a": inner})
    assert result["result_error"]["a"] == {
        "error": "ERROR_BATCH_METHOD_NOT_ALLOWED",
        "error_description": "Method is not allowed for batch usage",
    }


async def test_what_is_no_text_is_skipped(world: World) -> None:
    result = await world.alice.call("batch", cmd={"a": 1, "b": ["profile"], "c": None, "d": "user.admin"})
    assert result["result"] == {"d": True}
    assert result["result_error"] == []


async def test_a_get_request_may_carry_commands_encoded_twice(world: World) -> None:
    command = f"im.message.add?DIALOG_ID={world.bob.id}&MESSAGE={quote('да & нет')}"
    for encoded in (quote(command, safe=""), quote(quote(command, safe=""), safe="")):
        answer = await world.get(f"{world.alice.path}batch?halt=0&cmd[send]={encoded}&cmd%5Bme%5D=user.admin")
        assert answer.result["result_error"] == []
        assert answer.result["result"]["me"] is True
    texts = [event.text for event in await world.events("message.added") if isinstance(event, MessageAdded)]
    assert texts == ["да & нет"] * 2


async def test_a_command_carries_brackets_nul_and_authorisation_as_a_request_would(world: World) -> None:
    stranger = world.stranger.auth or "x"
    command = f"im.message.add?auth={stranger}&dialog_id={world.bob.id}&message=a%00b&ATTACH[0][MESSAGE]=c"
    result = await world.alice.call("batch", cmd=[command])
    [event] = await world.events("message.added")
    assert isinstance(event, MessageAdded)
    assert (event.id, event.text, event.author_id) == (result["result"][0], "ab", world.alice.id)
    assert event.params is not None


async def test_a_command_outside_the_scopes_is_refused_alone(world: World) -> None:
    narrow = await world.webhook(world.alice, "user")
    result = await narrow.call("batch", cmd={"a": "user.current", "b": "im.message.add?DIALOG_ID=1&MESSAGE=x"})
    assert list(result["result"]) == ["a"]
    assert result["result_error"]["b"]["error"] == "insufficient_scope"
    assert await world.events("message.added") == []


async def test_an_absurd_command_is_refused_alone(world: World) -> None:
    result = await world.alice.call("batch", cmd={"a": "profile?" + "a=1&" * 10_001, "b": "user.admin"})
    assert result["result"] == {"b": True}
    assert result["result_error"]["a"]["error"] == "ERROR_ARGUMENT"
