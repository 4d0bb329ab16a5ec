"""``im.recent.list``: the documented items, pages, kinds, texts of the newest messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skvorets.core import people
from skvorets.storage.database import Tx
from support.queries import count_queries
from support.recents import recents, without_general
from support.world import World

ITEM_KEYS = {
    *("id", "chat_id", "type", "avatar", "title", "message", "counter", "pinned", "unread", "date_update"),
    *("user", "options", "last_id", "has_reminder", "date_last_activity"),
}
MESSAGE_KEYS = {"id", "text", "file", "attach", "author_id", "date", "status", "uuid"}


async def test_a_dialog_of_two_is_shown_as_the_other_person(world: World) -> None:
    message_id = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="[B]Привет[/B]\nвсем")
    answer = await world.alice.call("im.recent.list")
    assert (answer["hasMore"], answer["hasMorePages"]) == (False, False)
    [item] = without_general(answer["items"])
    assert set(item) == ITEM_KEYS
    user = await world.alice.call("im.user.get", ID=world.bob.id)
    date = item["message"]["date"]
    assert item == {
        "id": world.bob.id,
        "chat_id": item["chat_id"],
        "type": "user",
        "avatar": {"url": "", "color": user["color"]},
        "title": "Bob Ivanov",
        "message": {
            "id": message_id,
            "text": "Привет всем",
            "file": False,
            "attach": False,
            "author_id": world.bob.id,
            "date": date,
            "status": "received",
            "uuid": None,
        },
        "counter": 1,
        "last_id": 0,
        "pinned": False,
        "unread": False,
        "has_reminder": False,
        "date_update": date,
        "date_last_activity": date,
        "user": {**user, "last_activity_date": item["user"]["last_activity_date"]},
        "options": [],
    }
    assert isinstance(item["chat_id"], int)


async def test_a_chat_is_shown_with_its_object_and_the_author_of_the_newest_message(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    [item] = await recents(world.alice)
    assert set(item) == ITEM_KEYS | {"chat"}
    assert set(item["message"]) == MESSAGE_KEYS
    assert (item["id"], item["chat_id"], item["type"], item["title"]) == (f"chat{chat_id}", chat_id, "chat", "Test")
    assert item["user"]["id"] == world.bob.id
    assert item["chat"]["id"] == chat_id
    assert item["chat"]["name"] == item["chat"]["title"] == "Test"
    assert item["chat"]["counter"] == item["counter"] == 1
    assert item["chat"]["unread_id"] == item["message"]["id"]
    assert item["avatar"] == {"url": "", "color": item["chat"]["color"]}


async def test_the_system_is_a_user_with_nothing_but_its_id(world: World) -> None:
    await world.chat(world.alice, world.bob)
    [item] = await recents(world.bob)
    assert item["user"] == {"id": 0}
    assert item["message"]["author_id"] == 0


async def test_a_message_is_delivered_when_somebody_else_has_read_it(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    assert [item["message"]["status"] for item in await recents(world.alice)] == ["received"]
    assert [item["message"]["status"] for item in await recents(world.bob)] == ["received"]
    await world.bob.call("im.dialog.read", DIALOG_ID=world.alice.id, MESSAGE_ID=message_id)
    assert [item["message"]["status"] for item in await recents(world.alice)] == ["delivered"]
    assert [item["message"]["status"] for item in await recents(world.bob)] == ["delivered"]


async def test_attachments_are_named_in_the_language_of_the_portal(world: World) -> None:
    attach = {"BLOCKS": [{"MESSAGE": "внутри"}]}
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="Смотри", ATTACH=attach)
    [item] = await recents(world.bob)
    assert (item["message"]["text"], item["message"]["attach"]) == ("Смотри [Вложение]", True)


async def test_a_description_stands_for_the_attachment(world: World) -> None:
    attach = {"DESCRIPTION": "Отчёт", "BLOCKS": [{"MESSAGE": "внутри"}]}
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="Смотри", ATTACH=attach)
    [item] = await recents(world.bob)
    assert item["message"]["text"] == "Смотри Отчёт"


async def test_a_deleted_message_leaves_a_word_in_its_place(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="секрет")
    await world.alice.call("im.message.delete", MESSAGE_ID=message_id)
    [item] = await recents(world.bob)
    day = item["message"]["date"][:10]
    expected = f"Сообщение от {day[8:]}.{day[5:7]}.{day[:4]} {item['message']['date'][11:16]} было удалено"
    assert item["message"]["text"] == expected


async def test_the_original_text_keeps_its_codes(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="[B]раз[/B]\nдва")
    [item] = await recents(world.bob, GET_ORIGINAL_TEXT="Y")
    assert item["message"]["text"] == "[B]раз[/B]\nдва"


async def test_the_text_is_html_on_wish_and_nothing_of_it_unescaped(world: World) -> None:
    attach = {"DESCRIPTION": "<i>Отчёт</i>", "BLOCKS": [{"MESSAGE": "внутри"}]}
    text = "[B]раз[/B]\nдва <script>alert(1)</script>"
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=text, ATTACH=attach)
    [item] = await recents(world.bob, PARSE_TEXT="Y")
    expected = "<b>раз</b><br />два &lt;script&gt;alert(1)&lt;/script&gt; &lt;i&gt;Отчёт&lt;/i&gt;"
    assert item["message"]["text"] == expected
    [item] = await recents(world.bob, PARSE_TEXT="Y", GET_ORIGINAL_TEXT="Y")
    assert item["message"]["text"] == text


async def test_a_member_without_history_does_not_see_the_newest_message(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="тайна")
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    [item] = await recents(world.carol)
    assert "тайна" not in item["message"]["text"]


async def test_pages_follow_each_other_by_the_date_of_the_last_item(world: World) -> None:
    for person in (world.bob, world.carol, world.stranger):
        await world.alice.call("im.message.add", DIALOG_ID=person.id, MESSAGE="раз")
    await world.alice.call("im.recent.hide", DIALOG_ID="chat1")
    first = await world.alice.call("im.recent.list", LIMIT=2)
    assert [item["id"] for item in first["items"]] == [world.stranger.id, world.carol.id]
    assert first["hasMore"] is True
    date = first["items"][-1]["message"]["date"]
    rest = await world.alice.call("im.recent.list", LAST_MESSAGE_DATE=date)
    assert world.bob.id in [item["id"] for item in rest["items"]]
    assert rest["hasMore"] is False
    assert await recents(world.alice, LAST_MESSAGE_DATE="2021-10-30") == []
    assert [item["id"] for item in await recents(world.alice, OFFSET=2)] == [world.bob.id]


@pytest.mark.parametrize(
    ("skipped", "left"),
    [
        ("SKIP_DIALOG", {"chat"}),
        ("SKIP_CHAT", {"user"}),
        ("SKIP_OPENLINES", {"chat", "user"}),
        ("ONLY_OPENLINES", set()),
    ],
)
async def test_kinds_are_left_out_on_wish(world: World, skipped: str, left: set[str]) -> None:
    await world.chat(world.alice, world.bob)
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    assert {item["type"] for item in await recents(world.alice, **{skipped: "Y"})} == left


async def test_only_unread_conversations_on_wish(world: World) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
    await world.alice.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="раз")
    await world.alice.call("im.message.add", DIALOG_ID=world.stranger.id, MESSAGE="раз")
    await world.alice.call("im.recent.unread", DIALOG_ID=world.stranger.id)
    found = await recents(world.alice, UNREAD_ONLY="Y")
    assert {item["id"] for item in found} == {world.bob.id, world.stranger.id}


async def test_who_has_a_birthday_today_stands_on_the_first_page(world: World) -> None:
    assert (await world.alice.call("im.recent.list"))["birthdayList"] == []
    for actor in (world.alice, world.bob, world.stranger, world.outsider):
        await world.unit(_born_today, actor.id)
    await world.unit(_dismissed, world.stranger.id)
    answer = await world.alice.call("im.recent.list")
    [item] = answer["birthdayList"]
    user = await world.alice.call("im.user.get", ID=world.bob.id)
    midnight = item["message"]["date"]
    assert datetime.fromisoformat(midnight).strftime("%H:%M:%S %z") == "00:00:00 +0300"
    assert item == {
        "id": world.bob.id,
        "chat_id": 0,
        "type": "user",
        "avatar": {"url": "", "color": user["color"]},
        "title": "Bob Ivanov",
        "message": {
            "id": 0,
            "text": "",
            "file": False,
            "attach": False,
            "author_id": 0,
            "date": midnight,
            "status": "received",
            "uuid": None,
        },
        "counter": 0,
        "last_id": 0,
        "pinned": False,
        "unread": False,
        "has_reminder": False,
        "date_update": midnight,
        "date_last_activity": midnight,
        "user": {**user, "last_activity_date": item["user"]["last_activity_date"]},
        "options": {"default_user_record": True},
    }
    for params in ({"OFFSET": 1}, {"LAST_MESSAGE_DATE": midnight}):
        assert "birthdayList" not in await world.alice.call("im.recent.list", **params)
    assert (await world.outsider.call("im.recent.list"))["birthdayList"] == []


async def test_a_dialog_of_two_in_which_nothing_was_said_is_listed_when_it_is_pinned_or_marked(world: World) -> None:
    await world.alice.call("im.dialog.get", DIALOG_ID=world.bob.id)
    await world.alice.call("im.dialog.get", DIALOG_ID=world.carol.id)
    assert await recents(world.alice) == []
    await world.alice.call("im.recent.pin", DIALOG_ID=world.bob.id)
    await world.alice.call("im.recent.unread", DIALOG_ID=world.carol.id)
    pinned, marked = await recents(world.alice)
    assert (pinned["id"], pinned["pinned"], pinned["message"]["id"]) == (world.bob.id, True, 0)
    assert (marked["id"], marked["unread"], marked["message"]["text"]) == (world.carol.id, True, "")


async def test_notes_to_oneself_are_a_dialog_with_oneself(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="на память")
    [item] = await recents(world.alice)
    assert (item["id"], item["title"], item["counter"]) == (world.alice.id, "Alice Petrova", 0)


async def test_dialogs_with_dismissed_people_stay(world: World) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="прощай")
    await world.unit(_dismissed, world.bob.id)
    [item] = await recents(world.alice)
    assert (item["id"], item["user"]["active"], item["counter"]) == (world.bob.id, False, 1)


async def test_strangers_see_nothing_of_it(world: World) -> None:
    await world.chat(world.alice, world.bob)
    assert await recents(world.stranger) == []


@pytest.mark.parametrize("date", ["tomorrow", [1], {"a": 1}, "9" * 100])
async def test_what_is_no_date_is_refused(world: World, date: object) -> None:
    assert await world.alice.refused("im.recent.list", LAST_MESSAGE_DATE=date) == (400, "ERROR_ARGUMENT")


@pytest.mark.parametrize("number", ["x", -1, 10**30, "0"])
async def test_odd_limits_mean_the_usual_page(world: World, number: object) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    assert len(await recents(world.alice, LIMIT=number)) == 1


async def test_a_page_costs_the_same_queries_however_many_conversations_it_has(world: World) -> None:
    for _ in range(4):
        chat_id = await world.chat(world.alice, world.bob)
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    for person in (world.bob, world.carol, world.stranger):
        await person.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
        await world.alice.call("im.message.add", DIALOG_ID=person.id, MESSAGE="два")
    for limit in (2, 50):
        with count_queries(world) as queries:
            await recents(world.alice, LIMIT=limit, SKIP_DIALOG="Y")
        # The list, managers and mutes, authors, their departments, birthdays.
        assert queries.count == 5, queries.statements
        with count_queries(world) as queries:
            await recents(world.alice, LIMIT=limit, SKIP_CHAT="Y")
        # The list, the people, their departments, birthdays.
        assert queries.count == 4, queries.statements


async def _born_today(tx: Tx, person_id: int) -> Any:
    today = datetime.now(UTC) + timedelta(hours=3)
    await people.change_person(tx, person_id, birthday=f"1980-{today:%m-%d}")


async def _dismissed(tx: Tx, person_id: int) -> Any:
    await people.change_person(tx, person_id, active=0)
