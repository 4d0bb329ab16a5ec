"""Sending again, sending an edited copy, taking the request as a command."""

from __future__ import annotations

import asyncio
import hmac
from base64 import b64decode, b64encode
from typing import Any

import pytest

from skvorets.core import tokens
from skvorets.core.masking import MASK
from support.browsers import Browser, RefusedError, browser_of
from support.deliveries import every_delivery, until
from support.handlers import Handlers, HandlerScript, Received
from support.wire_events import listening_bot
from support.world import World


async def _dead_letters(world: World, script: HandlerScript, count: int = 3) -> None:
    """Let messages 2, 3 … die; the joining, which is delivery 1, arrives."""
    bot = await listening_bot(world, script)
    await world.bob.call("im.dialog.get", DIALOG_ID=bot.id)
    script.answer(200, *[500] * count)
    for number in range(count):
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE=f"lost {number}")
    await script.take(1 + count)
    await until(world, lambda rows: len(rows) == 1 + count and all(one.finished_at for one in rows))


def _text(received: Received) -> str:
    return str(received.form["data"]["PARAMS"]["MESSAGE"])


async def test_one_or_several_or_all_dead_letters_are_sent_again(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    await _dead_letters(world, script)
    async with browser_of(world, world.alice) as browser:
        assert await browser.call("POST", "/api/dev/deliveries/2/replay") == {"count": 1}
        assert _text(await script.next()) == "lost 0"
        assert await browser.call("POST", "/api/dev/deliveries/replay", {"ids": [3, 3]}) == {"count": 1}
        assert _text(await script.next()) == "lost 1"
        assert await browser.call("POST", "/api/dev/deliveries/replay", {"application": 1}) == {"count": 1}
        assert _text(await script.next()) == "lost 2"
        await until(world, lambda rows: all(one.state == "delivered" for one in rows))
        assert await browser.call("POST", "/api/dev/deliveries/replay", {"application": 1}) == {"count": 0}
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("POST", "/api/dev/deliveries/replay", {"ids": [3, 99]})
    async with browser_of(world, world.bob) as browser:
        for given in ({"ids": [3]}, {"application": 1}):
            with pytest.raises(RefusedError, match="404 not_found"):
                await browser.call("POST", "/api/dev/deliveries/replay", given)


async def test_what_is_under_way_is_not_replayed(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    script.gate.clear()
    bot = await listening_bot(world, script)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="x")
    await script.next()
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="409 under_way"):
            await browser.call("POST", "/api/dev/deliveries/1/replay")
    script.gate.set()


async def test_an_edited_copy_arrives_once_signed_and_marked(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    await _dead_letters(world, script, 1)
    before = await every_delivery(world)
    async with browser_of(world, world.alice) as browser:
        pairs = (await browser.get("/api/dev/deliveries/2"))["pairs"]
        edited = [[name, "другое & новое" if name == "data[PARAMS][MESSAGE]" else value] for name, value in pairs]
        sent = await browser.call("POST", "/api/dev/deliveries/2/send", {"pairs": edited})
    received = await script.next()
    assert (sent["httpStatus"], sent["failure"], sent["answer"]) == (200, "", "ok")
    assert _text(received) == "другое & новое"
    assert received.header("webhook-test") == "1"
    assert received.header("webhook-id").startswith(f"{world.app.store.portal.member_id}-2-test-")
    assert _is_signed(world, received)
    auth = received.form["auth"]
    assert MASK not in received.body.decode()
    assert tokens.read(world.app.store.portal, auth["access_token"]) is not None
    await asyncio.sleep(0.05)
    assert not script.untaken
    assert await every_delivery(world) == before


async def test_an_application_that_takes_its_events_itself_gets_no_copies(world: World, handlers: Handlers) -> None:
    await _dead_letters(world, handlers.at("/bot"), 1)
    async with browser_of(world, world.alice) as browser:
        await browser.call("PATCH", "/api/dev/applications/1", {"transport": "pull"})
        with pytest.raises(RefusedError, match="409 pulls"):
            await _send(browser, [["event", "x"]])


@pytest.mark.parametrize("pairs", [None, [], [["a"]], "x", [["a", 1]], [["a", {"b": "c"}]], [["a", "b"]] * 5_001])
async def test_a_bad_copy_is_refused_and_not_sent(world: World, handlers: Handlers, pairs: Any) -> None:
    script = handlers.at("/bot")
    await _dead_letters(world, script, 1)
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await _send(browser, pairs)
        with pytest.raises(RefusedError, match="413 too_large"):
            await _send(browser, [["a", "x" * (600 * 1024)]])
    assert not script.untaken


async def test_the_command_sends_the_same_body(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    await _dead_letters(world, script, 1)
    async with browser_of(world, world.alice) as browser:
        command = (await browser.call("POST", "/api/dev/deliveries/2/curl"))["command"]
    process = await asyncio.create_subprocess_shell(f"{command} -s", stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    received = await script.next()
    assert output == b"ok"
    assert (_text(received), received.header("webhook-test")) == ("lost 0", "1")
    assert _is_signed(world, received)


async def _send(browser: Browser, pairs: Any) -> Any:
    return await browser.call("POST", "/api/dev/deliveries/2/send", {"pairs": pairs})


def _is_signed(world: World, received: Received) -> bool:
    key = b64decode(tokens.signing_secret(world.app.store.portal, "1:1").removeprefix("whsec_"))
    text = f"{received.header('webhook-id')}.{received.header('webhook-timestamp')}.".encode() + received.body
    wanted = "v1," + b64encode(hmac.digest(key, text, "sha256")).decode()
    return received.header("webhook-signature") == wanted
