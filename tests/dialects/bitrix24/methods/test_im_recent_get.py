"""``im.recent.get``: the documented list with its ids as text, the limits in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from skvorets.storage.database import Tx
from support.queries import count_queries
from support.recents import without_general
from support.world import Actor, World

DAY_MS = 24 * 3600 * 1000


async def recent(actor: Actor, **params: Any) -> list[dict[str, Any]]:
    return without_general(await actor.call("im.recent.get", **params))


async def test_a_dialog_is_given_with_ids_and_counters_as_text(world: World) -> None:
    message_id = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="1")
    [item] = await recent(world.alice)
    user = item["user"]
    assert item["id"] == user["id"] == str(world.bob.id)
    assert (item["type"], item["title"], item["counter"]) == ("user", "Bob Ivanov", "1")
    assert item["avatar"] == {"url": "", "color": user["color"]}
    assert item["message"] == {
        "id": str(message_id),
        "text": "1",
        "file": False,
        "attach": False,
        "author_id": str(world.bob.id),
        "date": item["date"],
        "status": "received",
        "uuid": None,
    }
    assert user["birthday"] is False
    assert {
        *("id", "name", "first_name", "last_name", "work_position", "color", "avatar", "gender", "birthday"),
        *("extranet", "network", "bot", "connector", "external_auth_id", "status", "idle", "last_activity_date"),
        *("mobile_last_date", "absent"),
    } <= set(user)
    assert "chat" not in item


async def test_a_chat_is_given_without_a_user(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    [item] = await recent(world.bob)
    assert (item["id"], item["type"], item["title"]) == (f"chat{chat_id}", "chat", "Test")
    assert "user" not in item
    chat = item["chat"]
    assert (chat["id"], chat["owner"]) == (str(chat_id), str(world.alice.id))
    assert {
        *("id", "title", "owner", "extranet", "avatar", "color", "type", "entity_type", "entity_data_1"),
        *("entity_data_2", "entity_data_3", "date_create", "message_type"),
    } <= set(chat)


async def test_pinned_conversations_come_first_then_the_newest(world: World) -> None:
    for person in (world.bob, world.carol, world.stranger):
        await world.alice.call("im.message.add", DIALOG_ID=person.id, MESSAGE="раз")
    await world.alice.call("im.recent.pin", DIALOG_ID=world.bob.id)
    order = [item["id"] for item in await recent(world.alice)]
    assert order == [str(one.id) for one in (world.bob, world.stranger, world.carol)]


@pytest.mark.parametrize(
    ("flag", "left"),
    [
        ("SKIP_DIALOG", {"chat"}),
        ("SKIP_CHAT", {"user"}),
        ("SKIP_OPENLINES", {"chat", "user"}),
        ("ONLY_OPENLINES", set()),
    ],
)
async def test_kinds_are_left_out_on_wish(world: World, flag: str, left: set[str]) -> None:
    await world.chat(world.alice, world.bob)
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    assert {item["type"] for item in await recent(world.alice, **{flag: "Y"})} == left


async def test_what_is_older_than_thirty_days_is_left_out_unless_pinned(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    await world.alice.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="раз")
    await world.alice.call("im.recent.pin", DIALOG_ID=world.carol.id)
    await world.unit(_grow_old, 31 * DAY_MS)
    assert [item["id"] for item in await recent(world.alice)] == [str(world.carol.id)]


@pytest.mark.parametrize("name", ["LAST_UPDATE", "LAST_SYNC_DATE"])
async def test_only_what_changed_since_a_date(world: World, name: str) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    await world.alice.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="раз")
    await world.unit(_grow_old, 2 * DAY_MS)
    [_, oldest] = await recent(world.alice)
    since = {name: f"{_next_day(oldest['date'])}T00:00:00+03:00"}
    assert await recent(world.alice, **since) == []
    await world.alice.call("im.recent.unread", DIALOG_ID=world.bob.id)
    assert [item["id"] for item in await recent(world.alice, **since)] == [str(world.bob.id)]


async def test_changes_are_kept_for_seven_days(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    await world.unit(_grow_old, 8 * DAY_MS)
    assert await recent(world.alice, LAST_SYNC_DATE="2020-01-01T00:00:00+03:00") == []
    assert len(await recent(world.alice, LAST_UPDATE="2020-01-01T00:00:00+03:00")) == 1


@pytest.mark.parametrize("name", ["LAST_UPDATE", "LAST_SYNC_DATE"])
@pytest.mark.parametrize("date", ["x", [1]])
async def test_what_is_no_date_is_refused(world: World, name: str, date: object) -> None:
    assert await world.alice.refused("im.recent.get", **{name: date}) == (400, "ERROR_ARGUMENT")


async def test_the_later_of_two_dates_counts_and_pages_of_hidden_ones_are_absent(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    await world.alice.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="раз")
    await world.unit(_grow_old, 3 * DAY_MS)
    old, new = "2020-01-01T00:00:00+03:00", "2099-01-01T00:00:00+03:00"
    assert await recent(world.alice, LAST_UPDATE=new, LAST_SYNC_DATE=old) == []
    assert await recent(world.alice, LAST_UPDATE=old, LAST_SYNC_DATE=new) == []
    await world.alice.call("im.recent.hide", DIALOG_ID=world.bob.id)
    assert [item["id"] for item in await recent(world.alice, LAST_SYNC_DATE=old)] == [str(world.carol.id)]


@pytest.mark.parametrize("change", ["im.message.update", "im.message.delete"])
async def test_an_edited_or_deleted_newest_message_is_a_change(world: World, change: str) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    await world.unit(_grow_old, 2 * DAY_MS)
    [item] = await recent(world.alice)
    since = f"{_next_day(item['date'])}T00:00:00+03:00"
    assert await recent(world.alice, LAST_SYNC_DATE=since) == []
    params = {"MESSAGE": "два"} if change == "im.message.update" else {}
    await world.alice.call(change, MESSAGE_ID=message_id, **params)
    assert [one["id"] for one in await recent(world.alice, LAST_SYNC_DATE=since)] == [item["id"]]


async def test_a_date_without_an_offset_is_one_of_the_portals_zone(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="раз")
    [item] = await recent(world.alice)
    written = datetime.fromisoformat(item["date"])
    after = (written + timedelta(seconds=1)).replace(tzinfo=None).isoformat()
    assert await recent(world.alice, LAST_UPDATE=after) == []
    before = (written - timedelta(seconds=1)).replace(tzinfo=None).isoformat()
    assert len(await recent(world.alice, LAST_UPDATE=before)) == 1


async def test_the_markers_of_seed_and_portal_stand_in_texts(world: World) -> None:
    attach = {"BLOCKS": [{"MESSAGE": "внутри"}]}
    await world.bob.call(
        "im.message.add", DIALOG_ID=world.alice.id, MESSAGE="Разрешение получено от[BR]#BR#\n[I]нас[/I]", ATTACH=attach
    )
    [item] = await recent(world.alice)
    assert (item["message"]["text"], item["message"]["attach"]) == ("Разрешение получено от нас [Вложение]", True)


async def test_strangers_see_nothing_of_it(world: World) -> None:
    await world.chat(world.alice, world.bob)
    assert await recent(world.stranger) == []


def _next_day(date: str) -> str:
    return (datetime.fromisoformat(date) + timedelta(days=1)).date().isoformat()


async def _grow_old(tx: Tx, by: int) -> Any:
    await tx.do("UPDATE chats SET last_message_at = last_message_at - $1, created_at = created_at - $1", by)
    await tx.do("UPDATE messages SET created_at = created_at - $1", by)
    await tx.do("UPDATE members SET read_at = 0, changed_at = 0")


async def test_the_list_costs_the_same_queries_however_long_it_is(world: World) -> None:
    for _ in range(4):
        chat_id = await world.chat(world.alice, world.bob)
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="раз")
    for person in (world.bob, world.carol, world.stranger):
        await person.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="раз")
        await world.alice.call("im.message.add", DIALOG_ID=person.id, MESSAGE="два")
    with count_queries(world) as queries:
        found = await recent(world.alice)
    assert len(found) == 7
    # The list, managers and mutes, the people, their departments.
    assert queries.count == 4, queries.statements
