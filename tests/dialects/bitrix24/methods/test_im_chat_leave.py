"""``im.chat.leave``: leaving, what becomes of the owner's chat, each documented error."""

from __future__ import annotations

from typing import Any

from skvorets.core.events import ChatChanged, MembersLeft
from skvorets.storage.database import Tx
from support.chats import dismiss, entity_chat, general_chat_id
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


async def test_bots_dismissed_people_and_people_from_outside_inherit_last(world: World) -> None:
    bot, gone = await world.add("Bot", kind="bot"), await world.add("Gone")
    chat_id = await world.chat(world.alice, bot, gone, world.outsider)
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.bob.id])
    await dismiss(world, gone)
    heirs = []
    for actor in (world.alice, world.bob, world.outsider):
        await actor.call("im.chat.leave", CHAT_ID=chat_id)
        heirs.append(await world.unit(_owner, chat_id))
    assert heirs == [world.bob.id, world.outsider.id, bot.id]
    changes = [event for event in await world.events("chat.changed") if isinstance(event, ChatChanged)]
    assert [(event.chat_id, event.changed) for event in changes] == [(chat_id, ["owner"])] * 3


async def test_a_chat_that_people_from_outside_have_left_is_an_inner_one_again(world: World) -> None:
    other = await world.add("Other", extranet=True)
    chat_id = await world.chat(world.alice, world.outsider, other)
    seen = []
    for actor in (world.outsider, other):
        seen.append((await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["extranet"])
        await actor.call("im.chat.leave", CHAT_ID=chat_id)
    seen.append((await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["extranet"])
    assert seen == [True, True, False]
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[other.id])
    await world.alice.call("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=other.id)
    assert (await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["extranet"] is False


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


async def _owner(tx: Tx, chat_id: int) -> Any:
    return await tx.val("SELECT owner_id FROM chats WHERE id = $1", chat_id)
