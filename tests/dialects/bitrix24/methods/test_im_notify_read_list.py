"""``im.notify.read.list``: some of the caller's own, but none that asks for an answer."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.notifications import CONFIRM, Button
from support.notices import told, unread
from support.world import World

READ = "im.notify.read.list"


async def three(world: World) -> list[int]:
    return [await told(world, world.bob, text) for text in ("1", "2", "3")]


async def test_those_in_the_list_are_read(world: World) -> None:
    ids = await three(world)
    answer = await world.bob.ask(READ, IDS=[ids[0], ids[2]])
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await unread(world.bob) == ["2"]


@pytest.mark.parametrize(("action", "is_read"), [("Y", True), (True, True), ("N", False), ("x", False), ("", False)])
async def test_the_action(world: World, action: Any, *, is_read: bool) -> None:
    ids = await three(world)
    await world.bob.call("im.notify.read", ID=ids[2], ONLY_CURRENT="Y")
    await world.bob.call(READ, IDS=ids[1:], ACTION=action)
    assert await unread(world.bob) == (["1"] if is_read else ["3", "2", "1"])


async def test_those_that_ask_for_an_answer_stay(world: World) -> None:
    asking = await told(world, world.bob, "?", kind=CONFIRM, buttons=(Button("Yes", "Y"),))
    await world.bob.call(READ, IDS=[asking, await told(world, world.bob)])
    assert await unread(world.bob) == ["?"]


@pytest.mark.parametrize("stop", [0, -1, "x"])
async def test_the_first_that_is_no_id_ends_the_list(world: World, stop: Any) -> None:
    ids = await three(world)
    assert await world.bob.call(READ, IDS=[ids[0], stop, ids[1]]) is True
    assert await unread(world.bob) == ["3", "2"]


async def test_forms_of_lists(world: World) -> None:
    ids = await three(world)
    await world.bob.call(READ, IDS=f"[{ids[0]}]")
    await world.bob.call(READ, IDS={"0": str(ids[1])})
    assert await unread(world.bob) == ["3"]
    assert await world.bob.call(READ, IDS=[]) is True


async def test_foreign_ones_are_left_alone(world: World) -> None:
    assert await world.carol.call(READ, IDS=await three(world)) is True
    assert await unread(world.bob) == ["3", "2", "1"]


@pytest.mark.parametrize("params", [{}, {"IDS": ""}, {"IDS": 5}, {"IDS": "5"}, {"IDS": [[1]]}])
async def test_what_is_no_list_is_refused(world: World, params: dict[str, Any]) -> None:
    answer = await world.bob.ask(READ, **params)
    assert answer.refusal == (400, "PARAMS_ERROR")
    assert answer.body["error_description"] == "No IDS param or it is not an array"
