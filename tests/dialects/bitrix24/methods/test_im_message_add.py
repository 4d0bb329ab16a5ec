"""``im.message.add``: the documented reply, each documented error, a stranger, the recorded event."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import MembersJoined, MessageAdded
from skvorets.storage.database import Tx
from support.chats import dismiss, general_chat_id, left_chat
from support.queries import count_queries
from support.world import Actor, World

ACCESS = (403, "ACCESS_ERROR")


async def added(world: World) -> MessageAdded:
    event = (await world.events("message.added"))[-1]
    assert isinstance(event, MessageAdded)
    return event


async def newest(actor: Actor, dialog: object) -> Any:
    return (await actor.call("im.dialog.messages.get", DIALOG_ID=dialog))["messages"][0]


async def test_a_private_message_is_answered_with_its_id(world: World) -> None:
    answer = await world.alice.ask("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="Привет")
    assert answer.result > 0
    assert set(answer.body) == {"result", "time"}
    [event] = await world.events("message.added")
    assert isinstance(event, MessageAdded)
    assert (event.id, event.author_id, event.text) == (answer.result, world.alice.id, "Привет")
    assert (event.skips_connector, event.previews_links, event.calls_bots) == (False, True, True)


async def test_a_chat_is_named_in_three_ways_and_a_person_in_two(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    for name in ({"DIALOG_ID": f"chat{chat_id}"}, {"CHAT_ID": chat_id}, {"CHAT_ID": str(chat_id)}):
        await world.alice.call("im.message.add", MESSAGE="x", **name)
        assert (await added(world)).chat_id == chat_id
    await world.alice.call("im.message.add", MESSAGE="x", DIALOG_ID=world.bob.id)
    private = (await added(world)).chat_id
    await world.alice.call("im.message.add", MESSAGE="x", USER_ID=world.bob.id)
    assert (await added(world)).chat_id == private != chat_id


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "PARAMS_ERROR"),
        ({"DIALOG_ID": ""}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "chat"}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "x"}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "9" * 5000}, "USER_ID_EMPTY"),
        ({"DIALOG_ID": [1]}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": {"a": 1}}, "DIALOG_ID_EMPTY"),
        ({"DIALOG_ID": "chat0"}, "CHAT_ID_EMPTY"),
        ({"CHAT_ID": 0}, "CHAT_ID_EMPTY"),
        ({"CHAT_ID": "chat5"}, "CHAT_ID_EMPTY"),
        ({"CHAT_ID": [5]}, "CHAT_ID_EMPTY"),
        ({"DIALOG_ID": "0"}, "USER_ID_EMPTY"),
        ({"DIALOG_ID": -1}, "USER_ID_EMPTY"),
        ({"USER_ID": 0}, "USER_ID_EMPTY"),
    ],
)
async def test_a_wrong_dialog_is_refused(world: World, params: dict[str, Any], code: str) -> None:
    assert await world.alice.refused("im.message.add", MESSAGE="x", **params) == (400, code)


@pytest.mark.parametrize("message", [None, "", " \n "])
async def test_an_empty_message_is_refused_and_changes_nothing(world: World, message: object) -> None:
    before = len(await world.events())
    for more in ({}, {"KEYBOARD": [{"TEXT": "a", "LINK": "https://a.example"}]}, {"ATTACH": ""}):
        answer = await world.alice.ask("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=message, **more)
        assert answer.refusal == (400, "MESSAGE_EMPTY")
        assert answer.body["error_description"] == "Message can't be empty"
    assert len(await world.events()) == before


@pytest.mark.parametrize("message", [["x"], {"a": "x"}])
async def test_a_nested_message_is_refused(world: World, message: object) -> None:
    answer = await world.alice.ask("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=message)
    assert (answer.refusal, answer.body["error_description"]) == ((400, "MESSAGE_EMPTY"), "Wrong message type")


async def test_an_attachment_needs_no_text(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, ATTACH=[{"MESSAGE": "a"}])
    assert (await newest(world.bob, world.alice.id))["params"]["ATTACH"][0]["BLOCKS"] == [{"MESSAGE": "a"}]


async def test_a_long_text_is_cut(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="я" * 100_000)
    assert (await added(world)).text == "я" * 20_000 + " (...)"


async def test_letters_that_no_database_keeps_are_harmless(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="a\0b", TEMPLATE_ID="t\0")
    assert "\0" not in (await newest(world.bob, world.alice.id))["text"]


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    before = len(await world.events())
    unknown = await world.bob.ask("im.message.add", DIALOG_ID="chat999999", MESSAGE="x")
    assert (unknown.refusal, unknown.body["error_description"]) == (ACCESS, "Action unavailable")
    for actor in (world.bob, world.stranger):
        assert (await actor.ask("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")).body == unknown.body
    assert len(await world.events()) == before


async def test_unknown_people_are_not_found_and_hidden_or_dismissed_ones_not_written_to(world: World) -> None:
    for person_id in (999_999, "9" * 18):
        refusal = await world.alice.refused("im.message.add", DIALOG_ID=person_id, MESSAGE="x")
        assert refusal == (400, "USER_NOT_FOUND")
    private = await world.alice.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="x")
    chat_id = (await added(world)).chat_id
    assert private > 0
    await dismiss(world, world.carol)
    for dialog in (world.carol.id, f"chat{chat_id}"):
        assert await world.alice.refused("im.message.add", DIALOG_ID=dialog, MESSAGE="x") == ACCESS
    hidden = await world.outsider.ask("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    unknown = await world.outsider.ask("im.message.add", DIALOG_ID=999_999, MESSAGE="x")
    assert hidden.refusal == ACCESS
    assert hidden.body == unknown.body


async def test_writing_to_an_open_chat_joins_it_but_not_from_outside(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN")
    assert await world.stranger.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x") > 0
    joined = (await world.events("members.joined"))[-1]
    assert isinstance(joined, MembersJoined)
    assert joined.person_ids == [world.stranger.id]
    assert await world.outsider.refused("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x") == ACCESS


async def test_every_employee_writes_to_the_general_chat(world: World) -> None:
    dialog = f"chat{await general_chat_id(world)}"
    assert await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="x") > 0


async def test_a_line_of_the_system_begins_with_the_applications_name_in_groups(world: World) -> None:
    application = await world.install(name="Robot")
    alice = await world.alice.through(application)
    chat_id = await world.chat(world.alice, world.bob)
    await alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x", SYSTEM="Y")
    view = await newest(world.bob, f"chat{chat_id}")
    assert (view["author_id"], view["text"]) == (0, "[B]Robot[/B]\nx")
    assert view["params"] == {"CLASS": "bx-messenger-content-item-system"}
    assert not (await added(world)).calls_bots
    await alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x", SYSTEM="Y")
    view = await newest(world.bob, world.alice.id)
    assert (view["author_id"], view["text"]) == (0, "x")


async def test_an_answer_names_a_message_of_the_same_chat(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    first = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="y", REPLY_ID=first)
    assert (await newest(world.alice, f"chat{chat_id}"))["params"] == {"REPLY_ID": first}
    assert (await added(world)).params == {"REPLY_ID": first}


async def test_an_answer_to_what_one_cannot_see_or_from_elsewhere_is_refused(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    elsewhere = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="x")
    foreign = await world.alice.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="x")
    before = len(await world.events())
    call = {"DIALOG_ID": f"chat{chat_id}", "MESSAGE": "y"}
    assert await world.bob.refused("im.message.add", REPLY_ID=elsewhere, **call) == (403, "REPLY_FROM_OTHER_CHAT_ERROR")
    for message_id in (foreign, 999_999, "9" * 40):
        assert await world.bob.refused("im.message.add", REPLY_ID=message_id, **call) == (403, "REPLY_ACCESS_ERROR")
    assert len(await world.events()) == before


async def test_wishes_for_lines_and_links_are_recorded(world: World) -> None:
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x", SKIP_CONNECTOR="Y", URL_PREVIEW="N")
    event = await added(world)
    assert (event.skips_connector, event.previews_links) == (True, False)


async def test_a_repeated_send_is_answered_with_the_first_id(world: World) -> None:
    call = {"DIALOG_ID": world.bob.id, "MESSAGE": "x", "TEMPLATE_ID": "t" * 300}
    first = await world.alice.call("im.message.add", **call)
    assert await world.alice.call("im.message.add", **call) == first
    assert len(await world.events("message.added")) == 1
    assert (await newest(world.bob, world.alice.id))["uuid"] == "t" * 255


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ATTACH": [{"NOTHING": 1}]}, "ATTACH_ERROR"),
        ({"ATTACH": [{"MESSAGE": "x" * 40_000}]}, "ATTACH_OVERSIZE"),
        ({"KEYBOARD": [{"NOTHING": 1}]}, "KEYBOARD_ERROR"),
        ({"KEYBOARD": [{"TEXT": "x" * 40_000, "LINK": "https://a.example"}]}, "KEYBOARD_OVERSIZE"),
        ({"MENU": [{"NOTHING": 1}]}, "MENU_ERROR"),
        ({"MENU": [{"TEXT": "x" * 40_000, "LINK": "https://a.example"}]}, "MENU_OVERSIZE"),
    ],
)
async def test_wrong_content_is_refused_and_changes_nothing(world: World, params: dict[str, Any], code: str) -> None:
    before = len(await world.events())
    assert await world.alice.refused("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x", **params) == (400, code)
    assert len(await world.events()) == before


async def test_a_webhook_without_the_scope_is_refused(world: World) -> None:
    other = await world.webhook(world.alice, "user")
    refusal = await other.refused("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    assert refusal == (403, "insufficient_scope")


async def test_a_message_to_ten_thousand_costs_the_statements_of_one_to_two(world: World) -> None:
    pair, crowd = await world.chat(world.alice, world.bob), await world.chat(world.alice, world.bob)
    await world.unit(crowd_into, crowd, 10_000)
    mention = f"[USER={world.bob.id}][/USER] раз"
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{pair}", MESSAGE=mention)  # his first notification
    # What is unread is counted when somebody asks.
    for text, cost in (("раз", 4), ("два [B]три[/B]", 4), (mention, None)):
        statements = []
        for chat_id in (pair, crowd):
            with count_queries(world) as queries:
                await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
            statements.append(queries.statements)
        assert len(statements[0]) == len(statements[1]), text
        if cost is not None and not world.config.database:
            assert len(statements[0]) == cost, statements[0]  # the seat, the message, the chat, the author's mark
    assert (await world.bob.call("im.counters.get"))["CHAT"] == {str(pair): 5, str(crowd): 4}


async def crowd_into(tx: Tx, chat_id: int, size: int) -> None:
    """Make a chat as large as that, without rules and events."""
    await tx.do(
        "INSERT INTO people (kind, first_name, created_at)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)"
        " SELECT 'human', 'Crowd', $2 FROM n",
        size,
        tx.now,
    )
    await tx.do(
        "INSERT INTO members (chat_id, person_id, joined_at, joined_seq)"
        " SELECT CAST($1 AS BIGINT), id, $2, 0 FROM people WHERE first_name = 'Crowd'",
        chat_id,
        tx.now,
    )
    await tx.do("UPDATE chats SET member_count = member_count + $2 WHERE id = $1", chat_id, size)
