"""The door of pulling: who may, what is refused, and the stream."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from skvorets.core import applications as core_applications
from skvorets.core.applications import Settings
from skvorets.delivery import pull_door
from skvorets.storage import applications
from support.bots import Robot, registration
from support.deliveries import every_delivery, until
from support.pulling import UNREACHABLE, Puller, bot_for, form_of, pulling_application, pulling_bot, texts
from support.wire_events import group
from support.world import World


async def _status(world: World, path: str, **headers: str) -> tuple[int, str]:
    answer = await world.get(path, **headers)
    return answer.status, answer.body.get("error", "")


async def test_nobody_takes_the_events_of_an_application_that_is_not_his(world: World) -> None:
    puller, _ = await pulling_bot(world)
    other = await pulling_application(world)
    refused = (401, "not_recognised")
    assert await _status(world, "/pull/events") == refused
    assert await _status(world, "/pull/events", Authorization="Basic !!!") == refused
    assert await _status(world, "/pull/events", Authorization="Basic bm8gY29sb24=") == refused
    assert await _status(world, "/pull/events", Authorization="Digest x") == refused
    assert await _status(world, "/pull/events?auth=wrong") == refused
    wrong = Puller(world, puller.application, other.secret)
    assert (await wrong.ask("GET", "events"))[0] == 401
    # The token of an ordinary person lives in his browser; events carry what everybody writes.
    employee = await world.bob.through(puller.application)
    assert await _status(world, f"/pull/events?auth={employee.auth}") == refused
    assert await _status(world, "/pull/events", Cookie=f"session={puller.secret}") == refused


async def test_who_installed_the_application_or_speaks_as_its_bot_may(world: World) -> None:
    puller, bot = await pulling_bot(world)
    installer = await world.alice.through(puller.application)
    assert (await world.get(f"/pull/events?auth={installer.auth}")).status == 200
    assert (await world.get("/pull/events", Authorization=f"Bearer {installer.auth}")).status == 200
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hi")
    [_, message] = await puller.take(2)
    token = form_of(message)["data"]["BOT"][str(bot.id)]["access_token"]
    assert (await world.get(f"/pull/events?auth={token}")).status == 200


async def test_bots_of_webhooks_are_read_through_the_webhook(world: World) -> None:
    hook = await world.webhook(world.alice, "im", "imbot")
    params: dict[str, Any] = registration("hooked", CLIENT_ID="my bots", EVENT_HANDLER="http://example.com/bot")
    bot_id = await hook.call("imbot.register", **params)
    door = f"/pull/{hook.path.removeprefix('/rest/')}events"
    assert await _status(world, f"{door}?CLIENT_ID=my%20bots") == (409, "pushed")
    owner = (await every_application(world))[-1]
    await world.unit(core_applications.change_settings, 0, owner.id, Settings(transport="pull"))
    await hook.call("imbot.update", CLIENT_ID="my bots", BOT_ID=bot_id, FIELDS={"EVENT_HANDLER": UNREACHABLE})

    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="hi")

    answer = await world.get(f"{door}?CLIENT_ID=my%20bots&wait=5")
    assert answer.status == 200
    assert answer.body["events"][0]["url"] == f"{UNREACHABLE}?CLIENT_ID=my%20bots"
    assert await _status(world, f"{door}?CLIENT_ID=others") == (401, "not_recognised")
    assert await _status(world, door) == (401, "not_recognised")
    plain = await world.webhook(world.alice, "im")
    own_door = f"/pull/{plain.path.removeprefix('/rest/')}events?CLIENT_ID=my%20bots"
    assert await _status(world, own_door) == (401, "not_recognised")


async def every_application(world: World) -> list[Any]:
    found: list[Any] = await world.app.store.read(applications.every)
    return found


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=-1",
        "after=99999999999999999999",
        "limit=0",
        "limit=1001",
        "wait=-1",
        "wait=61",
        "wait=nan",
        "limit=1e9",
    ],
)
async def test_a_query_that_makes_no_sense_is_refused(world: World, query: str) -> None:
    puller = await pulling_application(world)
    name, _, value = query.partition("=")
    status, answer = await puller.ask("GET", "events", **{name: value})
    assert (status, answer["error"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("ack", None),
        ("ack", []),
        ("ack", {}),
        ("ack", {"offset": "1"}),
        ("ack", {"offset": -1}),
        ("ack", {"offset": 1, "status": 1000}),
        ("ack", {"events": [{"offset": 0}]}),
        ("ack", {"events": [{"offset": 1}] * 1001}),
        ("ack", {"offset": 2**70}),
        ("nack", {}),
        ("nack", {"offset": 1}),
        ("nack", {"offset": 1, "delay": -1}),
        ("nack", {"offset": 1, "delay": 1e12}),
        ("nack", {"offset": 1, "delay": 1, "dead": True}),
        ("nack", {"offset": 1, "failure": "bad mood"}),
        ("nack", {"offset": 1, "status": 503, "retryAfter": -1}),
        ("nack", {"offset": {"a": [1]}, "delay": 1}),
    ],
)
async def test_a_body_that_makes_no_sense_is_refused_and_changes_nothing(world: World, path: str, body: Any) -> None:
    puller = await pulling_application(world)
    status, answer = await puller.ask("POST", path, body)
    assert (status, answer["error"]) == (400, "malformed")


async def test_other_paths_and_verbs_are_refused(world: World) -> None:
    puller = await pulling_application(world)
    assert await puller.ask("GET", "nothing") == (404, {"error": "not_found"})
    assert await puller.ask("POST", "events", {}) == (405, {"error": "wrong_method"})
    assert await puller.ask("GET", "ack") == (405, {"error": "wrong_method"})
    assert await puller.ack(1, 2) == []


async def test_a_stream_gives_events_as_they_happen(world: World) -> None:
    puller, bot = await pulling_bot(world)
    async with puller.stream() as frames:
        for text in ("one", "two"):
            await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)
        found = [await frames.next() for _ in range(3)]
        assert {one.name for one in found} == {"event"}
        assert [one.id for one in found] == [str(one.data["offset"]) for one in found]
        assert texts([one.data for one in found]) == ["ONIMBOTJOINCHAT", "one", "two"]
        assert await puller.ack(found[0].data["offset"]) == [found[0].data["offset"]]

    # Who comes again says with Last-Event-ID what he has done; the rest comes once more.
    async with puller.stream(last_event_id=found[1].data["offset"]) as frames:
        again = await frames.next()
        assert (again.data["id"], again.data["attempt"]) == (found[2].data["id"], 2)
    assert [one.state for one in await every_delivery(world)] == ["delivered", "delivered", "sending"]


async def test_a_stream_waits_when_its_reader_does_not_acknowledge(world: World) -> None:
    puller = await pulling_application(world)
    bot = await bot_for(puller, "watch", TYPE="S")
    chats = [await group(world.bob, bot.id) for _ in range(5)]
    await until(world, lambda rows: len(rows) == len(chats))
    async with puller.stream(limit=2) as frames:
        first, second = [await frames.next() for _ in range(2)]
        with pytest.raises(TimeoutError):
            await frames.next(0.2)
        await puller.ack(second.data["offset"])
        third = await frames.next()
        with pytest.raises(TimeoutError):
            await frames.next(0.2)
    assert len({one.data["lane"] for one in (first, second, third)}) == 3


async def test_a_quiet_stream_shows_that_it_is_alive(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pull_door, "HEARTBEAT_S", 0.05)
    puller, bot = await pulling_bot(world)
    await _say(world, bot, "hi")
    async with puller.stream() as frames:
        await frames.next()
        await frames.next()
        with pytest.raises(TimeoutError):
            await frames.next(0.3)
        assert frames.comments >= 3
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="still there?")
        assert texts([(await frames.next()).data]) == ["still there?"]


async def test_a_stream_ends_for_a_later_reader_and_for_an_application_that_was_changed(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _say(world, bot, "hi")
    async with puller.stream() as early:
        assert texts([(await early.next()).data, (await early.next()).data]) == ["ONIMBOTJOINCHAT", "hi"]
        async with puller.stream() as late:
            assert (await early.next()).name == "superseded"
            with pytest.raises(EOFError):
                await early.next()
            assert [(await late.next()).data["attempt"], (await late.next()).data["attempt"]] == [2, 2]
            await world.unit(core_applications.change_settings, 0, puller.application.id, Settings(limits="open"))
            assert (await late.next()).name == "end"
    await _write_and_take(world, puller, bot)


async def _write_and_take(world: World, puller: Puller, bot: Robot) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="later")
    assert texts(await puller.take(3))[-1] == "later"


async def test_a_reader_that_hangs_up_takes_nothing_along(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _say(world, bot, "hi")
    [_, first] = await puller.take(2)
    polling = asyncio.create_task(puller.poll(after=first["offset"], wait=5))
    await asyncio.sleep(0.05)
    polling.cancel()
    await asyncio.sleep(0.05)

    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="one")

    [*_, message] = await until(world, lambda rows: len(rows) == 3)
    await asyncio.sleep(0.1)
    assert (message.state, message.attempts) == ("waiting", 0)
    assert texts((await puller.poll(after=first["offset"]))["events"]) == ["one"]


async def test_the_server_stops_although_somebody_waits(world: World) -> None:
    puller, bot = await pulling_bot(world)
    await _say(world, bot, "hi")
    await puller.take(2)
    async with puller.stream() as frames:
        assert [(await frames.next()).name, (await frames.next()).name] == ["event", "event"]
        stopping = asyncio.create_task(world.app.delivery.stop())
        assert (await frames.next()).name == "end"
        await stopping
    status, answer = await puller.ask("GET", "events")
    assert (status, answer["error"]) == (503, "not_serving")
    await world.app.delivery.start()
    assert len((await puller.poll())["events"]) == 2


async def _say(world: World, bot: Robot, text: str) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)
