"""Liking, readers, commands of buttons, forwarding, sharing."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import CommandCalled, MessageAdded
from skvorets.storage import commands
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from support.browsers import Browser, browser_of
from support.messenger import refusal, send, texts, upload
from support.queries import count_queries
from support.world import World


@pytest.fixture
async def chat_id(world: World) -> int:
    """Give a chat of bob and carol."""
    return await world.chat(world.bob, world.carol)


# ---- likes


async def test_a_like_is_set_and_taken_back(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        path = f"/api/messages/{(await send(bob, chat_id))['id']}"
        assert await carol.call("PUT", f"{path}/like", {"isLiked": True}) == {"likes": [world.carol.id]}
        assert await carol.call("PUT", f"{path}/like", {"isLiked": True}) == {"likes": [world.carol.id]}
        assert len(await world.events("message.liked")) == 1
        shown = await bob.get(path)
        assert shown["message"]["likes"] == [world.carol.id]
        assert {one["id"] for one in shown["people"]} == {world.bob.id, world.carol.id}
        assert "LIKE" not in shown["message"]["params"]
        assert await carol.call("PUT", f"{path}/like", {"isLiked": False}) == {"likes": []}
        assert await refusal(carol, "PUT", f"{path}/like", {}) == "400 malformed"


async def test_strangers_and_those_who_only_look_like_nothing(world: World, chat_id: int) -> None:
    opened = await world.chat(world.bob, TYPE="OPEN")
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        hidden, seen = await send(bob, chat_id), await send(bob, opened)
        given = {"isLiked": True}
        assert await refusal(stranger, "PUT", f"/api/messages/{hidden['id']}/like", given) == "404 no_such_message"
        assert await refusal(stranger, "PUT", f"/api/messages/{seen['id']}/like", given) == "403 not_allowed"
    assert await world.events("message.liked") == []


# ---- readers


async def test_readers_are_told_without_the_author(world: World, chat_id: int) -> None:
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.alice.id])
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        first, second = await send(bob, chat_id), await send(bob, chat_id)
        assert await bob.get(f"/api/messages/{first['id']}/readers") == {"readers": [], "total": 0, "people": []}
        await world.carol.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=first["id"])
        await world.alice.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=second["id"])
        found = await bob.get(f"/api/messages/{first['id']}/readers")
        assert {one["personId"] for one in found["readers"]} == {world.alice.id, world.carol.id}
        times = [one["readAt"] for one in found["readers"]]
        assert times == sorted(times, reverse=True)
        assert all(times)
        assert (found["total"], len(found["people"])) == (2, 2)
        with count_queries(world) as queries:
            later = await bob.get(f"/api/messages/{second['id']}/readers")
        assert [one["personId"] for one in later["readers"]] == [world.alice.id]
        # The session and its person; the message, its chat, who has read it, people.
        assert queries.count == 6
        assert await refusal(stranger, "GET", f"/api/messages/{first['id']}/readers") == "404 no_such_message"


# ---- commands


async def offered(world: World, browser: Browser, chat_id: int, place: str = "KEYBOARD") -> tuple[int, dict[str, Any]]:
    """Post a message with a button for the command ``go`` of a bot; its id and the click that fits."""
    bot = await world.add("Robot", kind="bot")
    await world.unit(register, bot.id)
    button = {"TEXT": "Go", "COMMAND": "go", "COMMAND_PARAMS": "now"}
    message_id: int = await world.bob.call(
        "im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x", BOT_ID=bot.id, **{place: [button]}
    )
    assert place in (await browser.get(f"/api/messages/{message_id}"))["message"]["params"]
    return message_id, {"botId": bot.id, "command": "go", "params": "now", "context": place}


async def register(tx: Tx, bot_id: int) -> int:
    return await commands.insert(tx, Command(0, bot_id, 1, "go", 1, 0, 0, "{}", 0))


@pytest.mark.parametrize("place", ["KEYBOARD", "MENU"])
async def test_a_button_calls_the_command_where_it_stands(world: World, chat_id: int, place: str) -> None:
    async with browser_of(world, world.carol) as carol:
        message_id, click = await offered(world, carol, chat_id, place)
        other = {"KEYBOARD": "MENU", "MENU": "KEYBOARD"}[place]
        path = f"/api/messages/{message_id}/command"
        assert await refusal(carol, "POST", path, {**click, "context": other}) == "404 no_such_command"
        assert await carol.call("POST", path, click) is None
    [called] = await world.events("command.called")
    assert isinstance(called, CommandCalled)
    assert (called.person_id, called.message_id, called.text) == (world.carol.id, message_id, "/go now")
    assert called.context == place


@pytest.mark.parametrize("wrong", [{"command": "stop"}, {"params": "later"}, {"botId": 999_999}])
async def test_what_the_message_does_not_offer_is_not_called(world: World, chat_id: int, wrong: dict[str, Any]) -> None:
    async with browser_of(world, world.carol) as carol, browser_of(world, world.stranger) as stranger:
        message_id, click = await offered(world, carol, chat_id)
        path = f"/api/messages/{message_id}/command"
        assert await refusal(carol, "POST", path, {**click, **wrong}) == "404 no_such_command"
        assert await refusal(stranger, "POST", path, click) == "404 no_such_message"
        assert await refusal(carol, "POST", path, {**click, "context": "TEXTAREA"}) == "400 malformed"
    assert await world.events("command.called") == []


# ---- forwarding


async def test_a_message_is_forwarded_with_its_files_as_its_authors(world: World, chat_id: int) -> None:
    other = await world.chat(world.carol, world.stranger)
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        file = await upload(bob, chat_id, "a.txt")
        source = await send(bob, chat_id, "/help [USER=1]Alice[/USER]", fileIds=[file["id"]])
        given = {"chatIds": [other], "clientId": "f", "text": "look"}
        answer = await carol.call("POST", f"/api/messages/{source['id']}/forward", given)
        words, shown = answer["messages"]
        assert (words["text"], words["forwarded"], words["chatId"]) == ("look", None, other)
        assert (shown["text"], shown["authorId"]) == (source["text"], world.carol.id)
        assert (shown["canEdit"], shown["canDelete"]) == (False, True)
        assert [one["name"] for one in shown["files"]] == ["a.txt"]
        assert shown["files"][0]["id"] != file["id"]
        assert shown["forwarded"] == {
            "id": source["id"],
            "chatId": chat_id,
            "authorId": world.bob.id,
            "createdAt": source["createdAt"],
            "text": source["text"],
            "files": 1,
            "isDeleted": False,
        }
        assert {one["id"] for one in answer["people"]} == {world.bob.id, world.carol.id}
        assert await carol.call("POST", f"/api/messages/{source['id']}/forward", given) == answer
        assert await refusal(carol, "PATCH", f"/api/messages/{shown['id']}", {"text": "x"}) == "403 not_allowed"
        async with browser_of(world, world.stranger) as stranger:
            seen = (await stranger.get(f"/api/messages/{shown['id']}"))["message"]
            assert [one["name"] for one in seen["files"]] == ["a.txt"]
            assert seen["forwarded"] == {
                "id": source["id"],
                "chatId": 0,
                "authorId": world.bob.id,
                "createdAt": 0,
                "text": "",
                "files": 0,
                "isDeleted": True,
            }
            again = {"chatIds": [await world.chat(world.stranger)], "clientId": "g"}
            [second] = (await stranger.call("POST", f"/api/messages/{shown['id']}/forward", again))["messages"]
            assert (second["forwarded"]["id"], second["forwarded"]["authorId"]) == (source["id"], world.bob.id)
    assert await world.events("command.called") == []
    assert [one for one in await world.events("notification.added") if "Alice" in str(one)] == []


async def test_forwarded_messages_keep_cards_and_lose_buttons(world: World, chat_id: int) -> None:
    async with browser_of(world, world.carol) as carol:
        message_id: int = await world.bob.call(
            "im.message.add",
            DIALOG_ID=f"chat{chat_id}",
            MESSAGE="x",
            ATTACH=[{"MESSAGE": "block"}],
            KEYBOARD=[{"TEXT": "Go", "LINK": "https://example.com"}],
        )
        given = {"chatIds": [chat_id], "clientId": "f"}
        [shown] = (await carol.call("POST", f"/api/messages/{message_id}/forward", given))["messages"]
        assert set(shown["params"]) == {"ATTACH", "FORWARD_ID", "FORWARD_USER_ID"}
    found = await world.carol.call("im.dialog.messages.search", CHAT_ID=chat_id, SEARCH_MESSAGE="")
    assert [one["forward"] for one in found["messages"][:2]] == [
        {"id": str(message_id), "userId": world.bob.id},
        None,
    ]


async def test_forwarding_reaches_all_chats_or_none(world: World, chat_id: int) -> None:
    mine, foreign = await world.chat(world.bob), await world.chat(world.carol)
    async with browser_of(world, world.bob) as bob, browser_of(world, world.stranger) as stranger:
        path = f"/api/messages/{(await send(bob, chat_id))['id']}/forward"
        said = len(await world.events("message.added"))
        given = {"chatIds": [mine, foreign], "clientId": "f"}
        assert await refusal(bob, "POST", path, given) == "404 no_such_chat"
        assert await refusal(stranger, "POST", path, {**given, "chatIds": [mine]}) == "404 no_such_message"
        bad: list[dict[str, Any]] = [{"chatIds": []}, {"chatIds": [mine] * 11}, {"clientId": ""}, {"chatIds": ["x"]}]
        for wrong in bad:
            assert await refusal(bob, "POST", path, {**given, **wrong}) == "400 malformed"
        assert len(await world.events("message.added")) == said
        answer = await bob.call("POST", path, {**given, "chatIds": [mine, chat_id, mine]})
        assert sorted(one["chatId"] for one in answer["messages"]) == sorted([chat_id, mine])


async def test_lines_of_the_system_and_deleted_messages_are_not_forwarded(world: World, chat_id: int) -> None:
    async with browser_of(world, world.bob) as bob:
        line = (await bob.get(f"/api/chats/{chat_id}/messages"))["messages"][0]
        assert line["isSystem"]
        given = {"chatIds": [chat_id], "clientId": "f"}
        assert await refusal(bob, "POST", f"/api/messages/{line['id']}/forward", given) == "403 not_allowed"
        gone = await send(bob, chat_id)
        await bob.call("DELETE", f"/api/messages/{gone['id']}")
        assert await refusal(bob, "POST", f"/api/messages/{gone['id']}/forward", given) == "404 no_such_message"
        assert await texts(bob, chat_id) == [""]


# ---- sharing


@pytest.mark.parametrize("kind", ["CHAT", "TASK", "POST", "CALEND"])
async def test_something_is_made_of_a_message(world: World, chat_id: int, kind: str) -> None:
    async with browser_of(world, world.carol) as carol, browser_of(world, world.stranger) as stranger:
        path = f"/api/messages/{(await send(carol, chat_id, 'do it'))['id']}/share"
        assert await refusal(stranger, "POST", path, {"kind": kind}) == "404 no_such_message"
        assert await refusal(carol, "POST", path, {"kind": "FILM"}) == "400 malformed"
        assert await carol.call("POST", path, {"kind": kind}) is None
    lines = [one for one in await world.events("message.added") if isinstance(one, MessageAdded)]
    assert any(one.chat_id == chat_id and one.author_id == 0 and "do it" in one.text for one in lines)


async def test_people_from_outside_share_nothing(world: World) -> None:
    chat_id = await world.chat(world.bob, world.outsider)
    async with browser_of(world, world.outsider) as outsider:
        path = f"/api/messages/{(await send(outsider, chat_id))['id']}/share"
        assert await refusal(outsider, "POST", path, {"kind": "TASK"}) == "403 not_allowed"
