"""``im.dialog.get``: every documented key with its type, who may ask, the private dialog that is opened."""

from __future__ import annotations

from typing import Any

import pytest

from support.chats import dismiss, general_chat_id, left_chat
from support.queries import count_queries
from support.world import World

# Documented keys and their types in this method.
KEYS: dict[str, type] = {
    "id": str,
    "title": str,
    "name": str,
    "description": str,
    "owner": str,
    "extranet": bool,
    "avatar": str,
    "color": str,
    "type": str,
    "entity_type": str,
    "entity_id": str,
    "entity_data_1": str,
    "entity_data_2": str,
    "entity_data_3": str,
    "date_create": str,
    "message_type": str,
    "mute_list": list,
    "manager_list": list,
    "user_counter": int,
    "message_count": int,
    "counter": int,
    "unread_id": int,
    "last_message_id": int,
    "last_id": int,
    "marked_id": int,
    "disk_folder_id": int,
    "restrictions": dict,
    "role": str,
    "public": str,
    "entity_link": dict,
    "permissions": dict,
    "dialog_id": str,
    "readed_list": list,
    "last_message_views": dict,
}


async def dialog(world: World, dialog_id: object) -> Any:
    return await world.alice.call("im.dialog.get", DIALOG_ID=dialog_id)


async def test_every_documented_key_has_its_type(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, COLOR="MINT")
    answer = await world.alice.ask("im.dialog.get", DIALOG_ID=f"chat{chat_id}")
    assert set(answer.body) == {"result", "time"}
    assert {name: type(value) for name, value in answer.result.items()} == KEYS
    view = answer.result
    assert (view["id"], view["dialog_id"], view["owner"]) == (str(chat_id), f"chat{chat_id}", str(world.alice.id))
    assert (view["title"], view["name"], view["color"]) == ("Test", "Test", "#4ba984")
    assert (view["type"], view["message_type"], view["role"]) == ("chat", "C", "owner")
    assert view["date_create"].endswith("+03:00")
    assert view["restrictions"]["rename"] is True
    assert view["entity_link"] == {"type": "", "url": "", "id": ""}


async def test_counters_are_the_callers(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    seen = (await dialog(world, f"chat{chat_id}"))["last_message_id"]
    first = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="1")
    last = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="2")
    view = await dialog(world, f"chat{chat_id}")
    assert (view["counter"], view["unread_id"], view["last_id"], view["last_message_id"]) == (2, first, seen, last)
    assert view["last_message_views"] == {"message_id": last, "first_viewers": [], "count_of_viewers": 0}
    await world.alice.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=last)
    view = await dialog(world, f"chat{chat_id}")
    assert (view["counter"], view["unread_id"], view["last_id"]) == (0, 0, last)


async def test_readers_and_viewers_are_named(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    last = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=last)
    view = await dialog(world, f"chat{chat_id}")
    reader, late = view["readed_list"]
    assert set(reader) == {"user_id", "user_name", "message_id", "date"}
    assert (reader["user_id"], reader["user_name"], reader["message_id"]) == (world.bob.id, "Bob Ivanov", last)
    assert late == {"user_id": world.carol.id, "user_name": "Carol Sidorova", "message_id": 0, "date": None}
    views = view["last_message_views"]
    assert (views["message_id"], views["count_of_viewers"]) == (last, 1)
    assert [(set(one), one["user_id"]) for one in views["first_viewers"]] == [
        ({"user_id", "user_name", "date"}, world.bob.id)
    ]


@pytest.mark.parametrize(
    ("entity", "kind"),
    [("", "chat"), ("CHAT", "chat"), ("CRM", "crm"), ("SONET_GROUP", "sonetGroup"), ("MY_OWN_THING", "myOwnThing")],
)
async def test_the_type_follows_the_entity(world: World, entity: str, kind: str) -> None:
    chat_id = await world.chat(world.alice, world.bob, ENTITY_TYPE=entity, ENTITY_ID="1")
    assert (await dialog(world, f"chat{chat_id}"))["type"] == kind


@pytest.mark.parametrize(("name", "entity"), [("sg", "SONET_GROUP"), ("crm", "CRM")])
async def test_the_chat_of_a_work_group_or_of_an_item_is_found_by_that(world: World, name: str, entity: str) -> None:
    unknown = await world.alice.ask("im.dialog.get", DIALOG_ID=f"{name}7")
    assert unknown.refusal == (403, "ACCESS_ERROR")
    chat_id = await world.chat(world.alice, world.bob, ENTITY_TYPE=entity, ENTITY_ID="7")
    view = await dialog(world, f"{name}7")
    assert (view["id"], view["dialog_id"], view["entity_id"]) == (str(chat_id), f"{name}7", "7")
    assert (await world.stranger.ask("im.dialog.get", DIALOG_ID=f"{name}7")).body == unknown.body
    assert await world.alice.refused("im.dialog.get", DIALOG_ID=f"{name}0") == (403, "ACCESS_ERROR")
    for wrong in (name, f"{name}x", f"x{name}7", f"{name}|7", f"{name}-7"):
        assert await world.alice.refused("im.dialog.get", DIALOG_ID=wrong) == (400, "DIALOG_ID_EMPTY")


async def test_chats_of_items_say_to_what_they_belong(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, ENTITY_TYPE="CRM", ENTITY_ID="DEAL|1663")
    view = await dialog(world, f"chat{chat_id}")
    assert view["entity_link"] == {"type": "DEAL", "url": "", "id": "DEAL|1663"}
    assert view["restrictions"] == {
        "avatar": False,
        "rename": False,
        "extend": True,
        "call": True,
        "mute": True,
        "leave": True,
        "leave_owner": False,
        "send": True,
        "user_list": True,
        "path": "",
        "path_title": "",
    }


async def test_nobody_takes_a_work_groups_place(world: World) -> None:
    first = await world.chat(world.alice, world.bob, ENTITY_TYPE="SONET_GROUP", ENTITY_ID="7")
    await world.chat(world.stranger, world.alice, ENTITY_TYPE="SONET_GROUP", ENTITY_ID="7")
    assert (await dialog(world, "sg7"))["id"] == str(first)
    assert await world.stranger.refused("im.dialog.get", DIALOG_ID="sg7") == (403, "ACCESS_ERROR")
    message_id = await world.bob.call("im.message.add", DIALOG_ID="sg7", MESSAGE="раз")
    page = await world.alice.call("im.dialog.messages.get", DIALOG_ID="sg7")
    assert (page["chat_id"], page["messages"][0]["id"]) == (first, message_id)
    assert await world.alice.call("im.recent.pin", DIALOG_ID="sg7") is True


async def test_the_general_chat_says_so(world: World) -> None:
    view = await dialog(world, f"chat{await general_chat_id(world)}")
    assert (view["type"], view["message_type"], view["restrictions"]["rename"]) == ("general", "O", False)


async def test_an_open_chat_makes_readers_guests_and_hides_from_people_outside(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN")
    view = await world.stranger.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}")
    assert (view["type"], view["role"], view["counter"], view["last_id"]) == ("open", "guest", 0, 0)
    assert await world.outsider.refused("im.dialog.get", DIALOG_ID=f"chat{chat_id}") == (403, "ACCESS_ERROR")


async def test_a_private_dialog_is_opened_once(world: World) -> None:
    view = await dialog(world, world.bob.id)
    assert (view["type"], view["message_type"], view["dialog_id"]) == ("private", "P", str(world.bob.id))
    assert (await world.bob.call("im.dialog.get", DIALOG_ID=world.alice.id))["id"] == view["id"]
    again = len(await world.events())
    assert (await dialog(world, world.bob.id))["id"] == view["id"]
    assert len(await world.events()) == again


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.dialog.get", DIALOG_ID="chat999999")
    assert unknown.refusal == (403, "ACCESS_ERROR")
    assert unknown.body["error_description"] == "You do not have access to the specified dialog"
    for actor in (world.bob, world.stranger):
        assert (await actor.ask("im.dialog.get", DIALOG_ID=f"chat{chat_id}")).body == unknown.body


async def test_no_dialog_with_unknown_hidden_or_dismissed_people(world: World) -> None:
    await dismiss(world, world.carol)
    before = len(await world.events())
    for actor, person_id in ((world.alice, 999_999), (world.outsider, world.bob.id), (world.alice, world.carol.id)):
        assert await actor.refused("im.dialog.get", DIALOG_ID=person_id) == (403, "ACCESS_ERROR")
    hidden = await world.outsider.ask("im.dialog.get", DIALOG_ID=world.bob.id)
    unknown = await world.outsider.ask("im.dialog.get", DIALOG_ID=999_999)
    assert hidden.body == unknown.body
    assert len(await world.events()) == before


@pytest.mark.parametrize("dialog_id", [None, "", "x", "chat", "chat0", 0, "-1", [1], {"a": 1}, "9" * 100])
async def test_wrong_dialogs_are_refused(world: World, dialog_id: object) -> None:
    answer = await world.alice.ask("im.dialog.get", DIALOG_ID=dialog_id)
    assert (answer.refusal, answer.body["error_description"]) == ((400, "DIALOG_ID_EMPTY"), "Dialog ID can't be empty")


async def test_the_number_of_queries_does_not_grow_with_the_members(world: World) -> None:
    few = await world.chat(world.alice, world.bob)
    many = await world.chat(world.alice, *[await world.add(f"P{number}") for number in range(10)])
    for chat_id in (few, many):
        with count_queries(world) as queries:
            await dialog(world, f"chat{chat_id}")
        assert queries.count == 5, queries.statements
