"""``im.chat.leave``: leaving, what becomes of the owner's chat, each documented error."""

from __future__ import annotations

from skvorets.core.events import MembersLeft
from support.chats import entity_chat, general_chat_id
from support.world import World

NOT_A_MEMBER = (400, "WRONG_REQUEST")


async def test_a_member_leaves_and_is_a_stranger_then(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.chat.leave", CHAT_ID=chat_id)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    [left] = await world.events("members.left")
    assert isinstance(left, MembersLeft)
    assert (left.chat_id, left.person_ids, left.actor_id) == (chat_id, [world.bob.id], world.bob.id)
    page = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    assert page["messages"][0]["text"] == f"[USER={world.bob.id}]Bob Ivanov[/USER] покинул чат"
    assert page["messages"][0]["params"]["CODE"] == "CHAT_LEAVE"
    assert await world.bob.refused("im.chat.leave", CHAT_ID=chat_id) == NOT_A_MEMBER


async def test_an_owners_chat_passes_to_the_longest_member(world: World) -> None:
    chat_id = await world.chat(world.alice, world.carol)
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.bob.id])
    await world.alice.call("im.chat.leave", CHAT_ID=chat_id)
    view = await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}")
    assert view["owner"] == str(world.carol.id)


async def test_the_last_one_leaves_a_chat_that_nobody_reaches(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    for actor in (world.bob, world.alice):
        assert await actor.call("im.chat.leave", CHAT_ID=chat_id) is True
    assert await world.alice.refused("im.dialog.get", DIALOG_ID=f"chat{chat_id}") == (403, "ACCESS_ERROR")


async def test_strangers_are_refused_like_for_unknown_chats(world: World) -> None:
    closed = await world.chat(world.alice, world.bob)
    opened = await world.chat(world.alice, world.bob, TYPE="OPEN")
    unknown = await world.stranger.ask("im.chat.leave", CHAT_ID=999_999)
    assert unknown.refusal == NOT_A_MEMBER
    for chat_id in (closed, opened):
        assert (await world.stranger.ask("im.chat.leave", CHAT_ID=chat_id)).body == unknown.body


async def test_nobody_leaves_the_general_chat_nor_chats_of_fixed_members(world: World) -> None:
    assert await world.bob.refused("im.chat.leave", CHAT_ID=await general_chat_id(world)) == (403, "ACCESS_ERROR")
    call = await entity_chat(world, world.alice, world.bob, entity="CALL")
    assert await world.bob.refused("im.chat.leave", CHAT_ID=call) == (403, "ACCESS_ERROR")


async def test_a_chat_of_a_lead_is_left_by_members_but_not_by_its_owner(world: World) -> None:
    lead = await entity_chat(world, world.alice, world.bob, entity="CRM")
    assert await world.alice.refused("im.chat.leave", CHAT_ID=lead) == (403, "ACCESS_ERROR")
    assert await world.bob.call("im.chat.leave", CHAT_ID=lead) is True


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.leave") == (400, "CHAT_ID_EMPTY")
    assert await world.alice.refused("im.chat.leave", CHAT_ID=[1]) == (400, "CHAT_ID_EMPTY")
    assert await world.alice.refused("im.chat.leave", DIALOG_ID=world.bob.id) == (400, "DIALOG_ID_EMPTY")
