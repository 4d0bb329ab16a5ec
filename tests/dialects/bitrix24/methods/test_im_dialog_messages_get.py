"""``im.dialog.messages.get``: exact objects, windows, hidden history, who may read, wrong ids, number of queries."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.storage.database import Tx
from support.chats import left_chat
from support.queries import count_queries
from support.world import Actor, World

MESSAGE_KEYS = {
    "id",
    "chat_id",
    "author_id",
    "date",
    "text",
    "params",
    "unread",
    "uuid",
    "replaces",
    "disappearing_date",
}


async def page(actor: Actor, chat_id: int, **params: Any) -> Any:
    return await actor.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}", **params)


async def ids(actor: Actor, chat_id: int, **params: Any) -> list[int]:
    return [one["id"] for one in (await page(actor, chat_id, **params))["messages"]]


async def say(actor: Actor, chat_id: int, number: int) -> list[int]:
    return [await actor.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"m{one}") for one in range(number)]


async def silent_chat(world: World, *members: Actor) -> int:
    """Create a chat whose first message is the creator's own."""
    return await world.chat(*members, MESSAGE="first")


async def test_a_message_is_shown_as_documented(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="[B]x[/B]", TEMPLATE_ID="t")
    answer = await world.alice.ask("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    assert set(answer.body) == {"result", "time"}
    assert set(answer.result) == {"chat_id", "messages", "users", "files"}
    assert (answer.result["chat_id"], answer.result["files"]) == (chat_id, [])
    newest = answer.result["messages"][0]
    assert set(newest) == MESSAGE_KEYS
    date = newest.pop("date")
    assert date[10] == "T"
    assert date.endswith("+03:00")
    assert newest == {
        "id": message_id,
        "chat_id": chat_id,
        "author_id": world.bob.id,
        "text": "[B]x[/B]",
        "params": None,
        "unread": True,
        "uuid": "t",
        "replaces": [],
        "disappearing_date": None,
    }
    assert answer.result["messages"][1]["unread"] is False


async def test_texts_are_html_on_wish_and_nothing_of_them_unescaped(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    text = f'[B]раз[/B]\n<img src=x onerror="alert(1)"> [USER={world.bob.id}][/USER] [URL=javascript:alert(1)]x[/URL]'
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    shown = (await page(world.bob, chat_id, CONVERT_TEXT="Y"))["messages"][0]["text"]
    assert shown == (
        "<b>раз</b><br />&lt;img src=x onerror=&quot;alert(1)&quot;&gt; "
        f'<span data-user="{world.bob.id}">Bob Ivanov</span> [URL=javascript:alert(1)]x[/URL]'
    )
    plain = (await page(world.bob, chat_id, CONVERT_TEXT="N"))["messages"][0]["text"]
    assert plain.startswith("[B]раз[/B]\n<img")


async def test_users_are_authors_and_people_whom_params_name(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob, world.carol)
    [message_id] = await say(world.bob, chat_id, 1)
    await world.carol.call("im.message.like", MESSAGE_ID=message_id)
    found = await page(world.alice, chat_id)
    assert [one["id"] for one in found["users"]] == [world.alice.id, world.bob.id, world.carol.id]
    assert found["messages"][0]["params"] == {"LIKE": [world.carol.id]}


async def test_messages_of_the_system_add_no_user(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    found = await page(world.bob, chat_id)
    assert found["messages"][0]["author_id"] == 0
    assert found["users"] == []


async def test_windows_go_by_ids(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    sent = await say(world.alice, chat_id, 6)
    assert await ids(world.alice, chat_id, LIMIT=3) == sent[:2:-1]
    assert await ids(world.alice, chat_id, LAST_ID=sent[3], LIMIT=2) == [sent[2], sent[1]]
    assert await ids(world.alice, chat_id, FIRST_ID=sent[3]) == sent[4:]
    assert await ids(world.alice, chat_id, FIRST_ID=0, LIMIT=2) == [sent[0] - 1, sent[0]]
    assert await ids(world.alice, chat_id, FIRST_ID="0", LIMIT=2) == [sent[0] - 1, sent[0]]
    assert await ids(world.alice, chat_id, LAST_ID=1) == []
    assert await ids(world.alice, chat_id, FIRST_ID=sent[-1]) == []


@pytest.mark.parametrize(
    ("limit", "expected"), [(None, 20), (0, 20), (-5, 20), ("x", 20), (1, 1), (50, 50), (1000, 50)]
)
async def test_the_limit_is_20_and_at_most_50(world: World, limit: object, expected: int) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    await say(world.alice, chat_id, 55)
    assert len(await ids(world.alice, chat_id, LIMIT=limit)) == expected


async def test_the_answer_is_extended_down_to_the_last_read_message(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    read = (await say(world.alice, chat_id, 3))[-1]
    await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=read)
    sent = await say(world.alice, chat_id, 30)
    assert await ids(world.bob, chat_id) == [*sent[::-1], read]
    assert await ids(world.bob, chat_id, LIMIT=5) == [*sent[::-1], read]
    assert len(await ids(world.bob, chat_id, LAST_ID=sent[-1])) == 20
    assert len(await ids(world.alice, chat_id)) == 20


async def test_the_extension_has_an_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skvorets.dialects.bitrix24.methods.im_dialog_messages_get.MAX_EXTENSION", 4)
    chat_id = await silent_chat(world, world.alice, world.bob)
    await say(world.alice, chat_id, 30)
    assert len(await ids(world.bob, chat_id)) == 24


async def test_hidden_history_stays_hidden_in_every_window(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    hidden = await say(world.alice, chat_id, 3)
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    for window in ({}, {"FIRST_ID": 0}, {"FIRST_ID": hidden[0]}, {"LAST_ID": 2**62}, {"LAST_ID": 0}):
        assert await ids(world.carol, chat_id, **window) == [hidden[-1] + 1]
    assert await ids(world.carol, chat_id, LAST_ID=hidden[-1] + 1) == []


async def test_an_employee_reads_an_open_chat_without_joining_and_nobody_from_outside_does(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN", MESSAGE="for all")
    [message] = (await page(world.stranger, chat_id))["messages"]
    assert (message["text"], message["unread"]) == ("for all", False)
    assert await world.outsider.refused("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}") == (403, "ACCESS_ERROR")


async def test_a_private_dialog_that_does_not_exist_yet_is_empty(world: World) -> None:
    before = len(await world.events())
    found = await world.alice.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    assert found == {"chat_id": 0, "messages": [], "users": [], "files": []}
    assert len(await world.events()) == before


async def test_a_private_dialog_is_read_by_its_two_people_only(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    mine = await world.alice.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    theirs = await world.bob.call("im.dialog.messages.get", DIALOG_ID=world.alice.id)
    assert [one["id"] for one in mine["messages"]] == [one["id"] for one in theirs["messages"]] == [message_id]
    chat = f"chat{mine['chat_id']}"
    assert await world.stranger.refused("im.dialog.messages.get", DIALOG_ID=chat) == (403, "ACCESS_ERROR")


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.dialog.messages.get", DIALOG_ID="chat999999")
    assert unknown.refusal == (403, "ACCESS_ERROR")
    for actor in (world.bob, world.stranger):
        answer = await actor.ask("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
        assert answer.body == unknown.body


@pytest.mark.parametrize("name", ["FIRST_ID", "LAST_ID"])
@pytest.mark.parametrize("value", ["x", "1x", [1], {"a": 1}, "chat1"])
async def test_ids_that_are_no_numbers_are_refused(world: World, name: str, value: object) -> None:
    answer = await world.alice.ask("im.dialog.messages.get", DIALOG_ID=world.bob.id, **{name: value})
    assert answer.refusal == (400, f"{name}_STRING")
    assert answer.body["error_description"] == f"{name[:-3].capitalize()} ID can't be string"


async def test_numbers_out_of_all_bounds_are_harmless(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    assert len(await ids(world.alice, chat_id, LAST_ID="9" * 50, LIMIT="9" * 50)) == 1
    assert await ids(world.alice, chat_id, FIRST_ID="9" * 50) == []
    assert len(await ids(world.alice, chat_id, FIRST_ID="-5")) == 1


@pytest.mark.parametrize("dialog", [None, "", "x", [1], {"a": 1}])
async def test_wrong_dialogs_are_refused(world: World, dialog: object) -> None:
    assert await world.alice.refused("im.dialog.messages.get", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_the_chat_may_be_named_by_its_number(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    found = await world.alice.call("im.dialog.messages.get", CHAT_ID=chat_id)
    assert found == await page(world.alice, chat_id)


async def test_five_queries_however_long_the_page(world: World) -> None:
    few = await silent_chat(world, world.alice, world.bob)
    many = await silent_chat(world, world.alice, world.bob, world.carol)
    for actor in (world.alice, world.bob, world.carol):
        await say(actor, many, 10)
    for chat_id in (few, many):
        with count_queries(world) as queries:
            await page(world.alice, chat_id, LIMIT=50)
        # The chat with the reader's part in it, messages, likes, people, departments.
        assert queries.count == 5, queries.statements
    # Unread beyond the page: one more.
    with count_queries(world) as queries:
        await page(world.bob, many, LIMIT=2)
    assert queries.count == 6, queries.statements


async def test_silent_messages_are_never_unread(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    await say(world.alice, chat_id, 1)
    await world.unit(silence, chat_id)
    assert (await page(world.bob, chat_id))["messages"][0]["unread"] is False


async def silence(tx: Tx, chat_id: int) -> None:
    await tx.do("UPDATE messages SET params = $2 WHERE chat_id = $1", chat_id, '{"NOTIFY":"N"}')
