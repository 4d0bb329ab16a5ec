"""``/api/chats``: the list, one chat exactly, making and changing chats, private dialogs, pictures."""

from __future__ import annotations

import base64
from typing import Any
from unittest.mock import ANY

import pytest

from skvorets.core.events import ChatChanged
from support.browsers import RefusedError, browser_of
from support.chats import dismiss, entity_chat, general_chat_id
from support.native import FRESH_PART, FULL_RIGHTS, chat_of, ids_of, person_shape
from support.pictures import picture, png
from support.queries import count_queries
from support.world import World

PICTURE = base64.b64encode(picture()).decode()


async def test_a_chat_is_shown_with_everybody_whom_it_names(world: World) -> None:
    chat = await world.chat(world.alice, world.bob, DESCRIPTION="About", COLOR="MINT")
    sent = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="Hello")
    async with browser_of(world, world.bob) as browser:
        answer = await browser.get(f"/api/chats/{chat}")
    assert answer == {
        "chat": {
            "id": chat,
            "dialogId": f"chat{chat}",
            "kind": "group",
            "title": "Test",
            "description": "About",
            "color": "#4ba984",
            "avatar": "",
            "ownerId": world.alice.id,
            "partnerId": 0,
            "isGeneral": False,
            "isExtranet": False,
            "entityType": "",
            "entityId": "",
            "createdAt": ANY,
            "memberCount": 2,
            "lastAt": answer["chat"]["last"]["createdAt"],
            "lastSeq": 2,
            "last": ANY,
            "seenId": sent,
            "mine": {**FRESH_PART, "unread": 2, "firstUnreadId": sent - 1},
            "rights": {**FULL_RIGHTS, "canManage": False, "canRemove": False},
            "line": None,
        },
        "people": [person_shape(world.alice)],
    }
    assert (answer["chat"]["last"]["id"], answer["chat"]["last"]["text"]) == (sent, "Hello")


async def test_hidden_and_absent_chats_look_the_same(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.stranger) as browser:
        for chat_id in (chat, 999_999):
            for verb, path in (("GET", ""), ("PATCH", ""), ("PUT", "/avatar"), ("DELETE", "/avatar")):
                with pytest.raises(RefusedError, match="404 no_such_chat"):
                    await browser.call(verb, f"/api/chats/{chat_id}{path}", {"data": PICTURE} if path else {})


async def test_open_chats_are_read_by_employees_and_not_by_people_from_outside(world: World) -> None:
    chat = await world.chat(world.alice, TYPE="OPEN")
    async with browser_of(world, world.bob) as browser:
        shown = await chat_of(browser, chat)
    assert shown["mine"] == {**FRESH_PART, "isMember": False, "role": "guest"}
    assert shown["rights"] == {
        "canWrite": True,
        "canRename": False,
        "canInvite": True,
        "canManage": False,
        "canRemove": False,
        "canLeave": False,
        "canMute": False,
    }
    async with browser_of(world, world.outsider) as browser:
        with pytest.raises(RefusedError, match="404 no_such_chat"):
            await browser.get(f"/api/chats/{chat}")


async def test_rights_follow_the_kind_of_the_chat_and_the_part_in_it(world: World) -> None:
    own, crm = await world.chat(world.bob, world.alice), await entity_chat(world, world.bob, entity="CRM")
    async with browser_of(world, world.bob) as browser:
        assert (await chat_of(browser, own))["rights"] == FULL_RIGHTS
        of_crm = {**FULL_RIGHTS, "canRename": False, "canLeave": False}
        assert (await chat_of(browser, crm))["rights"] == of_crm
        rights = (await chat_of(browser, await general_chat_id(world)))["rights"]
        assert [name for name, is_so in rights.items() if is_so] == ["canWrite", "canMute"]


async def test_the_list_has_pinned_chats_first_and_what_is_asked_for(world: World) -> None:
    old, new = await world.chat(world.alice, world.bob), await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        assert ids_of(await browser.get("/api/chats?limit=2"), "chats") == [new, old]
        await browser.call("PATCH", f"/api/chats/{old}/mine", {"isPinned": True})
        await browser.call("POST", f"/api/chats/{new}/read")
        found = await browser.get("/api/chats?limit=2")
        assert (ids_of(found, "chats"), found["hasMore"]) == ([old, new], True)
        assert ids_of(await browser.get("/api/chats?isUnreadOnly=true"), "chats") == [old]
        since = max(one["lastAt"] for one in found["chats"]) + 10**6
        assert (await browser.get(f"/api/chats?changedSince={since}"))["chats"] == []


async def test_lists_cost_the_same_however_long_they_are(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        for _ in range(5):
            await world.chat(world.alice, world.bob)
        with count_queries(world) as queries:
            await browser.get("/api/chats")
        # The session (2), lines, likes, people, first unread, seen, drafts.
        assert queries.count == 8
        chat = await world.chat(world.alice, world.bob)
        with count_queries(world) as queries:
            await browser.get(f"/api/chats/{chat}")
        # The session (2), the chat, the newest message, uncounted ones, likes, people, first unread, seen, drafts.
        assert queries.count == 10


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "offset=-1", "isUnreadOnly=perhaps", "changedSince=-1"])
async def test_lists_refuse_bad_input(world: World, query: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.get(f"/api/chats?{query}")


async def test_a_chat_is_made(world: World) -> None:
    ids = [world.carol.id, 999_999]
    given = {"title": " Plans ", "kind": "open", "memberIds": ids, "description": "Why", "color": "PINK"}
    async with browser_of(world, world.bob) as browser:
        made = (await browser.call("POST", "/api/chats", given))["chat"]
        assert (made["title"], made["kind"], made["description"], made["color"]) == ("Plans", "open", "Why", "#f76187")
        assert (made["memberCount"], made["ownerId"], made["mine"]["role"]) == (2, world.bob.id, "owner")
        automatic = (await browser.call("POST", "/api/chats"))["chat"]
        assert automatic["kind"] == "group"
        assert automatic["title"]
        assert made["last"]["isSystem"] is True


@pytest.mark.parametrize(
    "given",
    [
        {"title": "x" * 256},
        {"title": ["x"]},
        {"kind": "private"},
        {"memberIds": [0]},
        {"memberIds": "1"},
        {"memberIds": [1] * 1001},
        {"description": "x" * 20_001},
        {"title": "a\0b"},
    ],
)
async def test_a_malformed_chat_is_not_made(world: World, given: dict[str, Any]) -> None:
    async with browser_of(world, world.bob) as browser:
        before = ids_of(await browser.get("/api/chats"), "chats")
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.call("POST", "/api/chats", given)
        assert ids_of(await browser.get("/api/chats"), "chats") == before


async def test_a_chat_is_changed_and_the_members_are_told(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    given = {"title": "New", "description": " Text ", "color": "RED", "ownerId": world.bob.id}
    async with browser_of(world, world.alice) as browser:
        changed = (await browser.call("PATCH", f"/api/chats/{chat}", given))["chat"]
        assert (changed["title"], changed["description"], changed["color"]) == ("New", "Text", "#df532d")
        assert (changed["ownerId"], changed["mine"]["role"]) == (world.bob.id, "member")
        told = [one.changed for one in await world.events("chat.changed") if isinstance(one, ChatChanged)]
        assert told == [["title"], ["description"], ["color"], ["owner"]]
        again = (await browser.call("PATCH", f"/api/chats/{chat}", {"title": "New", "description": "Text"}))["chat"]
        assert again["lastSeq"] == changed["lastSeq"]
        assert len(await world.events("chat.changed")) == 4


async def test_a_refused_part_of_a_change_leaves_all_as_it_was(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        for given, refusal in (
            ({"title": "New", "ownerId": world.bob.id}, "403 not_allowed"),
            ({"title": "New", "color": "INFRARED"}, "400 wrong_color"),
            ({"description": "New", "title": " "}, "400 empty_title"),
            ({"titel": "New"}, "400 malformed"),
        ):
            with pytest.raises(RefusedError, match=refusal):
                await browser.call("PATCH", f"/api/chats/{chat}", given)
        shown = await chat_of(browser, chat)
        assert (shown["title"], shown["description"]) == ("Test", "")
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("PATCH", f"/api/chats/{await general_chat_id(world)}", {"description": "Ours"})


async def test_a_private_dialog_is_opened_once(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        answer = await browser.call("PUT", f"/api/people/{world.carol.id}/chat")
        assert answer["people"] == [person_shape(world.carol)]
        chat = answer["chat"]
        assert (chat["kind"], chat["dialogId"], chat["partnerId"]) == ("private", str(world.carol.id), world.carol.id)
        assert (chat["title"], chat["color"]) == ("Carol Sidorova", answer["people"][0]["color"])
        assert [name for name, is_so in chat["rights"].items() if is_so] == ["canWrite"]
        again = await browser.call("PUT", f"/api/people/{world.carol.id}/chat")
        assert again["chat"]["id"] == chat["id"]
        notes = (await browser.call("PUT", f"/api/people/{world.bob.id}/chat"))["chat"]
        assert (notes["title"], notes["partnerId"], notes["memberCount"]) == ("", world.bob.id, 1)


async def test_dialogs_with_nobody_with_hidden_and_with_gone_people_are_refused(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="404 no_such_person"):
            await browser.call("PUT", "/api/people/999999/chat")
        known = (await browser.call("PUT", f"/api/people/{world.carol.id}/chat"))["chat"]["id"]
        await dismiss(world, world.carol)
        await dismiss(world, world.stranger)
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("PUT", f"/api/people/{world.stranger.id}/chat")
        assert (await chat_of(browser, known))["rights"]["canWrite"] is False
    async with browser_of(world, world.outsider) as browser:
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("PUT", f"/api/people/{world.bob.id}/chat")


async def test_a_chat_gets_a_picture_and_loses_it(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        with_one = (await browser.call("PUT", f"/api/chats/{chat}/avatar", {"data": PICTURE}))["chat"]
        assert with_one["avatar"].startswith(f"{world.app.config.base_url}/files/avatar/")
        assert with_one["last"]["isSystem"] is True
        without = (await browser.call("DELETE", f"/api/chats/{chat}/avatar"))["chat"]
        assert without["avatar"] == ""
        await browser.call("DELETE", f"/api/chats/{chat}/avatar")
        assert len(await world.events("chat.changed")) == 2


async def test_what_is_no_picture_is_refused(world: World) -> None:
    chat = await world.chat(world.alice, world.bob)
    large = base64.b64encode(png(5001, 1)).decode()
    async with browser_of(world, world.bob) as browser:
        for data, code in (("nonsense", "400 wrong_image"), ("", "400 wrong_image"), (large, "400 image_too_large")):
            with pytest.raises(RefusedError, match=code):
                await browser.call("PUT", f"/api/chats/{chat}/avatar", {"data": data})
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("PUT", f"/api/chats/{await general_chat_id(world)}/avatar", {"data": PICTURE})
