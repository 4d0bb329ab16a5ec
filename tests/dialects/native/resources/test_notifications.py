"""``/api/notifications``: listing, reading, answering, removing one's own."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import notifications
from skvorets.core.notifications import ACCEPT_COLOR, CONFIRM, DECLINE_COLOR, PERSONAL, Button, Notification
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.browsers import Browser, browser_of
from support.messenger import refusal, send
from support.notices import told
from support.queries import count_queries
from support.world import World

PATH = "/api/notifications"
BUTTONS = (Button("Да", "Y", ACCEPT_COLOR), Button("Нет", "N", DECLINE_COLOR), Button("Может", "M"))


async def _take(tx: Tx, person: Person, notification: Notification, value: str) -> str | None:
    del tx, notification
    return f"{person.first_name}: {value}"


async def asked(world: World, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setitem(notifications.CONFIRM_HANDLERS, "test|ask", _take)
    return await told(world, world.bob, "?", kind=CONFIRM, module="test", event="ask", buttons=BUTTONS)


async def titles(browser: Browser, query: str = "") -> list[str]:
    return [one["text"] for one in (await browser.get(PATH + query))["notifications"]]


async def test_notifications_are_shown_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await told(world, world.bob, "hello [B]you[/B]", author_id=world.carol.id, kind=PERSONAL, title="News")
    asking = await asked(world, monkeypatch)
    async with browser_of(world, world.bob) as bob:
        with count_queries(world) as queries:
            page = await bob.get(PATH)
        # The session and its person; notifications, people, how many are unread.
        assert queries.count == 5
        times = [one.pop("createdAt") for one in page["notifications"]]
        assert all(times)
        question, news = page["notifications"]
        assert question == {
            "id": asking,
            "type": "confirm",
            "authorId": 0,
            "title": "",
            "text": "?",
            "buttons": [
                {"title": "Да", "value": "Y", "type": "accept", "color": ACCEPT_COLOR},
                {"title": "Нет", "value": "N", "type": "cancel", "color": DECLINE_COLOR},
                {"title": "Может", "value": "M", "type": "plain", "color": ""},
            ],
            "canAnswer": False,
            "isRead": False,
            "module": "test",
            "event": "ask",
            "params": {},
        }
        assert news == {
            **question,
            "id": first,
            "type": "person",
            "authorId": world.carol.id,
            "title": "News",
            "text": "hello [B]you[/B]",
            "buttons": [],
            "module": "im",
            "event": "default",
        }
        assert [one["id"] for one in page["people"]] == [world.carol.id]
        assert (page["hasMore"], page["unread"]) == (False, 2)
    async with browser_of(world, world.carol) as carol:
        assert await carol.get(PATH) == {"notifications": [], "people": [], "hasMore": False, "unread": 0}


async def test_pages_and_searches_go_backwards(world: World) -> None:
    ids = [await told(world, world.bob, f"{word} {number}") for number in range(3) for word in ("Ёлка", "сосна")]
    async with browser_of(world, world.bob) as bob:
        assert await titles(bob, "?limit=2") == ["сосна 2", "Ёлка 2"]
        assert await titles(bob, f"?limit=2&beforeId={ids[2]}") == ["сосна 0", "Ёлка 0"]
        assert await titles(bob, "?find=елка") == ["Ёлка 2", "Ёлка 1", "Ёлка 0"]
        page = await bob.get(f"{PATH}?find=елка&limit=1&beforeId={ids[4]}")
        assert ([one["text"] for one in page["notifications"]], page["hasMore"]) == (["Ёлка 1"], True)
        assert await titles(bob, "?find=дуб") == []
        for query in ("?limit=0", "?limit=101", "?beforeId=x", "?find=" + "x" * 201):
            assert await refusal(bob, "GET", PATH + query) == "400 malformed"


async def test_they_are_read_and_unread_again(world: World) -> None:
    ids = [await told(world, world.bob, str(number)) for number in range(3)]
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        assert await carol.call("POST", f"{PATH}/read", {"ids": ids}) == {"unread": 0}
        assert await bob.call("POST", f"{PATH}/read", {"ids": ids[:1]}) == {"unread": 2}
        assert [one["isRead"] for one in (await bob.get(PATH))["notifications"]] == [False, False, True]
        assert await bob.call("POST", f"{PATH}/read", {}) == {"unread": 0}
        assert await bob.call("POST", f"{PATH}/unread", {"ids": ids[1:]}) == {"unread": 2}
        assert await refusal(bob, "POST", f"{PATH}/unread", {}) == "400 malformed"
        assert await refusal(bob, "POST", f"{PATH}/read", {"ids": ["x"]}) == "400 malformed"
    assert len(await world.events("notification.read")) == 3


async def test_a_button_is_pressed_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = await asked(world, monkeypatch)
    path = f"{PATH}/{asking}/confirm"
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        assert await refusal(carol, "POST", path, {"value": "Y"}) == "404 not_found"
        assert await refusal(bob, "POST", path, {"value": "X"}) == "404 not_found"
        assert await refusal(bob, "POST", path, {"value": ""}) == "400 malformed"
        assert await bob.call("POST", path, {"value": "Y"}) == {"text": "Bob: Y"}
        assert await refusal(bob, "POST", path, {"value": "Y"}) == "404 not_found"


async def test_a_mention_is_answered_with_words(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        message = await send(bob, chat_id, f"[USER={world.carol.id}]Carol[/USER], when?")
        mention: dict[str, Any] = next(
            one for one in (await carol.get(PATH))["notifications"] if one["event"] == "mention"
        )
        assert (mention["canAnswer"], mention["params"]["MESSAGE_ID"]) == (True, message["id"])
        path = f"{PATH}/{mention['id']}/answer"
        assert await refusal(bob, "POST", path, {"text": "now"}) == "404 not_found"
        assert await refusal(carol, "POST", path, {"text": " "}) == "404 not_found"
        assert (await carol.call("POST", path, {"text": "now"}))["text"]
        page = await bob.get(f"/api/chats/{chat_id}/messages")
        said = page["messages"][-1]
        assert (said["text"], said["replyTo"]["id"]) == ("now", message["id"])


async def test_they_are_removed(world: World) -> None:
    told_id = await told(world, world.bob)
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        assert await refusal(carol, "DELETE", f"{PATH}/{told_id}") == "404 not_found"
        assert await bob.call("DELETE", f"{PATH}/{told_id}") is None
        assert await refusal(bob, "DELETE", f"{PATH}/{told_id}") == "404 not_found"
        assert await titles(bob) == []
