"""``im.message.share``: a chat, a task, a post, an event — real ones — and lines that lead there and back."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import sharing
from skvorets.core.events import MessageChanged
from support.chats import general_chat_id, left_chat
from support.files import newest, send_file, shown_files
from support.world import Actor, World

TEXT = "Позвонить [b]клиенту[/b]"
RULE = "-" * 54
PARAMS_ERROR = (400, "PARAMS_ERROR")


async def share(actor: Actor, chat_id: int, message_id: int, kind: str) -> Any:
    return await actor.call("im.message.share", MESSAGE_ID=message_id, DIALOG_ID=f"chat{chat_id}", TYPE=kind)


async def messages(actor: Actor, chat_id: int) -> list[dict[str, Any]]:
    """Give the messages of a chat, the oldest first."""
    page = await actor.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    return sorted(page["messages"], key=lambda one: int(one["id"]))


async def thread_of(actor: Actor, message_id: int) -> int:
    """Give the chat that was made from a message."""
    return int(await actor.call("im.chat.get", ENTITY_TYPE="THREAD", ENTITY_ID=str(message_id)))


@pytest.fixture
async def place(world: World) -> tuple[int, int]:
    """Give a chat of bob, carol and alice, and a message of carol there."""
    chat_id = await world.chat(world.bob, world.carol, world.alice)
    return chat_id, await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=TEXT)


async def test_a_chat_has_the_caller_and_the_author_and_what_was_said(world: World, place: tuple[int, int]) -> None:
    chat_id, message_id = place
    answer = await world.bob.ask("im.message.share", MESSAGE_ID=message_id, DIALOG_ID=f"chat{chat_id}", TYPE="CHAT")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    new_id = await thread_of(world.bob, message_id)
    assert new_id != chat_id
    assert set(await world.bob.call("im.chat.user.list", CHAT_ID=new_id)) == {world.bob.id, world.carol.id}
    opened = await world.carol.call("im.dialog.get", DIALOG_ID=f"chat{new_id}")
    assert (opened["name"], opened["entity_type"], opened["entity_id"]) == (
        "Позвонить клиенту",
        "THREAD",
        str(message_id),
    )
    *_, back, quoted = await messages(world.carol, new_id)
    assert (back["author_id"], quoted["author_id"]) == (0, world.bob.id)
    assert f"[CONTEXT=chat{chat_id}/{message_id}]" in back["text"]
    assert f"[CHAT={chat_id}]Test[/CHAT]" in back["text"]
    assert quoted["text"].startswith(f"{RULE}\nCarol Sidorova [")
    assert quoted["text"].endswith(f"]\n{TEXT}\n{RULE}")
    line = await newest(world.alice, chat_id)
    assert (line["author_id"], line["params"]) == (0, {"CLASS": "bx-messenger-content-item-system"})
    assert f"[CHAT={new_id}]Позвонить клиенту[/CHAT]" in line["text"]


async def test_the_message_says_which_chat_was_made_from_it(world: World, place: tuple[int, int]) -> None:
    chat_id, message_id = place
    await share(world.bob, chat_id, message_id, "chat")
    new_id = await thread_of(world.bob, message_id)
    [message] = [one for one in await messages(world.alice, chat_id) if one["id"] == message_id]
    last_date = message["params"].pop("CHAT_LAST_DATE")
    assert last_date.endswith("+03:00")
    assert message["params"] == {
        "CHAT_ID": new_id,
        "CHAT_MESSAGE": len(await messages(world.bob, new_id)),
        "CHAT_USER": [world.bob.id, world.carol.id],
    }
    [event] = await world.events("message.changed")
    assert isinstance(event, MessageChanged)
    assert (event.id, event.actor_id, event.text, event.calls_bots) == (message_id, world.bob.id, TEXT, False)
    assert event.params == {**message["params"], "CHAT_LAST_DATE": last_date}


async def test_files_are_copied_into_the_new_chat(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    file_id = await send_file(world.carol, chat_id, data=b"bytes")
    message = await newest(world.bob, chat_id)
    await share(world.bob, chat_id, message["id"], "CHAT")
    new_id = await thread_of(world.bob, message["id"])
    [copy] = await shown_files(world.carol, new_id)
    assert (copy["name"], copy["size"]) == ("a.txt", 5)
    assert copy["id"] != file_id
    quoted = await newest(world.carol, new_id)
    assert quoted["params"]["FILE_ID"] == [copy["id"]]
    assert "[Файл]" in quoted["text"]
    # Deleting the message takes its own file with it, not the copy.
    await world.carol.call("im.message.delete", MESSAGE_ID=message["id"])
    assert [one["id"] for one in await shown_files(world.carol, new_id)] == [copy["id"]]


async def test_a_private_dialog_is_named_by_the_other_person(world: World) -> None:
    message_id = await world.carol.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=TEXT)
    params = {"MESSAGE_ID": message_id, "TYPE": "CHAT"}
    assert await world.bob.refused("im.message.share", DIALOG_ID=world.alice.id, **params) == (403, "ACCESS_ERROR")
    assert await world.bob.call("im.message.share", DIALOG_ID=world.carol.id, **params) is True
    new_id = await thread_of(world.bob, message_id)
    back = (await messages(world.carol, new_id))[-2]["text"]
    assert "из личной переписки" in back
    assert "[CHAT=" not in back


async def test_a_task_is_the_callers_own_and_leads_back(world: World, place: tuple[int, int]) -> None:
    chat_id, message_id = place
    await share(world.bob, chat_id, message_id, "TASK")
    [task] = await world.bob.call("task.item.list")
    assert (task["TITLE"], task["RESPONSIBLE_ID"], task["CREATED_BY"]) == (
        "Позвонить клиенту",
        str(world.bob.id),
        str(world.bob.id),
    )
    assert "Carol Sidorova" in task["DESCRIPTION"]
    assert TEXT in task["DESCRIPTION"]
    assert f"IM_DIALOG=chat{chat_id}&IM_MESSAGE={message_id}" in task["DESCRIPTION"]
    assert await world.bob.call("task.item.get", ID=task["ID"]) == task
    line = await newest(world.carol, chat_id)
    assert (
        f"/company/personal/user/{world.bob.id}/tasks/task/view/{task['ID']}/]Позвонить клиенту[/URL]" in line["text"]
    )
    assert await world.carol.call("task.item.list") == []
    await world.bob.call("task.item.update", TASKID=task["ID"], TASKDATA={"PRIORITY": 2})
    assert await world.bob.call("task.item.complete", TASKID=task["ID"]) is True


async def test_a_post_is_for_the_members_of_the_chat(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    await send_file(world.carol, chat_id, text=TEXT)
    message_id = (await newest(world.bob, chat_id))["id"]
    await share(world.bob, chat_id, message_id, "POST")
    [post] = await world.carol.call("log.blogpost.get")
    assert (post["TITLE"], post["AUTHOR_ID"], post["HAS_SOCNET_ALL"]) == ("Позвонить клиенту", str(world.bob.id), "N")
    assert f"{RULE}\nCarol Sidorova [" in post["DETAIL_TEXT"]
    file = await world.carol.call("disk.file.get", id=post["FILES"][0])
    assert file["NAME"] == "a.txt"
    for actor in (world.alice, world.stranger):
        assert await actor.call("log.blogpost.get") == []
    line = await newest(world.carol, chat_id)
    assert f"/company/personal/user/{world.bob.id}/blog/{post['ID']}/]" in line["text"]
    # Who comes later reads the chat, not the post.
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.alice.id])
    assert await world.alice.call("log.blogpost.get") == []


async def test_a_post_from_the_chat_of_all_employees_is_for_all_employees(world: World) -> None:
    chat_id = await general_chat_id(world)
    message_id = await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=TEXT)
    await share(world.bob, chat_id, message_id, "POST")
    [post] = await world.stranger.call("log.blogpost.get")
    assert post["HAS_SOCNET_ALL"] == "Y"


async def test_an_event_of_a_large_chat_invites_the_author_alone(
    world: World, place: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "MAX_ATTENDEES", 2)
    await share(world.bob, *place, "CALEND")
    [event] = await world.bob.call("calendar.event.get", type="user")
    assert event["ATTENDEES_CODES"] == [f"U{world.bob.id}", f"U{world.carol.id}"]


async def test_an_event_invites_the_members_of_the_chat(world: World, place: tuple[int, int]) -> None:
    chat_id, message_id = place
    await share(world.bob, chat_id, message_id, "CALEND")
    [event] = await world.bob.call("calendar.event.get", type="user", ownerId=world.bob.id)
    assert (event["NAME"], event["IS_MEETING"], event["MEETING_STATUS"]) == ("Позвонить клиенту", True, "H")
    assert event["DATE_FROM"].endswith(":00:00")
    assert event["DT_LENGTH"] == 3600
    assert TEXT in event["DESCRIPTION"]
    for actor in (world.carol, world.alice):
        [invited] = await actor.call("calendar.event.get", type="user", ownerId=actor.id)
        assert (invited["ID"], invited["MEETING_STATUS"]) == (event["ID"], "Q")
    line = await newest(world.carol, chat_id)
    assert f"/company/personal/user/{world.bob.id}/calendar/?EVENT_ID={event['ID']}]" in line["text"]


async def test_an_event_from_ones_own_notes_is_no_meeting(world: World) -> None:
    message_id = await world.bob.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x" * 300)
    await world.bob.call("im.message.share", MESSAGE_ID=message_id, DIALOG_ID=world.bob.id, TYPE="CALEND")
    [event] = await world.bob.call("calendar.event.get", type="user", ownerId=world.bob.id)
    assert (event["IS_MEETING"], event["MEETING_STATUS"]) == (False, None)
    assert event["NAME"] == "x" * 99 + "…"


async def test_an_employee_shares_from_an_open_chat_and_joins_it(world: World) -> None:
    chat_id = await world.chat(world.alice, TYPE="OPEN")
    message_id = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await share(world.stranger, chat_id, message_id, "TASK")
    assert world.stranger.id in await world.alice.call("im.chat.user.list", CHAT_ID=chat_id)


@pytest.mark.parametrize("kind", ["CHAT", "TASK", "POST", "CALEND"])
async def test_people_from_outside_make_nothing(world: World, kind: str) -> None:
    chat_id = await world.chat(world.bob, world.outsider)
    message_id = await world.outsider.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    before = len(await world.events())
    params = {"MESSAGE_ID": message_id, "DIALOG_ID": f"chat{chat_id}", "TYPE": kind}
    answer = await world.outsider.ask("im.message.share", **params)
    assert (answer.refusal, answer.body["error_description"]) == (PARAMS_ERROR, "Incorrect params")
    assert len(await world.events()) == before


async def test_strangers_and_former_members_are_refused(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    message_id = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    before = len(await world.events())
    for actor in (world.bob, world.stranger):
        params = {"MESSAGE_ID": message_id, "DIALOG_ID": f"chat{chat_id}", "TYPE": "TASK"}
        answer = await actor.ask("im.message.share", **params)
        assert answer.refusal == (403, "ACCESS_ERROR")
        assert answer.body["error_description"] == "You do not have access to the specified dialog"
    assert len(await world.events()) == before


async def test_a_message_elsewhere_hidden_or_deleted_looks_like_one_that_is_not_there(
    world: World, place: tuple[int, int]
) -> None:
    chat_id, message_id = place
    other = await world.chat(world.bob, world.carol)
    elsewhere = await world.carol.call("im.message.add", DIALOG_ID=f"chat{other}", MESSAGE="x")
    deleted = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.bob.call("im.message.delete", MESSAGE_ID=deleted)
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.stranger.id], HIDE_HISTORY="Y")
    before = len(await world.events())
    for actor, wrong in ((world.bob, elsewhere), (world.bob, deleted), (world.stranger, message_id), (world.bob, 9**9)):
        params = {"MESSAGE_ID": wrong, "DIALOG_ID": f"chat{chat_id}", "TYPE": "TASK"}
        assert await actor.refused("im.message.share", **params) == PARAMS_ERROR
    assert len(await world.events()) == before


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"MESSAGE_ID": None}, 400, "MESSAGE_ID_ERROR"),
        ({"MESSAGE_ID": "x"}, 400, "MESSAGE_ID_ERROR"),
        ({"MESSAGE_ID": 0}, 400, "MESSAGE_ID_ERROR"),
        ({"MESSAGE_ID": [1]}, 400, "MESSAGE_ID_ERROR"),
        ({"DIALOG_ID": None}, 400, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "x"}, 400, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "chat"}, 400, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": ["chat1"]}, 400, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "chat999999"}, 403, "ACCESS_ERROR"),
        ({"DIALOG_ID": "999999"}, 403, "ACCESS_ERROR"),
        ({"TYPE": None}, 400, "PARAMS_ERROR"),
        ({"TYPE": "LETTER"}, 400, "PARAMS_ERROR"),
        ({"TYPE": ["TASK"]}, 400, "PARAMS_ERROR"),
        ({"TYPE": "x" * 100_000}, 400, "PARAMS_ERROR"),
    ],
)
async def test_each_documented_error(
    world: World, place: tuple[int, int], params: dict[str, Any], status: int, code: str
) -> None:
    chat_id, message_id = place
    before = len(await world.events())
    given = {"MESSAGE_ID": message_id, "DIALOG_ID": f"chat{chat_id}", "TYPE": "TASK", **params}
    assert await world.bob.refused("im.message.share", **given) == (status, code)
    assert len(await world.events()) == before
