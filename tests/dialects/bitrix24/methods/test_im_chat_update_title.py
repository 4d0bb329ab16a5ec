"""``im.chat.updateTitle``: renaming, what is said and recorded, each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import ChatChanged
from support.chats import entity_chat, general_chat_id, left_chat
from support.world import World

NOT_RENAMED = (400, "WRONG_REQUEST")


async def test_any_member_renames_and_the_system_tells(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.chat.updateTitle", CHAT_ID=chat_id, TITLE="  Большой чат ")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert (await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["title"] == "Большой чат"
    page = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    expected = f'[USER={world.bob.id}]Bob Ivanov[/USER] изменил тему чата на "Большой чат"'
    assert page["messages"][0]["text"] == expected
    [changed] = await world.events("chat.changed")
    assert isinstance(changed, ChatChanged)
    assert (changed.chat_id, changed.actor_id, changed.changed) == (chat_id, world.bob.id, ["title"])


async def test_a_title_is_cut_at_255(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.chat.updateTitle", CHAT_ID=chat_id, TITLE="я" * 100_000)
    assert (await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["title"] == "я" * 255


async def test_the_same_title_is_refused_and_changes_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    assert await world.alice.refused("im.chat.updateTitle", CHAT_ID=chat_id, TITLE="Test") == NOT_RENAMED
    assert len(await world.events()) == before


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    opened = await world.chat(world.alice, world.carol, TYPE="OPEN")
    unknown = await world.bob.ask("im.chat.updateTitle", CHAT_ID=999_999, TITLE="x")
    assert unknown.refusal == NOT_RENAMED
    for actor, target in ((world.bob, chat_id), (world.stranger, chat_id), (world.stranger, opened)):
        assert (await actor.ask("im.chat.updateTitle", CHAT_ID=target, TITLE="x")).body == unknown.body


async def test_the_general_chat_and_chats_of_leads_keep_their_titles(world: World) -> None:
    general = await world.alice.ask("im.chat.updateTitle", CHAT_ID=await general_chat_id(world), TITLE="x")
    assert (general.refusal, general.body["error_description"]) == ((403, "ACCESS_ERROR"), "Action unavailable")
    lead = await entity_chat(world, world.alice, world.bob, entity="CRM")
    answer = await world.alice.ask("im.chat.updateTitle", CHAT_ID=lead, TITLE="x")
    assert (answer.refusal, answer.body["error_description"]) == ((403, "ACCESS_ERROR"), "This chat cannot be renamed")


@pytest.mark.parametrize("title", [None, "", "  ", [1], {"a": 1}])
async def test_a_title_must_be_given(world: World, title: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    refusal = await world.alice.refused("im.chat.updateTitle", CHAT_ID=chat_id, TITLE=title)
    assert refusal == (400, "TITLE_EMPTY")


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.updateTitle", TITLE="x") == (400, "CHAT_ID_EMPTY")
    assert await world.alice.refused("im.chat.updateTitle", CHAT_ID="chat5", TITLE="x") == (400, "CHAT_ID_EMPTY")
