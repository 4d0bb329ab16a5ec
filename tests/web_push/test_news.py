"""Browsers without an open page hear of messages and notifications; the right ones, the right words, once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from skvorets.core import presence, sessions
from skvorets.core.notifications import NewNotification, notify
from skvorets.storage import event_log, person_settings, web_push
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.event_log import Position
from skvorets.web_push import follower, news, places, sender, service
from support.browsers import browser_of
from support.push import listen, say, until_gone
from support.push_services import PushService
from support.world import Actor, World


@pytest.fixture
async def phones() -> AsyncIterator[PushService]:
    async with PushService() as opened:
        yield opened


async def settle(world: World, actor: Actor, **chosen: object) -> None:
    await world.unit(person_settings.put, actor.id, person_settings.PersonSettings(**chosen))  # type: ignore[arg-type]


async def test_a_message_in_a_dialog_is_shown_with_its_author(world: World, phones: PushService) -> None:
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
        message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="[b]Привет[/b], Боб!")
    name, words = await phones.shown()
    [chat_id] = {one.chat_id for one in await world.events("message.added") if one.id == message_id}  # type: ignore[attr-defined]
    assert (name, words) == (
        "bob",
        {
            "title": world.alice.person.name,
            "body": "Привет, Боб!",
            "icon": "/client/icons/app-192.png",
            "url": f"/im/chat{chat_id}",
            "tag": f"chat{chat_id}",
        },
    )


async def test_what_goes_to_the_push_service_is_as_the_rfcs_say(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
        await say(world.alice, chat_id, "in the group")
        sent = await phones.sent()
        key = (await browser.get("/api/web-push"))["publicKey"]
    headers = sent.headers
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Content-Type"] == "application/octet-stream"
    assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == ("86400", "normal", f"chat-{chat_id}")
    assert headers["Authorization"].startswith("vapid t=")
    assert headers["Authorization"].endswith(f", k={key}")
    assert b"in the group" not in sent.body
    words = json.loads(phones.phones["/bob"].decrypt(sent.body))
    assert (words["title"], words["body"]) == ("Test", f"{world.alice.person.name}: in the group")


async def test_neither_the_author_nor_who_muted_nor_strangers_nor_who_is_not_to_be_disturbed(
    world: World, phones: PushService
) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    everybody = (world.alice, world.bob, world.carol, world.stranger)
    for actor in everybody:
        async with browser_of(world, actor) as browser:
            await phones.subscribe(browser, actor.person.first_name)
    await world.bob.call("im.chat.mute", CHAT_ID=chat_id, MUTE="Y")
    await say(world.alice, chat_id, "first")
    assert (await phones.shown())[0] == "Carol"
    await world.unit(presence.choose_status, world.carol.id, "dnd")
    await say(world.alice, chat_id, "second")
    assert await phones.is_silent()


async def test_who_has_a_page_open_sees_it_there_unless_he_is_away(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
        async with await listen(world.bob) as bob:
            await say(world.alice, chat_id, "seen")
            await bob.texts("seen")
            assert await phones.is_silent()
            await world.unit(presence.start_idle, world.bob.id, 1)
            await say(world.alice, chat_id, "away")
            assert (await phones.shown())[1]["body"].endswith("away")
            await world.unit(presence.end_idle, world.bob.id)
        await until_gone(world)
        await say(world.alice, chat_id, "closed")
        assert (await phones.shown())[1]["body"].endswith("closed")


async def test_a_person_chooses_what_he_is_told_and_what_is_shown(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    await settle(world, world.bob, notifications="mentions", shows_preview=0)
    await say(world.alice, chat_id, "to all")
    await say(world.alice, chat_id, f"[USER={world.bob.id}]Bob[/USER], look!")
    _, words = await phones.shown()
    assert (words["title"], words["body"]) == ("Test", f"{world.alice.person.name}: Новое сообщение")
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="a dialog means him, too")
    assert (await phones.shown())[1]["body"] == "Новое сообщение"
    await settle(world, world.bob, notifications="none")
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="nothing")
    await world.unit(notify, NewNotification(person_id=world.bob.id, text="nothing"))
    assert await phones.is_silent()


async def test_a_notification_is_shown_but_a_mention_not_twice(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    notice = NewNotification(person_id=world.bob.id, author_id=world.carol.id, kind=2, text="[b]Lunch?[/b]")
    notice_id = await world.unit(notify, notice)
    assert (await phones.shown())[1] == {
        "title": world.carol.person.name,
        "body": "Lunch?",
        "icon": "/client/icons/app-192.png",
        "url": "/?panel=notifications",
        "tag": f"notice{notice_id}",
    }
    await say(world.alice, chat_id, f"[USER={world.bob.id}]Bob[/USER]!")
    assert (await phones.shown())[1]["tag"] == f"chat{chat_id}"
    assert await phones.is_silent()


async def test_long_words_are_cut_and_fit(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    await say(world.alice, chat_id, "\N{OLD PERSIAN SIGN A}" * 5000)
    sent = await phones.sent()
    assert len(sent.body) <= 3072
    body = json.loads(phones.phones["/bob"].decrypt(sent.body))["body"]
    assert len(body) == news.MAX_BODY
    assert body.endswith("…")


async def test_a_browser_that_logged_out_hears_nothing_more(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as kept, browser_of(world, world.bob) as ended:
        await phones.subscribe(kept, "kept")
        await phones.subscribe(ended, "ended")
        await ended.call("DELETE", "/api/session")
        await say(world.alice, chat_id, "x")
        assert (await phones.shown())[0] == "kept"
    assert await phones.is_silent()
    assert len(await world.app.store.read(web_push.of_person, world.bob.id)) == 1


async def test_a_subscription_that_is_gone_is_forgotten(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    phones.statuses = [410]
    await say(world.alice, chat_id, "x")
    await phones.sent()
    async with asyncio.timeout(5):
        while await world.app.store.read(web_push.of_person, world.bob.id):  # noqa: ASYNC110 — done behind the answer
            await asyncio.sleep(0.01)


async def test_an_overworked_push_service_is_asked_again(
    world: World, phones: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "RETRY_AFTER_S", (0.0, 0.0))
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    phones.statuses = [503, 429]
    await say(world.alice, chat_id, "x")
    bodies = [(await phones.sent()).body for _ in range(3)]
    assert len(set(bodies)) == 3, "each attempt has a key of its own"
    phones.statuses = [500, 500, 500, 400]
    await say(world.alice, chat_id, "y")
    for _ in range(3):
        await phones.sent()
    assert await phones.is_silent(), "three attempts and no more"
    await say(world.alice, chat_id, "z")  # 400: not repeated, the subscription stays
    await phones.sent()
    assert await phones.is_silent()
    assert await world.app.store.read(web_push.of_person, world.bob.id)


async def test_after_a_pause_there_is_no_storm(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    await world.app.web_push.stop()
    await say(world.alice, chat_id, "old")

    async def age(tx: Tx) -> None:
        await tx.do("UPDATE events SET at = at - $1", follower.MAX_AGE_MS + 1000)

    await world.unit(age)
    await say(world.alice, chat_id, "new")
    await world.app.web_push.start()
    assert (await phones.shown())[1]["body"].endswith("new")
    assert await phones.is_silent()


async def test_only_one_process_tells(world: World, phones: PushService) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    twin = service.WebPushService(world.config, world.app.store, frozenset(), world.app.bus.follow())
    await twin.start()
    for number in range(5):
        await say(world.alice, chat_id, f"{number}")
    bodies = {(await phones.shown())[1]["body"][-1] for _ in range(5)}
    assert bodies == set("01234")
    assert await phones.is_silent()
    await twin.stop()


async def test_the_place_never_goes_back_and_begins_at_the_end(world: World) -> None:
    ordered = world.app.store.log_is_ordered_by_id
    await world.app.web_push.stop()
    await world.unit(event_log.forget_cursor, places.CURSOR)
    head = await world.app.store.read(event_log.head, ordered_by_id=ordered)
    assert await world.unit(places.open_place) == head
    assert await world.unit(places.advance, Position(0, 1)) == head
    assert await world.app.store.read(event_log.cursor, places.CURSOR) == head
    await world.app.web_push.start()


async def test_without_subscriptions_the_log_costs_two_queries_with_them_four_for_each_message(
    world: World, phones: PushService
) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.app.web_push.stop()
    start = await world.app.store.read(event_log.head, ordered_by_id=world.app.store.log_is_ordered_by_id)
    for number in range(3):
        await say(world.alice, chat_id, f"{number}")
    await world.events("message.added")

    async def look(tx: Tx) -> tuple[int, int]:
        count = 0

        class Counting:
            def __getattr__(self, name: str) -> Any:
                nonlocal count
                count += name in {"val", "row", "one", "rows"}
                return getattr(tx, name)

        found = await places.look(Counting(), start, frozenset(), 0)
        assert found.position > start
        return count, len(found.news)

    assert await world.app.store.read(look) == (2, 0)
    async with browser_of(world, world.bob) as browser:
        await phones.subscribe(browser, "bob")
    assert await world.app.store.read(look) == (2 + 3 * 4, 3)
    await world.app.web_push.start()


async def test_whose_session_is_over_is_not_told(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)

    async def subscribe(tx: Tx) -> int:
        secret = await sessions.open_session(tx, world.bob.person, "", "")
        session, _ = await sessions.find_session(tx, secret)
        await web_push.put(
            tx, web_push.Subscription(0, world.bob.id, session.id, "https://push.example/", "d", "k", "a", tx.now)
        )
        return session.id

    session_id = await world.unit(subscribe)
    assert len(await world.app.store.read(web_push.reached_in, chat_id, 1)) == 1

    async def end(tx: Tx) -> None:
        await tx.do("UPDATE sessions SET expires_at = $2 WHERE id = $1", session_id, tx.now)

    await world.app.store.write(DIRECTORY_KEY, end)
    assert await world.app.store.read(web_push.reached_in, chat_id, 1) == []
    assert await world.app.store.read(web_push.reached_of, [world.bob.id]) == []
