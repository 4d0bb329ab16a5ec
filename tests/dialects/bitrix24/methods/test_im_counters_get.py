"""``im.counters.get`` against sends, reads, mutes and marks."""

from __future__ import annotations

from typing import Any

from support.queries import count_queries
from support.world import World

NOTHING = {
    "CHAT": {},
    "CHAT_MUTED": {},
    "CHAT_UNREAD": [],
    "DIALOG": {},
    "DIALOG_UNREAD": [],
    "LINES": {},
    "TYPE": {"ALL": 0, "CHAT": 0, "DIALOG": 0, "LINES": 0, "MESSENGER": 0, "NOTIFY": 0},
}


async def counters(world: World) -> dict[str, Any]:
    found: dict[str, Any] = await world.alice.call("im.counters.get")
    assert set(found) == set(NOTHING)
    return found


async def test_who_has_read_everything_has_nothing(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    assert await counters(world) == NOTHING


async def test_messages_of_others_count_until_they_are_read(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
    second = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
    third = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    found = await counters(world)
    assert found["DIALOG"] == {str(world.bob.id): 2}
    assert found["CHAT"] == {str(chat_id): 1}
    assert found["TYPE"] == {"ALL": 3, "CHAT": 1, "DIALOG": 2, "LINES": 0, "MESSENGER": 3, "NOTIFY": 0}
    await world.alice.call("im.dialog.read", DIALOG_ID=world.bob.id, MESSAGE_ID=second)
    await world.alice.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=third)
    assert await counters(world) == NOTHING


async def test_ones_own_message_reads_the_dialog(world: World) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="два")
    assert await counters(world) == NOTHING


async def test_a_muted_chat_is_told_apart_and_not_in_the_totals(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.chat.mute", CHAT_ID=chat_id, MUTE="Y")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    assert await counters(world) == {**NOTHING, "CHAT_MUTED": {str(chat_id): 1}}
    await world.alice.call("im.chat.mute", CHAT_ID=chat_id, MUTE="N")
    assert (await counters(world))["CHAT"] == {str(chat_id): 1}


async def test_a_mark_counts_as_one_where_nothing_is_unread(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    await world.alice.call("im.recent.unread", DIALOG_ID=f"chat{chat_id}")
    await world.alice.call("im.recent.unread", DIALOG_ID=world.bob.id)
    found = await counters(world)
    assert (found["CHAT_UNREAD"], found["DIALOG_UNREAD"]) == ([chat_id], [world.bob.id])
    assert (found["CHAT"], found["DIALOG"]) == ({}, {})
    assert (found["TYPE"]["ALL"], found["TYPE"]["CHAT"], found["TYPE"]["DIALOG"]) == (2, 1, 1)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="два")
    assert (await counters(world))["TYPE"]["CHAT"] == 2


async def test_the_mark_of_a_muted_chat_is_not_in_the_totals(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.chat.mute", CHAT_ID=chat_id, MUTE="Y")
    await world.alice.call("im.recent.unread", DIALOG_ID=f"chat{chat_id}")
    assert await counters(world) == {**NOTHING, "CHAT_UNREAD": [chat_id]}


async def test_others_chats_do_not_count(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    assert await counters(world) == NOTHING


async def test_the_counters_cost_the_same_queries_however_many_chats_there_are(world: World) -> None:
    await world.alice.call("im.counters.get")
    for person in (world.bob, world.carol, world.stranger):
        chat_id = await world.chat(world.alice, person)
        await person.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
        await person.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
        with count_queries(world) as queries:
            assert (await counters(world))["TYPE"]["ALL"] > 0
        assert queries.count == 2, queries.statements
