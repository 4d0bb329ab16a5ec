"""``im.dialog.users.list``: pages of user objects, kinds of accounts, who may ask, number of queries."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import members
from skvorets.storage import chats, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.chats import dismiss, left_chat
from support.queries import count_queries
from support.world import Actor, World

USER_KEYS = {
    "id",
    "active",
    "name",
    "first_name",
    "last_name",
    "work_position",
    "color",
    "avatar",
    "avatar_hr",
    "gender",
    "birthday",
    "extranet",
    "network",
    "bot",
    "connector",
    "external_auth_id",
    "status",
    "idle",
    "last_activity_date",
    "mobile_last_date",
    "desktop_last_date",
    "absent",
    "departments",
    "phones",
    "website",
    "email",
    "bot_data",
    "type",
}


async def listed(actor: Actor, chat_id: int, **params: Any) -> list[int]:
    found = await actor.call("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}", **params)
    return [one["id"] for one in found]


async def test_users_are_shown_as_documented(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.alice.ask("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}")
    assert set(answer.body) == {"result", "total", "time"}
    assert answer.body["total"] == 2
    alice, bob = answer.result
    assert set(alice) == set(bob) == USER_KEYS
    assert (bob["id"], bob["active"], bob["name"]) == (world.bob.id, True, "Bob Ivanov")


async def test_pages_follow_one_another(world: World) -> None:
    more = [await world.add(f"P{number}") for number in range(4)]
    chat_id = await world.chat(world.alice, *more)
    everybody = [world.alice.id, *[one.id for one in more]]
    first = await world.alice.ask("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}", LIMIT=2)
    assert ([one["id"] for one in first.result], first.body["next"], first.body["total"]) == (everybody[:2], 2, 5)
    assert await listed(world.alice, chat_id, LIMIT=2, OFFSET=2) == everybody[2:4]
    assert await listed(world.alice, chat_id, LIMIT=2, OFFSET=1, start=2) == everybody[2:4]
    last = await world.alice.ask("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}", LIMIT=2, OFFSET=4)
    assert ([one["id"] for one in last.result], "next" in last.body) == (everybody[4:], False)
    after = await world.alice.ask("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}", LAST_ID=everybody[3])
    assert [one["id"] for one in after.result] == everybody[4:]
    uncounted = await world.alice.ask("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}", start=-1)
    assert set(uncounted.body) == {"result", "time"}
    assert len(uncounted.result) == 5


@pytest.mark.parametrize("params", [{"LIMIT": "9" * 40, "OFFSET": "9" * 40}, {"LAST_ID": "9" * 40}])
async def test_numbers_out_of_all_bounds_are_harmless(world: World, params: dict[str, str]) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    assert await listed(world.alice, chat_id, **params) == []


async def test_accounts_of_the_system_can_be_left_out(world: World) -> None:
    bot, guest = await world.add("Bot", kind="bot"), await world.add("Guest", kind="guest")
    chat_id = await world.chat(world.alice, world.bob, bot)
    await world.unit(_seat, chat_id, guest.person)  # nobody can invite a customer: the system puts him into his chat
    people_only = [world.alice.id, world.bob.id]
    assert await listed(world.alice, chat_id) == [*people_only, bot.id, guest.id]
    assert await listed(world.alice, chat_id, SKIP_EXTERNAL="Y") == people_only
    kept = await listed(world.alice, chat_id, SKIP_EXTERNAL="Y", SKIP_EXTERNAL_EXCEPT_TYPES=" bot, email")
    assert kept == [*people_only, bot.id]
    answer = await world.alice.ask("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}", SKIP_EXTERNAL="Y")
    assert answer.body["total"] == 2


async def test_dismissed_people_are_left_out(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await dismiss(world, world.bob)
    assert await listed(world.alice, chat_id) == [world.alice.id]


async def test_a_private_dialog_has_two_also_before_it_exists(world: World) -> None:
    answer = await world.alice.ask("im.dialog.users.list", DIALOG_ID=world.bob.id)
    assert ([one["id"] for one in answer.result], answer.body["total"]) == ([world.alice.id, world.bob.id], 2)
    for params, left in (
        ({"OFFSET": 1}, [world.bob.id]),
        ({"LAST_ID": world.alice.id}, [world.bob.id]),
        ({"LIMIT": 1}, [world.alice.id]),
    ):
        found = await world.alice.call("im.dialog.users.list", DIALOG_ID=world.bob.id, **params)
        assert [one["id"] for one in found] == left
    bot = await world.add("Bot", kind="bot")
    found = await world.alice.call("im.dialog.users.list", DIALOG_ID=bot.id, SKIP_EXTERNAL="Y")
    assert [one["id"] for one in found] == [world.alice.id]
    assert await world.outsider.refused("im.dialog.users.list", DIALOG_ID=world.bob.id) == (403, "ACCESS_ERROR")
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    found = await world.alice.call("im.dialog.users.list", DIALOG_ID=world.bob.id)
    assert [one["id"] for one in found] == [world.alice.id, world.bob.id]


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.dialog.users.list", DIALOG_ID="chat999999")
    assert unknown.refusal == (403, "ACCESS_ERROR")
    for actor in (world.bob, world.stranger):
        answer = await actor.ask("im.dialog.users.list", DIALOG_ID=f"chat{chat_id}")
        assert answer.body == unknown.body
    opened = await world.chat(world.alice, world.bob, TYPE="OPEN")
    assert await listed(world.stranger, opened) == [world.alice.id, world.bob.id]
    assert await world.outsider.refused("im.dialog.users.list", DIALOG_ID=f"chat{opened}") == (403, "ACCESS_ERROR")


@pytest.mark.parametrize("dialog", [None, "", "x", 0, "chat0", [1], {"a": 1}])
async def test_wrong_dialogs_are_refused(world: World, dialog: object) -> None:
    assert await world.alice.refused("im.dialog.users.list", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_four_queries_however_many_members(world: World) -> None:
    few = await world.chat(world.alice, world.bob)
    many = await world.chat(world.alice, *[await world.add(f"P{number}") for number in range(20)])
    await world.unit(put_into_departments)
    for chat_id in (few, many):
        with count_queries(world) as queries:
            await listed(world.alice, chat_id)
        # The chat with the reader's part in it, people, departments, total.
        assert queries.count == 4, queries.statements


async def put_into_departments(tx: Tx) -> None:
    for person in await people.all_active(tx, "human"):
        await tx.do("INSERT INTO department_people (person_id, department_id) VALUES ($1, 1)", person.id)


async def _seat(tx: Tx, chat_id: int, guest: Person) -> None:
    chat = await chats.find(tx, chat_id)
    assert chat is not None
    await members.seat_members(tx, chat, [guest], guest, shows_history=True)
