"""``im.chat.updateColor``: the accepted names, silence in the chat, each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.colors import CHAT_COLORS, hex_of
from skvorets.core.events import ChatChanged
from support.chats import general_chat_id, left_chat
from support.world import World

NOT_CHANGED = (400, "WRONG_REQUEST")


async def test_every_documented_name_is_accepted_and_shown_as_hex(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, COLOR=CHAT_COLORS[-1])
    said = len(await world.events("message.added"))
    for name in CHAT_COLORS:
        answer = await world.bob.ask("im.chat.updateColor", CHAT_ID=chat_id, COLOR=name.lower())
        assert answer.result is True
        view = await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}")
        assert view["color"] == hex_of(name)
    assert len(await world.events("message.added")) == said
    changed = (await world.events("chat.changed"))[-1]
    assert isinstance(changed, ChatChanged)
    assert (changed.chat_id, changed.actor_id, changed.changed) == (chat_id, world.bob.id, ["color"])


@pytest.mark.parametrize("color", [None, "", "ORANGE", "COPILOT", "#ffffff", "x" * 100_000, ["RED"]])
async def test_other_colours_are_refused(world: World, color: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    refusal = await world.alice.refused("im.chat.updateColor", CHAT_ID=chat_id, COLOR=color)
    assert refusal == (400, "WRONG_COLOR")


async def test_the_same_colour_is_refused_and_changes_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, COLOR="RED")
    before = len(await world.events())
    answer = await world.alice.ask("im.chat.updateColor", CHAT_ID=chat_id, COLOR="red")
    assert answer.refusal == NOT_CHANGED
    assert answer.body["error_description"] == "This color currently set or chat isn't exists"
    assert len(await world.events()) == before


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.chat.updateColor", CHAT_ID=999_999, COLOR="RED")
    assert unknown.refusal == NOT_CHANGED
    for actor in (world.bob, world.stranger):
        assert (await actor.ask("im.chat.updateColor", CHAT_ID=chat_id, COLOR="RED")).body == unknown.body


async def test_the_general_chat_keeps_its_colour(world: World) -> None:
    answer = await world.alice.ask("im.chat.updateColor", CHAT_ID=await general_chat_id(world), COLOR="RED")
    assert (answer.refusal, answer.body["error_description"]) == ((403, "ACCESS_ERROR"), "Action unavailable")


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.updateColor", COLOR="RED") == (400, "CHAT_ID_EMPTY")
