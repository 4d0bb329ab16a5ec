"""The event log of the developer's page: pages, filters, one delivery, secrets as dots."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from skvorets.core.masking import MASK
from skvorets.storage import delivery_log
from support.browsers import Browser, RefusedError, browser_of
from support.deliveries import quick_policies, set_columns, until
from support.handlers import Handlers, HandlerScript
from support.queries import count_queries
from support.wire_events import bot_of, group, listening_bot
from support.world import World


async def _talk(world: World, script: HandlerScript, *texts: str) -> int:
    """Let bob write to a new bot; its id. The first delivery is the bot's joining."""
    bot = await listening_bot(world, script)
    for text in texts:
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)
    await script.take(1 + len(texts))
    await until(world, lambda rows: len(rows) > len(texts) and all(one.finished_at for one in rows))
    return bot.id


async def _list(browser: Browser, **given: object) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={quote(str(value))}" for name, value in given.items())
    found: list[dict[str, Any]] = (await browser.get(f"/api/dev/deliveries?{query}"))["deliveries"]
    return found


async def test_events_are_listed_newest_first_with_what_became_of_them(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    script.answer(200, 500)
    await _talk(world, script, "hello")
    async with browser_of(world, world.alice) as browser:
        page = await browser.get("/api/dev/deliveries")
    newest, joining = page["deliveries"]
    assert page["nextBelow"] == 0
    assert page["events"] == ["ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD"]
    assert set(newest) == {
        "id", "applicationId", "chatId", "chat", "words", "event", "state", "attempts", "httpStatus", "failure",
        "durationMs", "createdAt", "finishedAt", "nextAt",
    }  # fmt: skip
    assert (newest["event"], newest["state"], newest["httpStatus"]) == ("ONIMBOTMESSAGEADD", "dead", 500)
    assert (newest["chat"], newest["words"]) == ("Bob Ivanov – Echo", "hello")
    assert (joining["event"], joining["state"], joining["httpStatus"]) == ("ONIMBOTJOINCHAT", "delivered", 200)
    assert joining["finishedAt"] >= joining["createdAt"] > 0


async def test_filters_narrow_the_list(world: World, handlers: Handlers) -> None:
    one, other = handlers.at("/one"), handlers.at("/other")
    one.answer(200, 500)
    bot_id = await _talk(world, one, "first")
    application = await world.install(name="Others")
    second = await bot_of(world, application, other, "second", TYPE="S")
    chat_id = await group(world.bob, second.id)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="100%_sure?")
    await other.take(2)
    await until(world, lambda rows: len(rows) == 4 and all(one.finished_at for one in rows))
    async with browser_of(world, world.alice) as browser:
        every = [one["id"] for one in await _list(browser)]
        assert every == [4, 3, 2, 1]
        for given, wanted in (
            ({"state": "dead"}, [2]),
            ({"state": "delivered"}, [4, 3, 1]),
            ({"state": "nonsense"}, []),
            ({"event": "ONIMBOTJOINCHAT"}, [3, 1]),
            ({"bot": bot_id}, [2, 1]),
            ({"bot": second.id}, [4, 3]),
            ({"chat": chat_id}, [4, 3]),
            ({"application": application.id}, [4, 3]),
            ({"application": application.id, "state": "dead"}, []),
            ({"text": "100%_sure"}, [4]),
            ({"text": "100__sure"}, []),
            ({"text": "2"}, [2]),
            ({"text": f"{world.app.store.portal.member_id}-3"}, [3]),
            ({"text": "77"}, []),
            ({"below": 3}, [2, 1]),
        ):
            assert [one["id"] for one in await _list(browser, **given)] == wanted, given


async def test_a_page_ends_somewhere_and_costs_the_same(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _talk(world, handlers.at("/bot"), *"abcdef")
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            await browser.get("/api/dev/deliveries")
        assert queries.count <= 8
        monkeypatch.setattr(delivery_log, "WINDOW", 3)
        page = await browser.get("/api/dev/deliveries?event=ONIMBOTJOINCHAT")
        assert (page["deliveries"], page["nextBelow"]) == ([], 5)
        page = await browser.get("/api/dev/deliveries?event=ONIMBOTJOINCHAT&below=5")
        assert (page["deliveries"], page["nextBelow"]) == ([], 2)
        page = await browser.get("/api/dev/deliveries?event=ONIMBOTJOINCHAT&below=2")
        assert ([one["id"] for one in page["deliveries"]], page["nextBelow"]) == ([1], 0)


async def test_one_delivery_shows_its_form_with_secrets_as_dots(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    await _talk(world, script, "привет & пока")
    async with browser_of(world, world.alice) as browser:
        shown = await browser.get("/api/dev/deliveries/2")
        revealed = await browser.call("POST", "/api/dev/deliveries/2/reveal")
    sent = script.requests[1]
    assert shown["url"] == script.url
    assert shown["webhookId"] == sent.header("webhook-id")
    assert shown["application"] == "Robots"
    assert shown["canBeSent"] is True
    pairs, whole = dict(shown["pairs"]), dict(revealed["pairs"])
    assert pairs["data[PARAMS][MESSAGE]"] == "привет & пока"
    assert list(pairs) == list(whole)
    masked = {name for name, value in pairs.items() if value == MASK}
    assert {"auth[access_token]", "auth[refresh_token]", "auth[application_token]"} < masked
    assert whole["auth[application_token]"] == sent.form["auth"]["application_token"]
    assert not [name for name in masked if whole[name] in json.dumps(shown)]


async def test_attempts_are_told_one_by_one_with_masked_answers(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, 0.02, 0.02)
    script = handlers.at("/bot")
    script.answer(200, 503, 503)
    bot = await listening_bot(world, script)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="x")
    await script.take(4)
    await until(world, lambda rows: len(rows) == 2 and all(one.finished_at for one in rows))
    secret = script.requests[-1].form["auth"]["access_token"]
    await set_columns(world, 2, answer=f"got {secret}!")
    async with browser_of(world, world.alice) as browser:
        shown = await browser.get("/api/dev/deliveries/2")
        assert (await browser.call("POST", "/api/dev/deliveries/2/replay")) == {"count": 1}
        await script.next()
        await until(world, lambda rows: all(one.finished_at for one in rows))
        again = await browser.get("/api/dev/deliveries/2")
    assert [(one["number"], one["httpStatus"]) for one in shown["attempts"]] == [(1, 503), (2, 503), (3, 200)]
    assert [one["answer"] for one in shown["attempts"]] == ["ok", "ok", f"got {MASK}!"]
    assert all(one["at"] and one["durationMs"] >= 0 for one in shown["attempts"])
    assert [(one["number"], one["httpStatus"]) for one in again["attempts"]] == [(1, 503), (2, 503), (3, 200), (4, 200)]


async def test_who_did_not_install_the_application_sees_nothing(world: World, handlers: Handlers) -> None:
    await _talk(world, handlers.at("/bot"), "secret")
    async with browser_of(world, world.bob) as browser:
        assert await browser.get("/api/dev/deliveries") == {"deliveries": [], "nextBelow": 0, "events": []}
        assert await _list(browser, text="2") == []
        with pytest.raises(RefusedError, match="404 not_found"):
            await _list(browser, application=1)
        for path in ("2", "2/reveal", "2/replay", "2/curl", "999"):
            with pytest.raises(RefusedError, match="404 not_found"):
                await browser.call("GET" if path.isdigit() else "POST", f"/api/dev/deliveries/{path}")


@pytest.mark.parametrize("query", ["below=0", "below=x", "application=-1", "bot=one", "text=%00", "chat=9" + "9" * 30])
async def test_bad_filters_are_refused(world: World, query: str) -> None:
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.get(f"/api/dev/deliveries?{query}")


async def test_what_cannot_be_sent_any_more_is_shown_as_stored(world: World, handlers: Handlers) -> None:
    await _talk(world, handlers.at("/bot"), "hello")
    async with browser_of(world, world.alice) as browser:
        await browser.call("POST", "/api/dev/applications/1/uninstall")
        shown = await browser.get("/api/dev/deliveries/2")
        for act in ("curl", "send"):
            with pytest.raises(RefusedError, match="409 no_recipient"):
                await browser.call("POST", f"/api/dev/deliveries/2/{act}", {"pairs": [["event", "x"]]})
    pairs = dict(shown["pairs"])
    assert (shown["canBeSent"], pairs["data[PARAMS][MESSAGE]"]) == (False, "hello")
    assert not [name for name in pairs if "token" in name]
