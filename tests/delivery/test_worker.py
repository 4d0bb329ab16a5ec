"""Order within a dialog, independence of everything else, repeats that are safe."""

from __future__ import annotations

import asyncio
import time

import pytest

from skvorets.core.events import MessageAdded
from skvorets.delivery import attempts
from skvorets.delivery.breaker import FAILURES_TO_OPEN, BreakerState
from skvorets.delivery.lanes import MAX_IN_FLIGHT_PER_APPLICATION, WINDOW
from skvorets.storage import handlers as handler_rows
from skvorets.storage.database import Tx
from support.deliveries import every_delivery, quick_policies, until
from support.handlers import Handlers, Received
from support.wire_events import bot_of, group, listening_bot
from support.world import World

# Long past what is needed to send everything once.
A_MOMENT_S = 0.15


def _texts(received: list[Received]) -> list[str]:
    return [each.form["data"]["PARAMS"]["MESSAGE"] for each in received]


async def test_an_idle_handler_hears_within_a_moment(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="warm up")
    await script.take(2)
    waited = []
    for _ in range(5):
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="quick")
        started = time.perf_counter()
        await script.next()
        waited.append(time.perf_counter() - started)
    assert min(waited) < 0.1  # a few milliseconds on a quiet machine; no poll could be that quick


async def test_events_of_a_dialog_come_in_order_and_once(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, 0.02, 0.02, 0.02)
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chats = [await group(world.bob, bot.id) for _ in range(3)]
    await script.take(3)
    script.answer(*[503 if number % 7 == 3 else 200 for number in range(40)])

    count = 2 * WINDOW
    for number in range(count):
        chat_id = chats[number % 3]
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"{number:03}")

    heard: dict[str, list[str]] = {}
    ids: set[str] = set()
    async with asyncio.timeout(20):
        while sum(map(len, heard.values())) < count:
            received = await script.next(10)
            if received.header("webhook-id") in ids:
                continue  # a repeat after 503
            ids.add(received.header("webhook-id"))
            params = received.form["data"]["PARAMS"]
            heard.setdefault(params["DIALOG_ID"], []).append(params["MESSAGE"])
    assert heard == {
        f"chat{chat_id}": [f"{number:03}" for number in range(count) if number % 3 == place]
        for place, chat_id in enumerate(chats)
    }


@pytest.mark.parametrize("trouble", ["slow", "failing", "gone"])
async def test_nobody_is_held_up_by_another_handler(world: World, handlers: Handlers, trouble: str) -> None:
    bad, good = handlers.at("/bad"), handlers.at("/good")
    bad_bot = await listening_bot(world, bad, "bad")
    good_bot = await listening_bot(world, good, "good")
    if trouble == "slow":
        bad.gate.clear()
    elif trouble == "failing":
        bad.answer(*[500] * 100)
    else:
        fields = {"EVENT_HANDLER": "http://127.0.0.1:9/gone"}
        await bad_bot.call("imbot.update", FIELDS=fields)

    for _ in range(10):
        await world.bob.call("im.message.add", DIALOG_ID=bad_bot.id, MESSAGE="to the bad one")
    await world.bob.call("im.message.add", DIALOG_ID=good_bot.id, MESSAGE="to the good one")

    received = await good.take(2)
    assert received[1].event == "ONIMBOTMESSAGEADD"
    bad.gate.set()


async def test_a_slow_dialog_does_not_hold_up_the_others_and_has_one_delivery_under_way(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="S")
    chats = [await group(world.bob, bot.id) for _ in range(MAX_IN_FLIGHT_PER_APPLICATION + 2)]
    await script.take(len(chats))
    script.gate.clear()
    for chat_id in chats:
        for number in range(2):
            await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=str(number))

    under_way = await script.take(MAX_IN_FLIGHT_PER_APPLICATION)
    await asyncio.sleep(A_MOMENT_S)

    assert script.most_in_flight == MAX_IN_FLIGHT_PER_APPLICATION
    assert len({each.form["data"]["PARAMS"]["DIALOG_ID"] for each in under_way}) == MAX_IN_FLIGHT_PER_APPLICATION
    script.gate.set()
    rest = await script.take(2 * len(chats) - MAX_IN_FLIGHT_PER_APPLICATION)
    assert sorted(_texts([*under_way, *rest])) == ["0"] * len(chats) + ["1"] * len(chats)
    assert script.most_in_flight <= MAX_IN_FLIGHT_PER_APPLICATION


async def test_a_repeat_has_the_same_id_and_the_next_number(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, 0.02, 0.02, 0.02)
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    script.answer(503, (429, {"Retry-After": "1"}), 502)

    started = time.monotonic()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")

    received = await script.take(4)
    assert {each.event for each in received} == {"ONIMBOTJOINCHAT"}
    assert {each.header("webhook-id") for each in received} == {received[0].header("webhook-id")}
    assert [each.header("webhook-attempt") for each in received] == ["1", "2", "3", "4"]
    assert time.monotonic() - started > 1.0  # Retry-After was heeded
    assert (await script.next()).event == "ONIMBOTMESSAGEADD"
    joined, message = await until(world, lambda found: all(one.finished_at for one in found))
    assert (joined.state, joined.attempts, joined.http_status) == ("delivered", 4, 200)
    assert (message.state, message.attempts, message.answer) == ("delivered", 1, "ok")


async def test_an_answer_that_is_not_worth_a_repeat_makes_a_dead_letter_and_the_next_event_tells_of_the_gap(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    script.answer(500, 404)
    for text in ("one", "two", "three"):
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)

    received = await script.take(4)

    assert [each.header("webhook-missed") for each in received] == ["", "1", "2", ""]
    found = await until(world, lambda rows: all(one.finished_at for one in rows))
    assert [(one.state, one.failure) for one in found] == [
        ("dead", "http_500"),
        ("dead", "http_404"),
        ("delivered", ""),
        ("delivered", ""),
    ]


async def test_the_policy_of_the_cloud_sends_once(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, 0.01)
    script = handlers.at("/bot")
    application = await world.install(name="Robots", delivery="bitrix24-cloud")
    bot = await bot_of(world, application, script, "echo")
    script.answer(503)

    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")

    assert [each.event for each in await script.take(2)] == ["ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD"]
    first, _ = await until(world, lambda found: all(one.finished_at for one in found))
    assert (first.state, first.attempts, first.failure) == ("dead", 1, "http_503")


async def test_a_head_that_fails_for_too_long_is_parked_and_the_dialog_goes_on(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, *[0.05] * 1000)
    monkeypatch.setattr(attempts, "PARK_HEAD_AFTER_S", 0.3)
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await script.take(2)

    async def refuse_poison(received: Received) -> None:
        if received.form["data"]["PARAMS"]["MESSAGE"] == "poison":
            script.answer(503)

    script.react = refuse_poison
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="poison")
    await script.next()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="after it")

    async with asyncio.timeout(5):
        while _texts([received := await script.next()]) == ["poison"]:
            pass
    assert _texts([received]) == ["after it"]
    assert received.header("webhook-missed") == "1"
    found = await until(world, lambda rows: all(one.finished_at for one in rows))
    assert [one.state for one in found] == ["delivered", "delivered", "dead", "delivered"]


async def test_the_breaker_opens_when_nobody_listens_and_everything_comes_when_the_handler_is_back(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, *[0.01] * FAILURES_TO_OPEN, 600.0)
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await handlers.stop()
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="one")
    async with asyncio.timeout(5):
        while not (health := world.app.delivery.health()) or health[0].state is not BreakerState.OPEN:  # noqa: ASYNC110 — no sign
            await asyncio.sleep(0.01)
    assert (health[0].failures, health[0].last_failure) == (FAILURES_TO_OPEN, "connect")
    assert health[0].next_attempt_at > 0

    await handlers.start()
    chat_id = await group(world.bob, bot.id)  # another dialog finds out that the handler is back

    received = await script.take(3)
    assert {each.form["data"]["PARAMS"]["DIALOG_ID"] for each in received} == {f"chat{chat_id}", str(world.bob.id)}
    assert world.app.delivery.health()[0].state is BreakerState.CLOSED


async def test_a_handler_that_says_gone_is_unbound_where_the_policy_says_so(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    application = await world.install(name="Robots", delivery="at-least-once")
    bot = await bot_of(world, application, script, "echo")
    script.answer(410)

    for text in ("one", "two"):
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)

    found = await until(world, lambda rows: len(rows) >= 2 and all(one.finished_at for one in rows))
    assert found[0].failure == "http_410"
    assert {one.failure for one in found[1:]} <= {"handler_gone"}
    assert await world.app.store.read(handler_rows.of_application, application.id) == []


async def test_a_handler_may_call_the_api_from_inside_its_handler(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)

    async def echo(received: Received) -> None:
        params = received.form["data"]["PARAMS"]
        token = received.form["auth"]["access_token"]
        if received.event == "ONIMBOTMESSAGEADD":
            answer = await world.post(
                f"/rest/imbot.message.add?auth={token}&DIALOG_ID={params['DIALOG_ID']}&MESSAGE=echo {params['MESSAGE']}"
            )
            assert answer.result > 0

    script.react = echo
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")

    found = await until(world, lambda rows: len(rows) == 2 and all(one.finished_at for one in rows))
    assert [one.state for one in found] == ["delivered", "delivered"]
    added = [event for event in await world.events("message.added") if isinstance(event, MessageAdded)]
    assert [event.text for event in added if event.chat_id == found[0].chat_id] == ["hello", "echo hello"]


async def test_an_address_that_may_not_be_called_is_a_dead_letter_at_once(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    await world.unit(_move_handlers, "http://169.254.169.254/latest")

    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")

    found = await until(world, lambda rows: len(rows) == 2 and all(one.finished_at for one in rows))
    assert {one.failure for one in found} == {"refused_address"}
    assert not script.requests
    assert len(await every_delivery(world)) == 2


async def _move_handlers(tx: Tx, url: str) -> None:
    """Bind an address behind the back of the check that registering does."""
    await tx.do("UPDATE handlers SET url = $1", url)
