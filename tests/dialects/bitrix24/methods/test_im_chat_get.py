"""``im.chat.get``: a number or null, the newest of several, nothing that the caller may not read."""

from __future__ import annotations

import pytest

from support.world import World

LEAD = {"ENTITY_TYPE": "CRM", "ENTITY_ID": "LEAD|13"}


async def test_the_reply_is_the_number_of_the_newest_chat(world: World) -> None:
    await world.chat(world.alice, world.bob, **LEAD)
    newest = await world.chat(world.alice, world.bob, **LEAD)
    answer = await world.alice.ask("im.chat.get", **LEAD)
    assert answer.result == newest
    assert set(answer.body) == {"result", "time"}


async def test_a_chat_of_others_looks_like_none_and_hides_no_older_one(world: World) -> None:
    older = await world.chat(world.alice, world.bob, **LEAD)
    await world.chat(world.alice, world.carol, **LEAD)
    assert await world.bob.call("im.chat.get", **LEAD) == older
    assert await world.stranger.call("im.chat.get", **LEAD) is None


async def test_an_open_chat_is_found_by_employees_only(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN", **LEAD)
    assert await world.stranger.call("im.chat.get", **LEAD) == chat_id
    assert await world.outsider.call("im.chat.get", **LEAD) is None


async def test_who_has_left_finds_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, ENTITY_TYPE="MY", ENTITY_ID="1")
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    assert await world.bob.call("im.chat.get", ENTITY_TYPE="MY", ENTITY_ID="1") is None


@pytest.mark.parametrize(
    "params",
    [{}, {"ENTITY_TYPE": "CRM"}, {"ENTITY_ID": "1"}, {"ENTITY_TYPE": "", "ENTITY_ID": ""}, {**LEAD, "ENTITY_ID": "14"}],
)
async def test_missing_and_unknown_things_give_null(world: World, params: dict[str, str]) -> None:
    await world.chat(world.alice, world.bob)
    await world.chat(world.alice, world.bob, **LEAD)
    assert await world.alice.call("im.chat.get", **params) is None


async def test_a_nested_value_is_refused(world: World) -> None:
    assert await world.alice.refused("im.chat.get", ENTITY_TYPE=["CRM"], ENTITY_ID="1") == (400, "ERROR_ARGUMENT")


async def test_a_long_id_is_found_again(world: World) -> None:
    long = {"ENTITY_TYPE": "MY", "ENTITY_ID": "x" * 1000}
    chat_id = await world.chat(world.alice, world.bob, **long)
    assert await world.alice.call("im.chat.get", **long) == chat_id
