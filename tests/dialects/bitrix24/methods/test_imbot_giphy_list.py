"""``imbot.Giphy.list``: the documented list, out of the company's own collection."""

from __future__ import annotations

from typing import Any

import pytest

from support.gifs import put_gif
from support.queries import count_queries
from support.world import Actor, World


def view(world: World, digest: str) -> dict[str, str]:
    address = f"{world.config.base_url}/files/gif/{digest}"
    return {"preview": f"{address}/preview", "original": f"{address}.gif"}


async def found(actor: Actor, search: Any, **more: Any) -> Any:
    return await actor.call("imbot.Giphy.list", filter={"search": search}, **more)


async def test_gifs_are_given_as_documented_the_newest_first(world: World) -> None:
    first = await put_gif(world, "Коты, Happy cat", 100)
    second = await put_gif(world, "кот учёный", 101)
    await put_gif(world, "собака", 102)
    answer = await world.bob.ask("imbot.Giphy.list", filter={"search": "КОТ"})
    assert answer.result == [view(world, second), view(world, first)]
    assert list(answer.result[0]) == ["preview", "original"]
    assert set(answer.body) == {"result", "time"}
    assert await found(world.bob, "кот учен") == [view(world, second)]
    assert await found(world.bob, "hap кот") == [view(world, first)]
    assert await found(world.bob, "учёная") == []
    assert await found(world.bob, "!!!") == []


async def test_limit_and_offset(world: World) -> None:
    digests = [await put_gif(world, "кот", 10 + number) for number in range(55)]
    newest = [view(world, digest) for digest in reversed(digests)]
    assert await found(world.bob, "кот") == newest[:15]
    assert await found(world.bob, "кот", limit=3, offset="2") == newest[2:5]
    assert await found(world.bob, "кот", limit=1000) == newest[:50]
    assert await found(world.bob, "кот", limit=0) == await found(world.bob, "кот", limit=-5) == newest[:1]
    assert await found(world.bob, "кот", offset=54, limit=50) == newest[54:]
    assert await found(world.bob, "кот", offset=-1, limit=1) == newest[:1]
    assert await found(world.bob, "кот", offset=10**15) == []


@pytest.mark.parametrize(
    "given", ["", "  ", None, [], {}, {"search": ""}, {"search": " "}, {"search": ["x"]}, {"x": "y"}]
)
async def test_an_empty_search_is_refused(world: World, given: Any) -> None:
    assert await world.bob.refused("imbot.Giphy.list", filter=given) == (400, "EMPTY_SEARCH_ERROR")
    assert await world.bob.refused("imbot.Giphy.list") == (400, "EMPTY_SEARCH_ERROR")


async def test_the_filter_may_come_as_text_or_as_a_form(world: World) -> None:
    digest = await put_gif(world, "кот")
    assert await world.bob.call("imbot.Giphy.list", FILTER='{"SEARCH": "кот"}') == [view(world, digest)]
    form = await world.post(
        f"{world.bob.path}imbot.Giphy.list.json",
        "filter[search]=кот&limit=1".encode(),
        "application/x-www-form-urlencoded",
    )
    assert form.result == [view(world, digest)]


async def test_a_long_phrase_costs_one_query(world: World) -> None:
    await put_gif(world, "кот")
    with count_queries(world) as queries:
        assert await found(world.bob, " ".join(f"слово{number}" for number in range(500))) == []
    assert queries.count == 1


async def test_the_scope_is_imbot(world: World) -> None:
    assert await (await world.webhook(world.bob, "im")).refused("imbot.Giphy.list", filter={"search": "x"}) == (
        403,
        "insufficient_scope",
    )
    assert await found(await world.webhook(world.stranger, "imbot"), "x") == []


async def test_nothing_is_recorded(world: World) -> None:
    before = len(await world.events())
    await found(world.bob, "кот")
    assert len(await world.events()) == before
