"""The talk as the visitor's window reads and writes it."""

from __future__ import annotations

from typing import Any

import pytest

from support.lines import line_of
from support.queries import count_queries
from support.widgets import Refused, Window, client_of, window_of
from support.world import Actor, World

KEYBOARD = [
    {"TEXT": "Yes", "COMMAND": "answer", "COMMAND_PARAMS": "yes"},
    {"TYPE": "NEWLINE"},
    {"TEXT": "Site", "LINK": "https://shop.example/"},
]


async def answer_of(world: World, window: Window, text: str, **more: Any) -> int:
    """Let alice answer; the message in the operators' chat."""
    dialog = f"chat{(await client_of(window)).chat_id}"
    message_id: int = await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE=text, **more)
    return message_id


async def talk(world: World) -> Window:
    window = await window_of(world, await line_of(world, [world.alice], offer_s=0), name="Ivan")
    await window.say("Good day")
    return window


async def test_a_message_is_shown_as_it_was_sent(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    message = await window.say("Good day", "c1")

    (page,) = [await window.get("messages")]
    assert message == {
        "id": message["id"],
        "seq": message["seq"],
        "author": "me",
        "authorId": window.person_id,
        "createdAt": message["createdAt"],
        "editedAt": None,
        "isDeleted": False,
        "text": "Good day",
        "params": {},
        "files": [],
        "likes": 0,
        "isLiked": False,
        "replyTo": None,
        "clientId": "c1",
    }
    assert page == {
        "messages": [message],
        "people": {},
        "hasMore": False,
        "readId": message["id"],
        "seenId": 0,
    }


async def test_a_repeated_message_is_answered_and_not_repeated(world: World) -> None:
    window = await talk(world)

    first, again = await window.say("Once", "same"), await window.say("Twice", "same")

    assert first == again
    assert await window.texts() == ["Good day", "Once"]


async def test_the_welcome_is_the_lines_own(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice], welcome_text="Welcome!"))
    await window.say("Good day")

    found = (await window.get("messages"))["messages"]

    assert [(one["author"], one["text"]) for one in found] == [("system", "Welcome!"), ("me", "Good day")]


async def test_an_answer_names_who_wrote_it(world: World) -> None:
    window = await talk(world)
    await answer_of(
        world, window, "[b]Hello[/b]", ATTACH=[{"MESSAGE": "Card"}], MENU=[{"TEXT": "A", "LINK": "https://a.b"}]
    )

    page = await window.get("messages")

    answer = page["messages"][-1]
    (added,) = [one for one in await world.events("message.added") if one.id == answer["id"]]  # type: ignore[attr-defined]
    assert "MENU" not in (added.params or {})  # type: ignore[attr-defined]
    assert (answer["author"], answer["authorId"]) == ("operator", world.alice.id)
    assert answer["params"].keys() == {"ATTACH"}
    assert answer["clientId"] is None
    assert page["people"] == {
        str(world.alice.id): {
            "id": world.alice.id,
            "name": "Alice Petrova",
            "avatar": "",
            "isBot": False,
            "position": "",
        }
    }


async def test_the_talk_is_read_in_parts(world: World) -> None:
    window = await talk(world)
    ids = [(await window.say(f"m{number}"))["id"] for number in range(6)]

    newest = await window.get("messages?limit=3")
    older = await window.get(f"messages?limit=2&before={ids[3]}")
    newer = await window.get(f"messages?limit=2&after={ids[1]}")
    last = await window.get(f"messages?after={ids[4]}")

    assert [one["id"] for one in newest["messages"]] == ids[3:]
    assert newest["hasMore"]
    assert [one["id"] for one in older["messages"]] == ids[1:3]
    assert older["hasMore"]
    assert [one["id"] for one in newer["messages"]] == ids[2:4]
    assert newer["hasMore"]
    assert [one["id"] for one in last["messages"]] == ids[5:]
    assert not last["hasMore"]


async def test_words_are_changed_and_taken_back(world: World) -> None:
    window = await talk(world)
    message = await window.say("Helo")

    changed = await window.call("PATCH", f"messages/{message['id']}", {"text": "Hello"})
    gone = await window.call("DELETE", f"messages/{message['id']}")

    assert changed["text"] == "Hello"
    assert changed["editedAt"] > 0
    assert gone is None
    last = (await window.get("messages"))["messages"][-1]
    assert (last["text"], last["isDeleted"]) == ("", True)
    with pytest.raises(Refused, match="403 not_allowed"):
        await window.call("PATCH", f"messages/{message['id']}", {"text": "Again"})


async def test_only_ones_own_words_are_changed(world: World) -> None:
    window = await talk(world)
    await answer_of(world, window, "Hello")
    theirs = (await window.get("messages"))["messages"][-1]

    for verb, body in (("PATCH", {"text": "Mine"}), ("DELETE", {})):
        with pytest.raises(Refused, match="403 not_allowed"):
            await window.call(verb, f"messages/{theirs['id']}", body)
    assert (await window.texts())[-1] == "Hello"


async def test_a_message_is_liked_on_both_sides(world: World) -> None:
    window = await talk(world)
    twin_id = await answer_of(world, window, "Hello")
    message = (await window.get("messages"))["messages"][-1]
    like = f"messages/{message['id']}/like"

    await window.post(like, isLiked=True)
    await window.post(like, isLiked=True)

    last = (await window.get("messages"))["messages"][-1]
    assert (last["likes"], last["isLiked"]) == (1, True)
    assert (await world.events("message.liked"))[-1].is_liked  # type: ignore[attr-defined]
    assert {one.id for one in await world.events("message.liked")} >= {twin_id, message["id"]}  # type: ignore[attr-defined]
    await window.post(like, isLiked=False)
    assert (await window.get("messages"))["messages"][-1]["likes"] == 0


async def test_an_answer_shows_what_it_answers(world: World) -> None:
    window = await talk(world)
    await answer_of(world, window, "Which one?")
    asked = (await window.get("messages"))["messages"][-1]

    message = await window.say("The red one", replyToId=asked["id"])

    assert message["replyTo"] == {
        "id": asked["id"],
        "author": "operator",
        "authorId": world.alice.id,
        "text": "Which one?",
        "files": 0,
        "isDeleted": False,
    }


async def test_a_button_calls_its_bot_with_the_operators_message(world: World) -> None:
    bot, alice = await a_bot(world)
    window = await window_of(world, await line_of(world, [world.alice], bot=bot), name="Ivan")
    await window.say("Good day")
    chat_id = (await client_of(window)).chat_id
    shown = {"BOT_ID": bot, "DIALOG_ID": f"chat{chat_id}", "MESSAGE": "Well?", "KEYBOARD": KEYBOARD}
    twin_id = await alice.call("imbot.message.add", **shown)
    message = (await window.get("messages"))["messages"][-1]
    assert message["author"] == "bot"
    assert [one.get("TEXT") for one in message["params"]["KEYBOARD"]] == ["Yes", None, "Site"]

    await window.post(f"messages/{message['id']}/command", command="answer", params="yes")

    (called,) = await world.events("command.called")
    assert (called.message_id, called.chat_id, called.person_id) == (twin_id, chat_id, window.person_id)  # type: ignore[attr-defined]
    for command, params in (("answer", "no"), ("other", ""), ("answer", "")):
        with pytest.raises(Refused, match="404 no_such_command"):
            await window.post(f"messages/{message['id']}/command", command=command, params=params)
    assert len(await world.events("command.called")) == 1


async def a_bot(world: World) -> tuple[int, Actor]:
    """Register a bot of open lines with a command; its id, and who calls for it."""
    alice = await world.alice.through(await world.install())
    handlers = dict.fromkeys(
        ("EVENT_MESSAGE_ADD", "EVENT_WELCOME_MESSAGE", "EVENT_BOT_DELETE"), "http://127.0.0.1:9/bot"
    )
    bot: int = await alice.call(
        "imbot.register", CODE="first", TYPE="O", OPENLINE="Y", PROPERTIES={"NAME": "Robo"}, **handlers
    )
    await alice.call(
        "imbot.command.register",
        BOT_ID=bot,
        COMMAND="answer",
        HIDDEN="Y",
        EVENT_COMMAND_ADD="http://127.0.0.1:9/bot",
        LANG=[{"LANGUAGE_ID": "en", "TITLE": "Answer"}],
    )
    return bot, alice


@pytest.mark.parametrize("text", ["", " \n "])
async def test_a_message_without_words_is_refused(world: World, text: str) -> None:
    window = await talk(world)

    with pytest.raises(Refused, match="400 empty_message"):
        await window.say(text, "c")
    message = (await window.get("messages"))["messages"][-1]
    with pytest.raises(Refused, match="400 empty_message"):
        await window.call("PATCH", f"messages/{message['id']}", {"text": text})
    assert await window.texts() == ["Good day"]


async def test_a_page_of_messages_costs_a_fixed_number_of_queries(world: World) -> None:
    window = await talk(world)
    for number in range(5):
        await window.say(f"m{number}", replyToId=(await window.get("messages?limit=1"))["messages"][0]["id"])
        await answer_of(world, window, f"a{number}")
    await window.upload(b"text", "a.txt")

    with count_queries(world) as few:
        await window.get("messages?limit=3")
    with count_queries(world) as queries:
        await window.get("messages?limit=40")

    # visitor 3, seat 1, page 1, likes, files, quoted, people
    assert queries.count == few.count == 9, queries.statements
