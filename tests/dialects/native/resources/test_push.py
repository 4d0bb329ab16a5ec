"""Tickets for the push socket: for browsers that are logged in, with the forgery token."""

from __future__ import annotations

import re

import pytest

from skvorets.realtime.tickets import TICKET_S
from support.browsers import Browser, RefusedError, browser_of
from support.push import Push, say
from support.world import World


async def test_a_browser_gets_a_ticket_that_opens_its_socket(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with browser_of(world, world.bob) as browser:
        answer = await browser.call("POST", "/api/push/ticket")
    assert answer.keys() == {"ticket", "expiresIn", "address"}
    assert (answer["expiresIn"], answer["address"]) == (TICKET_S, "/push/ws")
    assert re.fullmatch(r"[\w=-]{100}", answer["ticket"])
    async with Push(world, answer["ticket"]) as bob:
        await say(world.alice, chat_id, "to the browser")
        assert await bob.texts("to the browser") == ["to the browser"]


async def test_a_ticket_needs_a_session_its_token_and_a_page_of_ours(world: World) -> None:
    async with Browser(world.url) as nobody:
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await nobody.call("POST", "/api/push/ticket")
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="403 foreign_page"):
            await browser.call("POST", "/api/push/ticket", headers={"Origin": "https://evil.example"})
        browser.forgery_token = "wrong"
        with pytest.raises(RefusedError, match="403 forged"):
            await browser.call("POST", "/api/push/ticket")
        with pytest.raises(RefusedError, match="405 wrong_verb"):
            await browser.get("/api/push/ticket")
