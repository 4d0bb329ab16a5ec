"""``/api/lines/find`` and ``/api/lines/join``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest

from support.browsers import Browser, RefusedError, browser_of
from support.networks import change_line, open_line
from support.queries import count_queries
from support.world import World


@pytest.fixture
async def bob(world: World) -> AsyncIterator[Browser]:
    async with browser_of(world, world.bob) as browser:
        yield browser


@pytest.fixture
async def outsider(world: World) -> AsyncIterator[Browser]:
    async with browser_of(world, world.outsider) as browser:
        yield browser


async def test_a_searchable_line_is_found_by_words_of_its_name(world: World, bob: Browser) -> None:
    line = await open_line(world, [world.alice], name="Support of Acme")
    offer = {"code": line.code, "name": "Support of Acme", "description": "", "avatar": "", "server": "", "botId": 0}
    for text in ("acme", "SUP acm", line.code, line.code.upper()):
        assert await _find(bob, text) == {"lines": [offer]}, text
    for text in ("cme", "support sales", "...", "0" * 32):
        assert await _find(bob, text) == {"lines": []}, text


async def test_a_closed_line_is_found_by_its_whole_code_only(world: World, bob: Browser) -> None:
    line = await open_line(world, [world.alice], name="Secret")
    await world.unit(change_line, line.id, {"searchable": 0})
    assert (await _find(bob, "secret"))["lines"] == []
    assert (await _find(bob, line.code[:-1]))["lines"] == []
    assert len((await _find(bob, line.code))["lines"]) == 1
    await world.unit(change_line, line.id, {"networked": 0})
    assert (await _find(bob, line.code))["lines"] == []


async def test_a_line_of_another_server_is_offered_without_asking_it(world: World, bob: Browser) -> None:
    code = f"{'a' * 32}@https://other.example"
    found = (await _find(bob, code))["lines"]
    assert [(one["code"], one["name"], one["server"]) for one in found] == [(code, "", "https://other.example")]


async def test_joining_gives_the_bot_to_write_to(world: World, bob: Browser) -> None:
    line = await open_line(world, [world.alice])
    joined = await bob.call("POST", "/api/lines/join", {"code": line.code})
    assert joined == {"botId": (await _find(bob, line.code))["lines"][0]["botId"]}
    assert await world.bob.call("im.message.add", DIALOG_ID=joined["botId"], MESSAGE="Hello") > 0


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("", "400 malformed"),
        ("short", "400 wrong_line_code"),
        ("0" * 32, "404 not_found"),
        (f"{'0' * 32}@http://127.0.0.1:1", "502 server_unreachable"),
    ],
)
async def test_what_cannot_be_joined_is_told(world: World, code: str, refusal: str, bob: Browser) -> None:
    with pytest.raises(RefusedError, match=refusal):
        await bob.call("POST", "/api/lines/join", {"code": code})


async def test_an_inactive_line_is_told_and_people_from_outside_find_nothing(
    world: World, bob: Browser, outsider: Browser
) -> None:
    line = await open_line(world, [world.alice])
    with pytest.raises(RefusedError, match="403 not_allowed"):
        await _find(outsider, line.code)
    with pytest.raises(RefusedError, match="403 not_allowed"):
        await outsider.call("POST", "/api/lines/join", {"code": line.code})
    await world.unit(change_line, line.id, {"active": 0})
    with pytest.raises(RefusedError, match="409 line_closed"):
        await bob.call("POST", "/api/lines/join", {"code": line.code})


async def test_finding_takes_a_fixed_number_of_queries(world: World, bob: Browser) -> None:
    counts = []
    for number in range(3):
        await open_line(world, [world.alice], name=f"Support {number}")
        with count_queries(world) as queries:
            await _find(bob, "support")
        counts.append(queries.count)
    assert len(set(counts)) == 1, counts


async def _find(browser: Browser, text: str) -> Any:
    return await browser.get(f"/api/lines/find?text={quote(text)}")
