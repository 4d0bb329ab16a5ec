"""An application takes its events itself: in order, once, and again when it did not say that they are done."""

from __future__ import annotations

import asyncio
import base64
import hmac
import time
from typing import Any

import msgspec
import pytest

from skvorets.core import applications as core_applications
from skvorets.core import signing
from skvorets.core.applications import Settings
from skvorets.delivery import pull_units
from skvorets.delivery.signature import secret_key
from skvorets.storage import applications
from support.deliveries import every_delivery, quick_policies, restart, until
from support.handlers import Handlers
from support.pulling import (
    UNREACHABLE,
    Puller,
    bot_for,
    form_of,
    pulling_application,
    pulling_bot,
    texts,
)
from support.wire_events import group
from support.world import World


async def _write(world: World, bot: Any, *said: str) -> None:
    for text in said:
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)


async def test_events_wait_for_their_reader_and_look_as_they_would_have_been_posted(
    world: World, handlers: Handlers
) -> None:
    puller, bot = await pulling_bot(world, url="http://localhost:8000/handler?x=1")
    await _write(world, bot, "hello")

    answer = await puller.poll(wait=5, limit=1)
    [joined] = answer["events"]
    assert joined["event"] == "ONIMBOTJOINCHAT"
    [message] = (await puller.poll(after=answer["next"], wait=5))["events"]

    assert set(message) == {
        *("offset", "id", "attempt", "event", "url", "lane", "policy", "createdAt", "headers", "contentType", "body")
    }
    assert (message["event"], message["attempt"], message["policy"]) == ("ONIMBOTMESSAGEADD", 1, "safe")
    assert message["url"] == "http://localhost:8000/handler?x=1"
    assert message["contentType"] == "application/x-www-form-urlencoded"
    assert message["lane"] == joined["lane"]
    form = form_of(message)
    assert (form["event"], form["data"]["PARAMS"]["MESSAGE"]) == ("ONIMBOTMESSAGEADD", "hello")
    headers = message["headers"]
    assert headers["webhook-id"] == message["id"] == f"{world.app.store.portal.member_id}-2"
    assert (headers["webhook-attempt"], headers["User-Agent"]) == ("1", "Bitrix24 Webhook Engine")
    assert headers["webhook-signature"] == await _signature(world, puller, message)
    # The token was made for this moment.
    caller = await world.post(f"/rest/user.current?auth={form['auth']['access_token']}")
    assert caller.result["ID"] == str(world.bob.id)
    assert await puller.poll(after=message["offset"]) == {"events": [], "next": message["offset"]}
    assert [(one.state, one.attempts) for one in await every_delivery(world)] == [("delivered", 1)] * 2


async def _signature(world: World, puller: Puller, event: dict[str, Any]) -> str:
    [secret] = await world.unit(signing.secrets_of, puller.application.id)
    signed = f"{event['id']}.{event['headers']['webhook-timestamp']}.{event['body']}".encode()
    return "v1," + base64.b64encode(hmac.digest(secret_key(secret), signed, "sha256")).decode()


async def test_a_waiting_reader_is_woken_at_once(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _write(world, bot, "warm up")
    [*_, last] = await puller.take(2)
    waited = []
    after = last["offset"]
    for _ in range(5):
        polling = asyncio.create_task(puller.poll(after=after, wait=5))
        await asyncio.sleep(0.05)
        started = time.perf_counter()
        await _write(world, bot, "quick")
        answer = await polling
        waited.append(time.perf_counter() - started)
        assert texts(answer["events"]) == ["quick"]
        after = answer["next"]
    assert min(waited) < 0.15  # some milliseconds on a quiet machine; no poll of the database could be that quick


async def test_what_was_not_acknowledged_comes_again_with_the_same_id_and_the_next_number(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _write(world, bot, "one", "two")
    first = await puller.take(3)

    again = (await puller.poll(after=first[0]["offset"]))["events"]

    assert [one["id"] for one in again] == [one["id"] for one in first[1:]]
    assert [one["attempt"] for one in again] == [first[1]["attempt"] + 1, first[2]["attempt"] + 1]
    assert min(one["offset"] for one in again) > first[2]["offset"]
    assert form_of(again[0])["auth"]["access_token"] != form_of(first[1])["auth"]["access_token"]
    assert texts((await puller.poll())["events"]) == ["one", "two"]  # without ``after`` nothing is done


async def test_a_profile_without_repeats_gives_each_event_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_policies(monkeypatch, 0.01)
    puller, bot = await pulling_bot(world, delivery="bitrix24-cloud")
    await _write(world, bot, "one")
    await puller.take(1)
    await until(world, lambda rows: len(rows) == 2)

    later = (await puller.poll(wait=0.2))["events"]

    assert "ONIMBOTJOINCHAT" not in [one["event"] for one in later]
    assert ("dead", "unacknowledged") in {(one.state, one.failure) for one in await every_delivery(world)}


async def test_events_of_one_dialog_come_in_order_whatever_happens_to_one_of_them(world: World) -> None:
    puller = await pulling_application(world)
    bot = await bot_for(puller, "watch", TYPE="S")
    chats = [await group(world.bob, bot.id) for _ in range(2)]
    for number in range(3):
        for chat_id in chats:
            await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=str(number))
    found = await puller.take(8)
    by_chat: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        by_chat.setdefault(one["lane"], []).append(one)
    slow, quick = by_chat.values()
    assert texts(slow) == texts(quick) == ["ONIMBOTJOINCHAT", "0", "1", "2"]

    given_back = await puller.nack(slow[1]["offset"], delay=0.3)
    assert given_back["state"] == "waiting"
    assert given_back["returned"] == [slow[2]["offset"], slow[3]["offset"]]
    assert await puller.ack(slow[2]["offset"], slow[0]["offset"]) == [slow[0]["offset"]]  # 2 is not his any more
    after = found[-1]["offset"]
    assert (await puller.poll(after=after))["events"] == []
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chats[0]}", MESSAGE="3")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chats[1]}", MESSAGE="3")

    started = time.monotonic()
    other = await puller.poll(after=after, wait=5)
    assert [one["lane"] for one in other["events"]] == [quick[0]["lane"]]
    later: list[dict[str, Any]] = []
    async with asyncio.timeout(5):
        while len(later) < 4:
            after = (answer := await puller.poll(after=other["next"], wait=5))["next"]
            later = answer["events"]
            other = answer if len(later) < 4 else other
    assert time.monotonic() - started < 2
    assert texts(later) == ["0", "1", "2", "3"]
    assert [one["attempt"] for one in later] == [2, 2, 2, 1]


async def test_the_profile_decides_when_the_reader_says_what_its_handler_did(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, 0.01, 600.0)
    puller, bot = await pulling_bot(world)
    await _write(world, bot, "one", "two")
    joined, first, second = await puller.take(3)
    await puller.ack(joined["offset"])

    busy = await puller.nack(first["offset"], status=503, answer="busy")
    assert (busy["state"], busy["returned"]) == ("waiting", [second["offset"]])
    [again, behind] = (await puller.poll(after=second["offset"], wait=5))["events"]
    assert texts([again, behind]) == ["one", "two"]
    failed = await puller.nack(again["offset"], status=500)
    assert failed["state"] == "dead"

    [last] = (await puller.poll(after=behind["offset"], wait=5))["events"]
    assert (texts([last]), last["headers"]["webhook-missed"]) == (["two"], "1")
    await puller.ack(last["offset"])
    rows = await every_delivery(world)
    assert [(one.state, one.failure, one.http_status) for one in rows[1:]] == [
        ("dead", "http_500", 500),
        ("delivered", "", 0),
    ]


async def test_a_handler_behind_the_reader_that_is_back_is_not_kept_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, 600.0)
    puller = await pulling_application(world)
    bot = await bot_for(puller, "watch", TYPE="S")
    for _ in range(2):
        await group(world.bob, bot.id)
    here, there = await puller.take(2)
    await puller.nack(here["offset"], failure="connect")
    assert (await puller.poll(after=here["offset"], wait=0.1))["events"] != []  # ``there`` was not acknowledged

    [again] = (await puller.poll(wait=0.1))["events"]
    assert again["id"] == there["id"]
    await puller.ack(again["offset"])

    [back] = (await puller.poll(after=again["offset"], wait=2))["events"]
    assert (back["id"], back["attempt"]) == (here["id"], 2)


async def test_the_later_reader_wins(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _write(world, bot, "one")
    [*_, last] = await puller.take(2)
    early = asyncio.create_task(puller.ask("GET", "events", after=last["offset"], wait=30))
    await asyncio.sleep(0.1)

    late = asyncio.create_task(puller.poll(after=last["offset"], wait=5))

    status, refusal = await early
    assert (status, refusal["error"]) == (409, "superseded")
    await _write(world, bot, "two")
    assert texts((await late)["events"]) == ["two"]


async def test_a_number_that_was_never_given_is_refused(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _write(world, bot, "one")
    assert await _refusal(puller, "events", after=1) == (409, "unknown_offset")
    [*_, last] = await puller.take(2)
    assert await _refusal(puller, "events", after=last["offset"] + 1) == (409, "unknown_offset")
    assert texts((await puller.poll())["events"])[-1] == "one"
    status, refusal = await puller.ask("POST", "nack", {"offset": 999, "delay": 1})
    assert (status, refusal["error"]) == (409, "unknown_offset")


async def test_offsets_outlive_the_server(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _write(world, bot, "one", "two")
    joined, one, two = await puller.take(3)

    await restart(world)

    again = (await puller.poll(after=one["offset"]))["events"]
    assert [(each["id"], each["attempt"]) for each in again] == [(two["id"], two["attempt"] + 1)]
    assert {one.state for one in (await every_delivery(world))[:2]} == {"delivered"}
    assert joined["offset"] < one["offset"] < two["offset"] < again[0]["offset"]


async def test_more_than_one_look_takes_is_found_behind_lanes_that_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_units, "LOOKED_AT", 3)
    puller = await pulling_application(world)
    bot = await bot_for(puller, "watch", TYPE="S")
    slow = await group(world.bob, bot.id)
    [joined] = await puller.take(1)
    await puller.nack(joined["offset"], delay=600)
    for number in range(9):
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{slow}", MESSAGE=str(number))
    await group(world.bob, bot.id)

    found: list[dict[str, Any]] = []
    after = joined["offset"]
    async with asyncio.timeout(5):
        while not found:
            answer = await puller.poll(after=after, wait=1, limit=2)
            found, after = answer["events"], answer["next"]

    assert [one["event"] for one in found] == ["ONIMBOTJOINCHAT"]
    assert found[0]["lane"] != joined["lane"]


async def test_replayed_events_come_to_the_reader(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _write(world, bot, "one", "two")
    joined, one, two = await puller.take(3)
    await puller.ack(joined["offset"])
    await puller.nack(one["offset"], dead=True)
    [again] = (await puller.poll(after=two["offset"], wait=5))["events"]
    assert (texts([again]), again["headers"]["webhook-missed"]) == (["two"], "1")

    polling = asyncio.create_task(puller.poll(after=again["offset"], wait=5))
    await asyncio.sleep(0.05)
    assert await world.app.delivery.replay_range(puller.application.id, 1, 100) == 1

    [revived] = (await polling)["events"]
    assert (revived["id"], revived["attempt"]) == (one["id"], 2)
    assert revived["offset"] > again["offset"]


async def test_an_application_may_change_how_its_events_come(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    puller, bot = await pulling_bot(world, url=script.url)
    await _write(world, bot, "one")
    [joined, one] = await puller.take(2)
    await puller.ack(joined["offset"])
    waiting = asyncio.create_task(puller.ask("GET", "events", wait=30))
    await asyncio.sleep(0.05)

    await _set_transport(world, puller, "push")

    assert (await waiting)[0] in {200, 503}  # had something, or was sent away
    posted = await script.next()
    assert (posted.header("webhook-id"), posted.header("webhook-attempt")) != ("", "1")
    assert posted.header("webhook-id") == one["id"]
    assert await _refusal(puller, "events") == (409, "pushed")

    await until(world, lambda rows: all(each.finished_at for each in rows))
    await _set_transport(world, puller, "pull")
    await _write(world, bot, "two")
    assert texts(await puller.take(1)) == ["two"]
    assert not script.untaken


async def _set_transport(world: World, puller: Puller, transport: str) -> None:
    await world.unit(core_applications.change_settings, 0, puller.application.id, Settings(transport=transport))


async def _refusal(puller: Puller, path: str, **query: object) -> tuple[int, str]:
    status, answer = await puller.ask("GET", path, **query)
    return status, answer["error"]


async def test_addresses_of_our_own_machine_are_taken_of_an_application_that_pulls_only(
    world: World, handlers: Handlers
) -> None:
    await restart_guarded(world)
    pushed = await world.alice.through(await world.install(name="Pushed"))
    params: dict[str, Any] = {"CODE": "x", "PROPERTIES": {"NAME": "X"}, "EVENT_HANDLER": UNREACHABLE}
    assert (await pushed.refused("imbot.register", **params))[1] == "EVENT_MESSAGE_ADD_ERROR"
    assert (await pushed.refused("event.bind", event="OnAppUpdate", handler=UNREACHABLE))[0] == 400

    puller, bot = await pulling_bot(world, url="http://localhost/bot", handler_url="http://192.168.0.7/app")
    command = {"COMMAND": "hi", "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Hi", "PARAMS": ""}]}
    await bot.call("imbot.command.register", EVENT_COMMAND_ADD="http://127.0.0.1:8000/c", **command)
    await bot.owner.call("event.bind", event="OnAppUpdate", handler="http://localhost:1/x")
    assert (await world.unit(applications.find, puller.application.id)).handler_url == "http://192.168.0.7/app"


async def restart_guarded(world: World) -> None:
    """Start the server anew as a real one runs: private addresses of handlers are refused."""
    world.config = msgspec.structs.replace(world.config, allow_private_handlers=False)
    await restart(world)
