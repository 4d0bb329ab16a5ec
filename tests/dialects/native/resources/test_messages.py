"""``/api/chats/{id}/messages`` and ``/api/messages/{id}``: reading, sending, changing, deleting."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import MessageAdded
from skvorets.storage.database import Tx
from support.browsers import browser_of
from support.files import send_file
from support.messenger import refusal, send, texts, upload
from support.queries import count_queries
from support.world import World


@pytest.fixture
async def chat_id(world: World) -> int:
    """Give a chat of bob and carol."""
    return await world.chat(world.bob, world.carol)


async def test_a_message_is_sent_and_shown_whole(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        given = {"clientId": "c-1", "text": " Hello [B]you[/B] "}
        answer = await bob.call("POST", f"/api/chats/{chat_id}/messages", given)
        assert set(answer) == {"message", "people"}
        message = answer["message"]
        assert message["createdAt"] > 0
        assert message == {
            "id": message["id"],
            "chatId": chat_id,
            "seq": 2,
            "authorId": world.bob.id,
            "createdAt": message["createdAt"],
            "editedAt": 0,
            "isDeleted": False,
            "isSystem": False,
            "isWhisper": False,
            "text": "Hello [B]you[/B]",
            "params": {},
            "files": [],
            "likes": [],
            "replyTo": None,
            "forwarded": None,
            "clientId": "c-1",
            "canEdit": True,
            "canDelete": True,
        }
        assert [one["id"] for one in answer["people"]] == [world.bob.id]
        assert await bob.get(f"/api/messages/{message['id']}") == answer
        seen = (await carol.get(f"/api/messages/{message['id']}"))["message"]
        assert seen == {**message, "clientId": "", "canEdit": False, "canDelete": False}
    [event] = [one for one in await world.events("message.added") if isinstance(one, MessageAdded) and one.author_id]
    assert (event.client_id, event.text) == ("c-1", "Hello [B]you[/B]")


async def test_a_repeated_send_gives_the_first_message_back(world: World, chat_id: int) -> None:
    other = await world.chat(world.bob)
    async with browser_of(world, world.bob) as bob:
        path, given = f"/api/chats/{chat_id}/messages", {"clientId": "c-1", "text": "once"}
        first = await bob.call("POST", path, given)
        assert await bob.call("POST", path, {**given, "text": "twice"}) == first
        assert await texts(bob, chat_id) == ["once"]
        assert await refusal(bob, "POST", f"/api/chats/{other}/messages", given) == "409 taken"
        assert await texts(bob, other) == []


async def test_parts_of_a_chat_join_without_holes(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob:
        ids = [(await send(bob, chat_id, f"m{number}"))["id"] for number in range(10)]

        async def part(query: str) -> tuple[list[str], bool, bool]:
            page = await bob.get(f"/api/chats/{chat_id}/messages?{query}")
            assert set(page) == {"messages", "people", "hasOlder", "hasNewer", "seenId"}
            shown = ["system" if one["isSystem"] else one["text"] for one in page["messages"]]
            return shown, page["hasOlder"], page["hasNewer"]

        assert await part("limit=3") == (["m7", "m8", "m9"], True, False)
        assert await part(f"before={ids[7]}&limit=3") == (["m4", "m5", "m6"], True, True)
        assert await part(f"before={ids[1]}&limit=3") == (["system", "m0"], False, True)
        assert await part(f"after={ids[6]}&limit=2") == (["m7", "m8"], True, True)
        assert await part(f"after={ids[6]}&limit=3") == (["m7", "m8", "m9"], True, False)
        assert await part(f"around={ids[5]}&limit=4") == (["m3", "m4", "m5", "m6"], True, True)
        assert await part(f"around={ids[9]}&limit=4") == (["m7", "m8", "m9"], True, False)
        assert await part(f"after={2**62}") == ([], True, False)
        assert (await part("limit=100"))[1:] == (False, False)


async def test_history_that_is_hidden_is_hidden_here_too(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as late:
        hidden = await send(bob, chat_id, "secret")
        assert await refusal(late, "GET", f"/api/chats/{chat_id}/messages") == "404 no_such_chat"
        assert await refusal(late, "GET", f"/api/messages/{hidden['id']}") == "404 no_such_message"
        await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.stranger.id], HIDE_HISTORY="Y")
        seen = await send(bob, chat_id, "open", replyToId=hidden["id"])
        for query in ("", f"?before={seen['id'] + 1}", f"?around={hidden['id']}", f"?after={hidden['id'] - 1}"):
            assert await texts(late, chat_id, query) == ["open"]
        assert await refusal(late, "GET", f"/api/messages/{hidden['id']}") == "404 no_such_message"
        quote = (await late.get(f"/api/messages/{seen['id']}"))["message"]["replyTo"]
        assert quote == {
            "id": hidden["id"],
            "chatId": 0,
            "authorId": 0,
            "createdAt": 0,
            "text": "",
            "files": 0,
            "isDeleted": True,
        }
        assert "secret" not in str(await late.get(f"/api/chats/{chat_id}/messages"))


async def test_an_answer_shows_what_it_answers(world: World, chat_id: int) -> None:
    other = await world.chat(world.bob)
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        asked = await send(carol, chat_id, "x" * 400)
        answer = await send(bob, chat_id, "yes", replyToId=asked["id"])
        assert answer["replyTo"] == {
            "id": asked["id"],
            "chatId": chat_id,
            "authorId": world.carol.id,
            "createdAt": asked["createdAt"],
            "text": "x" * 300,
            "files": 0,
            "isDeleted": False,
        }
        shown = await bob.get(f"/api/messages/{answer['id']}")
        assert {one["id"] for one in shown["people"]} == {world.bob.id, world.carol.id}
        await carol.call("DELETE", f"/api/messages/{asked['id']}")
        quote = (await bob.get(f"/api/messages/{answer['id']}"))["message"]["replyTo"]
        assert (quote["text"], quote["isDeleted"], quote["chatId"]) == ("", True, chat_id)
        given = {"clientId": "c", "text": "?", "replyToId": answer["id"]}
        assert await refusal(bob, "POST", f"/api/chats/{other}/messages", given) == "400 refused"
        missing = {**given, "replyToId": 999_999}
        assert await refusal(bob, "POST", f"/api/chats/{chat_id}/messages", missing) == "404 no_such_message"


async def test_files_are_shown_by_the_message_that_names_them(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        file = await upload(bob, chat_id, "план.txt")
        message = await send(bob, chat_id, "look", fileIds=[file["id"]])
        assert [(one["id"], one["name"]) for one in message["files"]] == [(file["id"], "план.txt")]
        assert "FILE_ID" not in message["params"]
        [shown] = (await carol.get(f"/api/messages/{message['id']}"))["message"]["files"]
        assert {**shown, **dict.fromkeys(("url", "downloadUrl"))} == {**file, **dict.fromkeys(("url", "downloadUrl"))}
        alone = await send(bob, chat_id, "", fileIds=[file["id"]])
        assert alone["files"][0]["id"] != file["id"]
        given = {"clientId": "stolen", "fileIds": [(await upload(bob, chat_id))["id"]]}
        assert await refusal(carol, "POST", f"/api/chats/{chat_id}/messages", given) == "404 no_such_file"


async def test_words_are_changed_and_messages_emptied(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        message = await send(bob, chat_id, "old")
        path = f"/api/messages/{message['id']}"
        assert await refusal(carol, "PATCH", path, {"text": "mine"}) == "403 not_allowed"
        assert await refusal(carol, "DELETE", path) == "403 not_allowed"
        assert await refusal(bob, "PATCH", path, {"text": "  "}) == "400 empty_message"
        changed = (await bob.call("PATCH", path, {"text": "new"}))["message"]
        assert changed["editedAt"] > 0
        assert changed == {**message, "text": "new", "editedAt": changed["editedAt"], "params": {"IS_EDITED": "Y"}}
        assert await bob.call("DELETE", path) is None
        gone = (await carol.get(path))["message"]
        assert (gone["text"], gone["isDeleted"], gone["canDelete"]) == ("", True, False)
        assert await refusal(bob, "PATCH", path, {"text": "again"}) == "403 not_allowed"
        assert await refusal(bob, "DELETE", path) == "403 not_allowed"


async def test_after_three_days_words_stay(world: World, chat_id: int) -> None:
    async def age(tx: Tx, message_id: int) -> None:
        await tx.do("UPDATE messages SET created_at = created_at - 260000000 WHERE id = $1", message_id)

    async with browser_of(world, world.bob) as bob:
        message = await send(bob, chat_id)
        await world.unit(age, message["id"])
        old = (await bob.get(f"/api/messages/{message['id']}"))["message"]
        assert (old["canEdit"], old["canDelete"]) == (False, True)
        assert await refusal(bob, "PATCH", f"/api/messages/{message['id']}", {"text": "x"}) == "403 not_allowed"


async def test_an_open_chat_is_read_by_all_employees_and_joined_by_writing(world: World) -> None:
    chat_id = await world.chat(world.bob, TYPE="OPEN")
    async with browser_of(world, world.carol) as carol, browser_of(world, world.outsider) as outsider:
        assert (await carol.get(f"/api/chats/{chat_id}/messages"))["hasNewer"] is False
        assert await refusal(outsider, "GET", f"/api/chats/{chat_id}/messages") == "404 no_such_chat"
        given = {"clientId": "c", "text": "x"}
        assert await refusal(outsider, "POST", f"/api/chats/{chat_id}/messages", given) == "404 no_such_chat"
        await send(carol, chat_id, "here I am")
        assert world.carol.id in await world.bob.call("im.chat.user.list", CHAT_ID=chat_id)


async def test_it_is_told_how_far_others_have_read(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob:
        first, _ = await send(bob, chat_id), await send(bob, chat_id)
        assert (await bob.get(f"/api/chats/{chat_id}/messages"))["seenId"] == 0
        await world.carol.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=first["id"])
        assert (await bob.get(f"/api/chats/{chat_id}/messages"))["seenId"] == first["id"]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, "400 malformed"),
        ({"clientId": ""}, "400 malformed"),
        ({"clientId": "x" * 65, "text": "x"}, "400 malformed"),
        ({"clientId": "x", "text": 5}, "400 malformed"),
        ({"clientId": "x", "text": "x", "fileIds": [0]}, "400 malformed"),
        ({"clientId": "x", "text": "x", "fileIds": [1] * 51}, "400 malformed"),
        ({"clientId": "x", "text": "x", "replyToId": -1}, "400 malformed"),
        ({"clientId": "x", "text": " "}, "400 empty_message"),
        ({"clientId": "x", "fileIds": [999_999]}, "404 no_such_file"),
    ],
)
async def test_bad_input_sends_nothing(world: World, chat_id: int, given: dict[str, Any], refused: str) -> None:
    async with browser_of(world, world.bob) as bob:
        assert await refusal(bob, "POST", f"/api/chats/{chat_id}/messages", given) == refused
        assert await texts(bob, chat_id) == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "before=x", "around=-1", f"after={2**62 + 1}"])
async def test_wrong_places_are_refused(world: World, chat_id: int, query: str) -> None:
    async with browser_of(world, world.bob) as bob:
        assert await refusal(bob, "GET", f"/api/chats/{chat_id}/messages?{query}") == "400 malformed"


async def test_a_page_costs_the_same_however_long_it_is(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:

        async def cost() -> int:
            with count_queries(world) as queries:
                await bob.get(f"/api/chats/{chat_id}/messages?limit=100")
            return queries.count

        first = await send(bob, chat_id)
        # The session and its person, the chat; then messages, likes, people, who has seen.
        assert await cost() == 7
        for _ in range(5):
            await send(carol, chat_id, "x", replyToId=first["id"])
            await send_file(world.carol, chat_id)
        # Quoted messages and files are one statement each.
        assert await cost() == 9
