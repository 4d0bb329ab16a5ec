"""Conversations of open lines in the native API: what operators see of them and do with them."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import departments
from skvorets.core.lines import finishing
from support.browsers import Browser, browser_of
from support.lines import Visitor, line_of, messages_of, session_of, visitor_of
from support.messenger import refusal, send, upload
from support.queries import count_queries
from support.world import World

DEEDS = ("take", "skip", "finish", "spam", "reopen")


async def _asked(world: World, **settings: Any) -> tuple[Visitor, int]:
    """Let a customer write to a line that alice and bob serve; the chat of the operators."""
    line = await line_of(world, [world.alice, world.bob], **settings)
    visitor = await visitor_of(
        world,
        line,
        "Ivan",
        email="ivan@example.org",
        language="ru",
        page_url="https://shop.example/1",
        page_title="Shop",
    )
    await visitor.writes("Hello")
    return visitor, await visitor.chat_id()


async def _act(browser: Browser, chat_id: int, deed: str, **given: Any) -> dict[str, Any]:
    chat: dict[str, Any] = (await browser.call("POST", f"/api/chats/{chat_id}/line/{deed}", given))["chat"]
    return chat


async def test_the_chat_of_a_line_says_how_the_conversation_stands(world: World) -> None:
    visitor, chat_id = await _asked(world)
    client, session = await visitor.client(), await visitor.session()
    async with browser_of(world, world.bob) as browser:
        answer = await browser.get(f"/api/chats/{chat_id}")
    line = answer["chat"]["line"]
    assert line == {
        "lineId": client.line_id,
        "lineName": "Support",
        "connector": "livechat",
        "sessionId": session.id,
        "status": session.status,
        "operatorId": 0,
        "botId": 0,
        "startedAt": session.started_at,
        "queuedAt": session.queued_at,
        "takenAt": 0,
        "clientWroteAt": session.client_wrote_at,
        "closedAt": 0,
        "isSilent": False,
        "isPinned": False,
        "isOffered": True,
        "awaitsVote": False,
        "vote": 0,
        "client": {
            "id": client.id,
            "personId": client.person_id,
            "name": "Ivan",
            "email": "ivan@example.org",
            "pageUrl": "https://shop.example/1",
            "pageTitle": "Shop",
            "language": "ru",
            "seenAt": client.seen_at,
            "isBlocked": False,
        },
        "can": {
            "take": True,
            "skip": True,
            "transfer": True,
            "finish": True,
            "spam": True,
            "reopen": False,
            "whisper": True,
        },
    }
    assert client.person_id in {one["id"] for one in answer["people"]}


async def test_a_page_of_chats_costs_one_statement_more_with_lines_and_none_without(world: World) -> None:
    await world.chat(world.carol, world.bob)
    async with browser_of(world, world.bob) as browser:
        await browser.get("/api/chats")
        with count_queries(world) as without:
            await browser.get("/api/chats")
        line = await line_of(world, [world.bob])
        for number in range(3):
            await (await visitor_of(world, line, f"Visitor {number}")).writes("Hello")
        with count_queries(world) as with_lines:
            page = await browser.get("/api/chats")
    assert sum(1 for one in page["chats"] if one["line"]) == 3
    statements = [one for one in with_lines.statements if "line_sessions" in one]
    assert len(statements) == 1
    assert not any("line_" in one for one in without.statements)


async def test_an_operator_takes_answers_and_finishes(world: World) -> None:
    visitor, chat_id = await _asked(world, asks_rating=False)
    async with browser_of(world, world.bob) as browser:
        chat = await _act(browser, chat_id, "take")
        assert (chat["line"]["operatorId"], chat["line"]["can"]["take"]) == (world.bob.id, False)
        await send(browser, chat_id, "How can I help?")
        assert "How can I help?" in await visitor.texts()
        chat = await _act(browser, chat_id, "finish")
        assert chat["line"]["closedAt"] > 0
        assert (chat["line"]["can"]["finish"], chat["line"]["can"]["reopen"]) == (False, True)
        assert await refusal(browser, "POST", f"/api/chats/{chat_id}/line/finish") == "409 session_closed"
        assert await refusal(browser, "POST", f"/api/chats/{chat_id}/line/take") == "409 session_closed"
        chat = await _act(browser, chat_id, "reopen")
        assert (chat["line"]["closedAt"], chat["line"]["operatorId"]) == (0, world.bob.id)


async def test_who_is_asked_skips_and_the_next_one_has_it(world: World) -> None:
    visitor, chat_id = await _asked(world, distribution="strictly")
    async with browser_of(world, world.alice) as alice, browser_of(world, world.bob) as bob:
        chat = await _act(alice, chat_id, "skip")
        assert (chat["mine"]["isMember"], chat["line"]["isOffered"]) == (False, False)
        assert (await bob.get(f"/api/chats/{chat_id}"))["chat"]["line"]["isOffered"] is True
        assert await refusal(alice, "POST", f"/api/chats/{chat_id}/line/skip") == "403 not_allowed"
    assert (await visitor.session()).operator_id == 0


async def test_another_operator_takes_over_without_being_in_the_chat(world: World) -> None:
    _, chat_id = await _asked(world)
    async with browser_of(world, world.alice) as alice, browser_of(world, world.bob) as bob:
        await _act(alice, chat_id, "take")
        shown = (await bob.get(f"/api/chats/{chat_id}"))["chat"]
        assert (shown["mine"]["isMember"], shown["line"]["can"]["take"], shown["line"]["can"]["whisper"]) == (
            False,
            True,
            False,
        )
        assert [one["text"] for one in (await bob.get(f"/api/chats/{chat_id}/messages"))["messages"] if one["authorId"]]
        assert (await _act(bob, chat_id, "take"))["line"]["operatorId"] == world.bob.id


async def test_a_conversation_goes_to_a_person_a_line_or_a_department(world: World) -> None:
    visitor, chat_id = await _asked(world)
    department_id = await world.unit(departments.add_department, "Sales")
    await world.unit(departments.put_person, department_id, world.carol.id)
    other = await line_of(world, [world.carol], name="Sales")
    async with browser_of(world, world.alice) as browser:
        await _act(browser, chat_id, "take")
        chat = await _act(browser, chat_id, "transfer", personId=world.stranger.id)
        assert (chat["line"]["operatorId"], chat["mine"]["isMember"]) == (0, False)
        async with browser_of(world, world.stranger) as target:
            assert (await target.get(f"/api/chats/{chat_id}"))["chat"]["line"]["isOffered"] is True
            assert (await _act(target, chat_id, "take"))["line"]["operatorId"] == world.stranger.id
        await _act(browser, chat_id, "transfer", lineId=other.id)
        assert (await visitor.session()).line_id == other.id
        await _act(browser, chat_id, "transfer", departmentId=department_id)
        assert (await visitor.session()).operator_id in {0, world.carol.id}


async def test_a_transfer_names_one_target_that_can_serve(world: World) -> None:
    _, chat_id = await _asked(world)
    path = f"/api/chats/{chat_id}/line/transfer"
    async with browser_of(world, world.alice) as browser:
        for given in ({}, {"personId": world.bob.id, "lineId": 1}, {"who": 1}):
            assert (await refusal(browser, "POST", path, given)).startswith("400 ")
        assert await refusal(browser, "POST", path, {"personId": world.outsider.id}) == "400 wrong_operator"
        assert await refusal(browser, "POST", path, {"lineId": 999_999}) == "404 not_found"
        assert await refusal(browser, "POST", path, {"departmentId": 999_999}) == "404 not_found"


async def test_spam_blocks_the_customer_and_ends_it_at_once(world: World) -> None:
    visitor, chat_id = await _asked(world)
    async with browser_of(world, world.alice) as browser:
        chat = await _act(browser, chat_id, "spam")
    assert (chat["line"]["status"], chat["line"]["client"]["isBlocked"]) == (65, True)
    assert (await visitor.client()).blocked == 1


async def test_silent_mode_and_pin_are_switched(world: World) -> None:
    visitor, chat_id = await _asked(world)
    async with browser_of(world, world.alice) as browser:
        await _act(browser, chat_id, "take")
        assert (await _act(browser, chat_id, "silent", isOn=True))["line"]["isSilent"] is True
        message = await send(browser, chat_id, "among ourselves")
        assert (message["isWhisper"], message["isSystem"]) == (True, False)
        assert (await _act(browser, chat_id, "silent", isOn=False))["line"]["isSilent"] is False
        assert (await _act(browser, chat_id, "pin", isOn=True))["line"]["isPinned"] is True
        assert (await _act(browser, chat_id, "pin", isOn=False))["line"]["isPinned"] is False
    assert "among ourselves" not in await visitor.texts()


async def test_a_whisper_with_a_file_stays_among_operators(world: World) -> None:
    visitor, chat_id = await _asked(world)
    async with browser_of(world, world.alice) as browser:
        await _act(browser, chat_id, "take")
        before = len(await visitor.messages())
        said = await send(browser, chat_id, "He was rude yesterday", isWhisper=True)
        file = await upload(browser, chat_id, "notes.txt")
        shown = await send(browser, chat_id, "", isWhisper=True, fileIds=[file["id"]])
        assert (said["isWhisper"], shown["isWhisper"], len(shown["files"])) == (True, True, 1)
        spoken = await send(browser, chat_id, "Good day")
    assert spoken["isWhisper"] is False
    assert [one.text for one in (await visitor.messages())[before:]] == ["Good day"]
    assert len(await messages_of(world, chat_id)) > len(await visitor.messages())


async def test_elsewhere_whispering_is_speaking(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.alice) as browser:
        assert (await send(browser, chat_id, "aloud", isWhisper=True))["isWhisper"] is False


@pytest.mark.parametrize("deed", DEEDS)
async def test_strangers_find_nothing(world: World, deed: str) -> None:
    visitor, chat_id = await _asked(world)
    plain = await world.chat(world.stranger, world.bob)
    before = await visitor.session()
    for actor in (world.stranger, world.outsider):
        async with browser_of(world, actor) as browser:
            for chat in (chat_id, 999_999):
                assert await refusal(browser, "POST", f"/api/chats/{chat}/line/{deed}") == "404 no_such_chat"
            assert await refusal(browser, "GET", f"/api/chats/{chat_id}/messages") == "404 no_such_chat"
    async with browser_of(world, world.stranger) as browser:
        assert await refusal(browser, "POST", f"/api/chats/{plain}/line/{deed}") == "400 not_a_line_chat"
    assert await session_of(world, chat_id) == before


async def test_reopening_what_goes_on_changes_nothing(world: World) -> None:
    visitor, chat_id = await _asked(world)
    async with browser_of(world, world.alice) as browser:
        assert await refusal(browser, "POST", f"/api/chats/{chat_id}/line/reopen") == "409 nothing_changed"
    await world.unit(finishing.close_session, await visitor.session())
    async with browser_of(world, world.alice) as browser:
        assert (await _act(browser, chat_id, "reopen"))["line"]["operatorId"] == world.alice.id
