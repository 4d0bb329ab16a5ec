"""``notify`` where a dialog is named: the caller's notifications are read, pinned, hidden, marked and counted."""

from __future__ import annotations

import pytest

from skvorets.core.events import DialogChanged
from support.notices import told, unread
from support.queries import count_queries
from support.world import Actor, World


async def counters(person: Actor) -> tuple[int, int]:
    """Give NOTIFY and ALL."""
    totals = (await person.call("im.counters.get"))["TYPE"]
    return totals["NOTIFY"], totals["ALL"]


async def test_unread_notifications_are_counted(world: World) -> None:
    assert await counters(world.bob) == (0, 0)
    ids = [await told(world, world.bob) for _ in range(3)]
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    assert await counters(world.bob) == (3, 4)
    await world.bob.call("im.notify.read", ID=ids[2])
    assert await counters(world.bob) == (2, 3)
    await world.bob.call("im.notify.delete", ID=ids[0])
    assert await counters(world.bob) == (1, 2)
    await world.bob.call("im.notify.read.all")
    assert await counters(world.bob) == (0, 1)
    assert await counters(world.carol) == (0, 0)


async def test_counting_costs_two_queries(world: World) -> None:
    await told(world, world.bob)
    with count_queries(world) as queries:
        await world.bob.call("im.counters.get")
    assert queries.count == 2


async def test_reading_up_to_one(world: World) -> None:
    ids = [await told(world, world.bob, text) for text in ("1", "2", "3")]
    chat_id = (await world.bob.call("im.notify.get"))["chat_id"]
    answer = await world.bob.call("im.dialog.read", DIALOG_ID="notify", MESSAGE_ID=ids[1])
    assert answer == {"dialogId": "notify", "chatId": chat_id, "counter": 1, "lastId": ids[1]}
    assert await unread(world.bob) == ["3"]
    answer = await world.bob.call("im.dialog.read", DIALOG_ID="notify", LAST_ID=2**62)
    assert (answer["counter"], answer["lastId"]) == (0, ids[2])


async def test_reading_nothing(world: World) -> None:
    assert await world.bob.call("im.dialog.read", DIALOG_ID="notify", MESSAGE_ID=5) is False
    foreign = await told(world, world.carol)
    assert await world.bob.call("im.dialog.read", DIALOG_ID="notify", MESSAGE_ID=foreign) is False
    assert await unread(world.carol) == ["hello"]
    assert await world.bob.refused("im.dialog.read", DIALOG_ID="notify") == (400, "MESSAGE_ID_ERROR")


async def test_reading_all_dialogs_leaves_notifications_alone(world: World) -> None:
    await told(world, world.bob)
    await world.bob.call("im.recent.unread", DIALOG_ID="notify")
    await world.bob.call("im.dialog.read.all")
    assert await counters(world.bob) == (1, 1)


async def test_pinning_and_hiding(world: World) -> None:
    assert await world.bob.call("im.recent.pin", DIALOG_ID="notify") is True
    assert await world.bob.call("im.recent.pin", DIALOG_ID="notify", PIN="N") is True
    assert await world.bob.call("im.recent.hide", DIALOG_ID="notify") is True
    changes = [one for one in await world.events("dialog.changed") if isinstance(one, DialogChanged)]
    assert [(one.person_id, one.changed) for one in changes] == [
        (world.bob.id, ["pinned"]),
        (world.bob.id, ["pinned"]),
        (world.bob.id, ["hidden"]),
    ]


async def test_a_mark_set_by_hand_counts_until_notifications_are_read(world: World) -> None:
    await world.bob.call("im.recent.unread", DIALOG_ID="notify")
    assert await counters(world.bob) == (1, 1)
    last = await told(world, world.bob)
    assert await counters(world.bob) == (1, 1)
    await world.bob.call("im.dialog.read", DIALOG_ID="notify", MESSAGE_ID=last)
    assert await counters(world.bob) == (0, 0)
    await told(world, world.bob)
    await world.bob.call("im.recent.unread", DIALOG_ID="notify", ACTION="N")
    assert await counters(world.bob) == (0, 0)


@pytest.mark.parametrize(
    "method", ["im.dialog.get", "im.dialog.messages.get", "im.dialog.writing", "im.dialog.users.list"]
)
async def test_elsewhere_it_is_no_dialog(world: World, method: str) -> None:
    assert await world.bob.refused(method, DIALOG_ID="notify") == (400, "DIALOG_ID_EMPTY")


async def test_the_chat_that_stands_for_them_cannot_be_used_as_a_chat(world: World) -> None:
    await told(world, world.bob)
    chat_id = (await world.bob.call("im.notify.get"))["chat_id"]
    for person in (world.bob, world.carol, world.alice):
        for method, params in (
            ("im.message.add", {"MESSAGE": "x"}),
            ("im.dialog.messages.get", {}),
            ("im.dialog.get", {}),
            ("im.dialog.users.list", {}),
            ("im.chat.user.add", {"USERS": [world.carol.id]}),
            ("im.chat.leave", {}),
            ("im.chat.mute", {"ACTION": "Y"}),
            ("im.chat.updateTitle", {"TITLE": "x"}),
            ("im.recent.pin", {}),
        ):
            status, _ = await person.refused(method, DIALOG_ID=f"chat{chat_id}", **params)
            assert status in {400, 403}, method
    assert await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=5) is False
    listed = await world.bob.call("im.recent.list")
    assert all(one["chat_id"] != chat_id for one in listed["items"])
