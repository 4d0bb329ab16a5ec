"""The relay posts what the server would have posted, in its order, and loses nothing when anybody dies."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from skvorets.relay import relay as relay_module
from skvorets.relay.relay import Notice, Relay, Relayed, Target
from skvorets.relay.server import Account, RefusedError, Server
from support.bots import Robot
from support.deliveries import every_delivery, quick_policies, restart, until
from support.handlers import Handlers, HandlerScript, Received
from support.pulling import Puller, bot_for, pulling_application, pulling_bot
from support.wire_events import group, listening_bot
from support.world import World


class Running:
    """A relay in this process and what it tells."""

    def __init__(self) -> None:
        self.told: list[Relayed | Notice] = []
        self._news = asyncio.Event()

    def tell(self, what: Relayed | Notice) -> None:
        self.told.append(what)
        self._news.set()

    async def until_told(self, start: str) -> None:
        async with asyncio.timeout(10):
            while not any(isinstance(one, Notice) and start in one.text for one in self.told):
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def relaying(puller: Puller, to: str, **more: Any) -> AsyncIterator[Running]:
    account = Account(door=f"{puller.world.url}/pull", client_id=puller.application.client_id, secret=puller.secret)
    running = Running()
    settings = OutgoingSettings(rules=AddressRules(allow_private=True))
    async with Server(account) as server, Outgoing(settings) as outgoing:
        task = asyncio.create_task(Relay(server, outgoing, Target(to, **more), running.tell).run())
        try:
            yield running
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _say(world: World, bot: Robot, *said: str) -> None:
    for text in said:
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=text)


def _message_of(received: Received) -> str:
    return str(received.form["data"]["PARAMS"].get("MESSAGE", ""))


async def test_a_relayed_event_is_what_would_have_been_posted(world: World, handlers: Handlers) -> None:
    pushed_to, script = handlers.at("/pushed"), handlers.at("/relayed")
    pushed = await listening_bot(world, pushed_to, "pushed")
    puller, bot = await pulling_bot(world)
    async with relaying(puller, script.url):
        for robot in (pushed, bot):
            await _say(world, robot, "hello & привет")
        (_, posted), (_, relayed) = await pushed_to.take(2), await script.take(2)
        assert _shape(relayed.form) == _shape(posted.form)
        assert {name.lower() for name, _ in relayed.headers} == {name.lower() for name, _ in posted.headers}
        assert [name for name, _ in relayed.headers] == [name for name, _ in posted.headers]
        assert relayed.header("content-type") == posted.header("content-type")
        assert relayed.header("user-agent") == posted.header("user-agent")
        found = await until(world, lambda rows: all(one.finished_at for one in rows))
    assert {(one.state, one.http_status, one.answer) for one in found} == {("delivered", 200, "ok")}


def _shape(value: Any) -> Any:
    """Keys and their order; entries of bots are named by their ids."""
    if isinstance(value, dict):
        return [("N" if key.isdecimal() else key, _shape(inner)) for key, inner in value.items()]
    return None


async def test_order_is_kept_whatever_the_handler_answers(
    world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_policies(monkeypatch, *[0.02] * 20)
    script = handlers.at("/bot")
    puller = await pulling_application(world)
    bot = await bot_for(puller, "watch", TYPE="S")
    chats = [await group(world.bob, bot.id) for _ in range(3)]
    script.answer(*[503 if number % 5 == 2 else 200 for number in range(60)])
    async with relaying(puller, script.url):
        for number in range(24):
            await world.bob.call("im.message.add", DIALOG_ID=f"chat{chats[number % 3]}", MESSAGE=f"{number:02}")
        await until(world, lambda rows: len(rows) == 27 and all(one.finished_at for one in rows))
    assert {one.state for one in await every_delivery(world)} == {"delivered"}
    heard: dict[str, list[str]] = {}
    seen: set[str] = set()
    for received in script.requests:
        if received.event == "ONIMBOTMESSAGEADD" and received.header("webhook-id") not in seen:
            seen.add(received.header("webhook-id"))
            heard.setdefault(received.form["data"]["PARAMS"]["DIALOG_ID"], []).append(_message_of(received))
    assert heard == {
        f"chat{chat_id}": [f"{number:02}" for number in range(24) if number % 3 == place]
        for place, chat_id in enumerate(chats)
    }


async def test_a_slow_dialog_holds_up_no_other(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    puller = await pulling_application(world)
    bot = await bot_for(puller, "watch", TYPE="S")
    slow, quick = [await group(world.bob, bot.id) for _ in range(2)]
    gate = asyncio.Event()

    async def stall(received: Received) -> None:
        if received.form["data"]["PARAMS"].get("DIALOG_ID") == f"chat{slow}":
            await gate.wait()

    async with relaying(puller, script.url):
        await script.take(2)
        script.react = stall
        for chat_id in (slow, slow, quick, quick):
            await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
        await until(world, lambda rows: [one.state for one in rows].count("delivered") == 4)
        assert len(script.requests) == 5
        gate.set()
        await until(world, lambda rows: len(rows) == 6 and all(one.finished_at for one in rows))


async def test_a_failure_is_given_back_and_the_profile_decides(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    puller, bot = await pulling_bot(world)
    script.answer(200, 500)
    async with relaying(puller, script.url) as running:
        await _say(world, bot, "one", "two")
        rows = await until(world, lambda found: len(found) == 3 and all(one.finished_at for one in found))
    assert [(one.state, one.failure) for one in rows] == [("delivered", ""), ("dead", "http_500"), ("delivered", "")]
    assert script.requests[-1].header("webhook-missed") == "1"
    assert "dead" in [one.fate for one in running.told if isinstance(one, Relayed)]


async def test_a_handler_that_is_not_there_is_waited_for(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    puller, bot = await pulling_bot(world)
    await handlers.stop()
    async with relaying(puller, script.url) as running:
        await _say(world, bot, "one", "two")
        await running.until_told("waiting")
        await handlers.start()
        received = [await script.next(10) for _ in range(3)]
        assert [_message_of(one) for one in received[1:]] == ["one", "two"]
        assert int(received[0].header("webhook-attempt")) >= 2
        await until(world, lambda rows: all(one.state == "delivered" for one in rows))


async def test_a_server_that_was_restarted_is_found_again_and_nothing_is_repeated(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    puller, bot = await pulling_bot(world)
    world.config = _fixed_port(world)
    await restart(world)
    async with relaying(puller, script.url) as running:
        await _say(world, bot, "one")
        await script.take(2)
        await until(world, lambda rows: all(one.finished_at for one in rows))
        await restart(world)
        await _say(world, bot, "two")
        assert _message_of(await script.next(10)) == "two"
        await until(world, lambda rows: all(one.finished_at for one in rows))
        assert [one.text for one in running.told if isinstance(one, Notice)].count("connected") == 2
    assert len(script.requests) == 3


def _fixed_port(world: World) -> Any:
    return msgspec.structs.replace(world.config, listen=f"127.0.0.1:{world.app.port}")


async def test_a_later_relay_wins_and_the_earlier_one_says_so(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    puller, bot = await pulling_bot(world)
    account = Account(door=f"{world.url}/pull", client_id=puller.application.client_id, secret=puller.secret)
    settings = OutgoingSettings(rules=AddressRules(allow_private=True))
    async with Server(account) as server, Outgoing(settings) as outgoing:
        told = Running()
        early = asyncio.create_task(Relay(server, outgoing, Target(script.url), told.tell).run())
        await told.until_told("connected")
        async with relaying(puller, script.url):
            with pytest.raises(RefusedError, match="another reader"):
                await asyncio.wait_for(early, 5)
            await _say(world, bot, "one")
            await script.take(2)


async def test_old_events_are_fetched_anew(world: World, handlers: Handlers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay_module, "FRESH_S", 0.2)
    script = handlers.at("/bot")
    puller, bot = await pulling_bot(world)
    async with relaying(puller, script.url):
        script.gate.clear()
        await _say(world, bot, "one", "two")
        await script.next()
        await asyncio.sleep(0.4)
        script.gate.set()
        one, two = await script.take(2)
        assert [_message_of(one), _message_of(two)] == ["one", "two"]
        assert one.header("webhook-attempt") == "2"


@pytest.mark.parametrize(
    ("registered", "to", "keeps_path", "address"),
    [
        ("https://a.example/x/y", "http://localhost:1/h", False, "http://localhost:1/h"),
        ("https://a.example/x/y", "http://localhost:1/", True, "http://localhost:1/x/y"),
        ("https://a.example/x?CLIENT_ID=b%20c", "http://localhost:1/h", False, "http://localhost:1/h?CLIENT_ID=b%20c"),
        ("https://a.example/x?k=1", "http://localhost:1/h?own=2", False, "http://localhost:1/h?own=2&k=1"),
        ("https://a.example", "http://localhost:1", True, "http://localhost:1"),
    ],
)
def test_where_an_event_goes(registered: str, to: str, keeps_path: bool, address: str) -> None:  # noqa: FBT001
    assert Target(to, keeps_path).address(registered) == address


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Any]]:
    """A function that starts the program; it is ended with the test."""
    running: list[asyncio.subprocess.Process] = []

    async def run(*words: str, **environment: str) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "skvorets", "relay", *words), stdout=pipe, stderr=pipe, env=environment or None
        )
        running.append(process)
        return process

    yield run
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(30):
        return (await process.stdout.readline()).decode()


def _words(puller: Puller, script: HandlerScript) -> list[str]:
    world, client_id = puller.world, puller.application.client_id
    return ["--server", world.url, "--app", client_id, "--secret", puller.secret, "--to", script.url]


@pytest.mark.slow
async def test_a_killed_relay_loses_nothing_and_keeps_the_order(
    world: World, handlers: Handlers, start: Callable[..., Any]
) -> None:
    script = handlers.at("/bot")
    puller, bot = await pulling_bot(world)
    process = await start(*_words(puller, script))
    assert "connected" in await _line(process)
    for number in range(10):
        await _say(world, bot, f"{number:02}")
    await script.take(4)
    process.kill()
    await process.wait()
    for number in range(10, 15):
        await _say(world, bot, f"{number:02}")

    process = await start(*_words(puller, script))
    await until_all_done(world, 16)

    heard = [_message_of(one) for one in script.requests if one.event == "ONIMBOTMESSAGEADD"]
    assert list(dict.fromkeys(heard)) == [f"{number:02}" for number in range(15)]
    assert heard == sorted(heard)
    assert len(heard) <= 16  # one may have been on its way

    process.send_signal(signal.SIGINT)
    out, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert out.decode().splitlines()[-1] == "stopped"
    assert f" ONIMBOTMESSAGEADD {world.bob.id} 200 " in out.decode()


async def until_all_done(world: World, count: int) -> None:
    async with asyncio.timeout(30):
        while True:
            found = await every_delivery(world)
            if len(found) == count and all(one.state == "delivered" for one in found):
                return
            await asyncio.sleep(0.05)


@pytest.mark.slow
async def test_the_program_says_what_is_wrong(world: World, handlers: Handlers, start: Callable[..., Any]) -> None:
    script = handlers.at("/bot")
    puller, _ = await pulling_bot(world)
    wrong = await start(*_words(puller, script), "--secret", "wrong")
    _, errors = await wrong.communicate()
    assert (wrong.returncode, errors.decode().strip()) == (
        1,
        "skvorets: the server does not know this client id with this secret",
    )
    nothing = await start("--app", "x", "--to", script.url)
    _, errors = await nothing.communicate()
    assert nothing.returncode == 1
    assert "--server" in errors.decode()


async def test_an_event_on_its_way_when_the_handler_dies_is_not_repeated_by_the_safe_profile(world: World) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        size = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(int(size.partition(b":")[2]))
        writer.transport.abort()

    dying = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    puller, bot = await pulling_bot(world)
    async with dying, relaying(puller, f"http://127.0.0.1:{dying.sockets[0].getsockname()[1]}/bot"):
        await _say(world, bot, "one")
        rows = await until(world, lambda found: len(found) == 2 and all(one.finished_at for one in found))
    assert [(one.state, one.failure) for one in rows] == [("dead", "sent_then_lost")] * 2
