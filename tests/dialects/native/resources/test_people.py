"""``/api/people``: choosing people by name."""

from __future__ import annotations

import pytest

from support.browsers import Browser, RefusedError, browser_of
from support.world import World


async def names(browser: Browser, query: str = "") -> list[str]:
    return [one["name"] for one in (await browser.get(f"/api/people{query}"))["people"]]


async def test_people_are_found_by_the_beginnings_of_words(world: World) -> None:
    await world.add("Alina", "Petrenko", work_position="Editor")
    async with browser_of(world, world.bob) as browser:
        assert await names(browser, "?find=petr") == ["Alina Petrenko", "Alice Petrova"]
        assert await names(browser, "?find=petr%20ali&limit=1") == ["Alina Petrenko"]
        assert await names(browser, "?find=pe") == []
        assert await names(browser, "?find=gost") == []
        everybody = ["Stranger Chuzhoy", "Bob Ivanov", "Alina Petrenko", "Alice Petrova", "Carol Sidorova"]
        assert await names(browser) == everybody
        found = (await browser.get("/api/people?find=petrenko"))["people"]
    assert type(found[0].pop("id")) is int
    assert found == [{"name": "Alina Petrenko", "position": "Editor", "avatar": ""}]


async def test_people_from_outside_find_only_whom_they_share_a_chat_with(world: World) -> None:
    async with browser_of(world, world.outsider) as browser:
        assert await names(browser) == []
        await world.chat(world.bob, world.outsider)
        assert await names(browser) == ["Bob Ivanov"]
        assert await names(browser, "?find=petr") == []


@pytest.mark.parametrize("query", ["?limit=0", "?limit=51", "?limit=x", "?find=" + "x" * 201])
async def test_bad_input_is_refused(world: World, query: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await names(browser, query)
