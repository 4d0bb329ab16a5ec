"""``/api/chats/{id}/…``: pinning, muting, hiding, marking; drafts; reading; typing."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

import pytest

from skvorets.core import recents
from skvorets.core.events_drafts import DraftChanged
from skvorets.realtime.frames import PUSHED_KINDS
from support.browsers import Browser, RefusedError, browser_of
from support.native import FRESH_PART, chat_of, ids_of
from support.world import World


async def said(world: World, chat: int, *texts: str) -> list[int]:
    return [await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE=text) for text in texts]


async def change(browser: Browser, chat: int, **given: Any) -> Any:
    return await browser.call("PATCH", f"/api/chats/{chat}/mine", given)


async def test_a_person_arranges_his_own_view(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await browser.call("POST", f"/api/chats/{chat}/read")
        read = {**FRESH_PART, "readId": (await chat_of(browser, chat))["last"]["id"]}
        assert await change(browser, chat, isPinned=True, isMuted=True) == {**read, "pinnedAt": ANY, "isMuted": True}
        assert await change(browser, chat, isPinned=False, isMuted=False) == read
        assert await change(browser, chat, isMarkedUnread=True) == {**read, "isMarkedUnread": True}
        assert await change(browser, chat, isMarkedUnread=False) == read
        assert await change(browser, chat, isHidden=True) == {**read, "isHidden": True}
        assert chat not in ids_of(await browser.get("/api/chats"), "chats")
        assert await change(browser, chat, isHidden=False) == read
        assert chat in ids_of(await browser.get("/api/chats"), "chats")
        assert await change(browser, chat) == read
    told = [one for one in await world.events("dialog.changed") if getattr(one, "chat_id", 0) == chat]
    assert len(told) == 8
    assert {getattr(one, "person_id", 0) for one in told} == {world.bob.id}


async def test_no_more_can_be_pinned_than_allowed_and_then_nothing_is_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recents, "MAX_PINNED", 1)
    one, other = await world.chat(world.alice, world.bob), await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await change(browser, one, isPinned=True)
        with pytest.raises(RefusedError, match="409 too_many_pinned"):
            await change(browser, other, isMuted=True, isPinned=True)
        assert (await chat_of(browser, other))["mine"]["isMuted"] is False


async def test_private_dialogs_are_not_muted(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        chat = (await browser.call("PUT", f"/api/people/{world.carol.id}/chat"))["chat"]["id"]
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await change(browser, chat, isMuted=True)


async def test_a_draft_is_kept_for_its_writer_alone(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    (message,) = await said(world, chat, "Hello")
    async with browser_of(world, world.bob) as browser:
        path = f"/api/chats/{chat}/draft"
        assert await browser.call("PUT", path, {"text": "Hi", "replyToId": message}) is None
        assert await browser.call("PUT", path, {"text": "Hi", "replyToId": message}) is None
        draft = (await chat_of(browser, chat))["mine"]["draft"]
        assert draft == {"text": "Hi", "replyToId": message, "changedAt": ANY}
        async with browser_of(world, world.alice) as other:
            assert (await chat_of(other, chat))["mine"]["draft"] is None
        assert await browser.call("PUT", path, {"text": " \n"}) is None
        assert (await chat_of(browser, chat))["mine"]["draft"] is None
    first, last = (one for one in await world.events("draft.changed") if isinstance(one, DraftChanged))
    assert (first.chat_id, first.person_id, first.text, first.reply_to_id) == (chat, world.bob.id, "Hi", message)
    assert first.changed_at == draft["changedAt"]
    assert (last.text, last.reply_to_id) == ("", 0)
    assert DraftChanged.is_personal
    assert DraftChanged.kind in PUSHED_KINDS


async def test_a_draft_may_wait_in_an_open_chat_that_is_not_joined(world: World) -> None:
    chat = await world.chat(world.alice, TYPE="OPEN")
    async with browser_of(world, world.bob) as browser:
        await browser.call("PUT", f"/api/chats/{chat}/draft", {"text": "May I?"})
        mine = (await chat_of(browser, chat))["mine"]
    assert (mine["role"], mine["draft"]["text"]) == ("guest", "May I?")


async def test_reading_and_making_unread(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    ids = await said(world, chat, "One", "Two", "Three")
    async with browser_of(world, world.bob) as browser:
        path = f"/api/chats/{chat}"
        assert await browser.call("POST", f"{path}/read", {"messageId": ids[1]}) == {"unread": 1, "readId": ids[1]}
        mine = (await chat_of(browser, chat))["mine"]
        assert (mine["unread"], mine["firstUnreadId"], mine["readId"]) == (1, ids[2], ids[1])
        assert await browser.call("POST", f"{path}/read", {"messageId": ids[0]}) == {"unread": 1, "readId": ids[1]}
        assert await browser.call("POST", f"{path}/read") == {"unread": 0, "readId": ids[2]}
        assert await browser.call("POST", f"{path}/read") == {"unread": 0, "readId": ids[2]}
        assert await browser.call("POST", f"{path}/unread", {"messageId": ids[1]}) == {"unread": 2, "readId": ids[0]}
        with pytest.raises(RefusedError, match="404 no_such_message"):
            await browser.call("POST", f"{path}/unread", {"messageId": 999_999})


async def test_the_sender_sees_what_was_read(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    ids = await said(world, chat, "One", "Two")
    async with browser_of(world, world.alice) as sender, browser_of(world, world.bob) as reader:
        assert (await chat_of(sender, chat))["seenId"] == 0
        await reader.call("POST", f"/api/chats/{chat}/read", {"messageId": ids[0]})
        assert (await chat_of(sender, chat))["seenId"] == ids[0]


async def test_everything_is_read_at_once(world: World) -> None:
    chats = [await world.chat(world.alice, world.bob) for _ in range(2)]
    async with browser_of(world, world.bob) as browser:
        await change(browser, chats[0], isMarkedUnread=True)
        assert await browser.call("POST", "/api/read-all") is None
        assert (await browser.get("/api/start"))["counters"] == {"chats": 0, "unread": 0, "notifications": 0}


async def test_typing_is_told(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        assert await browser.call("POST", f"/api/chats/{chat}/typing") is None
    (event,) = await world.events("typing.started")
    assert (getattr(event, "chat_id", 0), getattr(event, "actor_id", 0)) == (chat, world.bob.id)


ROUTES = [
    ("PATCH", "mine", {"isPinned": True}),
    ("PUT", "draft", {"text": "x"}),
    ("POST", "read", {}),
    ("POST", "unread", {"messageId": 1}),
    ("POST", "typing", {}),
]


@pytest.mark.parametrize(("verb", "path", "given"), ROUTES)
async def test_strangers_do_nothing(world: World, verb: str, path: str, given: dict[str, Any]) -> None:
    chat = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    for actor in (world.stranger, world.outsider):
        async with browser_of(world, actor) as browser:
            with pytest.raises(RefusedError, match="404 no_such_chat"):
                await browser.call(verb, f"/api/chats/{chat}/{path}", given)
    assert len(await world.events()) == before


@pytest.mark.parametrize(("verb", "path", "given"), [one for one in ROUTES if one[1] != "draft"])
async def test_readers_of_open_chats_have_no_part_in_them(
    world: World, verb: str, path: str, given: dict[str, Any]
) -> None:
    chat = await world.chat(world.alice, TYPE="OPEN")
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call(verb, f"/api/chats/{chat}/{path}", given)


@pytest.mark.parametrize(
    ("verb", "path", "given"),
    [
        ("PATCH", "mine", {"isPinned": "yes"}),
        ("PATCH", "mine", {"isPined": True}),
        ("PUT", "draft", {}),
        ("PUT", "draft", {"text": "x" * 20_001}),
        ("PUT", "draft", {"text": "x", "replyToId": -1}),
        ("PUT", "draft", {"text": "x\0"}),
        ("POST", "read", {"messageId": 0}),
        ("POST", "read", {"messageId": 2**63}),
        ("POST", "unread", {}),
        ("POST", "unread", {"messageId": {}}),
    ],
)
async def test_bad_input_is_refused(world: World, verb: str, path: str, given: dict[str, Any]) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.call(verb, f"/api/chats/{chat}/{path}", given)


async def test_six_letters_that_look_like_the_forbidden_character_are_text(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await browser.call("PUT", f"/api/chats/{chat}/draft", {"text": r"a\u0000b"})
        assert (await chat_of(browser, chat))["mine"]["draft"]["text"] == r"a\u0000b"
