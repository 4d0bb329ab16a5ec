"""``imbot.Giphy.listPopular``: fifteen GIFs, of the company's own collection the newest."""

from __future__ import annotations

from support.gifs import put_gif
from support.queries import count_queries
from support.world import World


async def test_the_fifteen_newest_are_given_in_one_query(world: World) -> None:
    digests = [await put_gif(world, "кот", 10 + number) for number in range(17)]
    with count_queries(world) as queries:
        answer = await world.bob.ask("imbot.Giphy.listPopular")
    address = f"{world.config.base_url}/files/gif/"
    assert answer.result == [
        {"preview": f"{address}{digest}/preview", "original": f"{address}{digest}.gif"}
        for digest in reversed(digests[2:])
    ]
    assert queries.count == 1


async def test_an_empty_collection_has_no_popular_ones(world: World) -> None:
    assert await world.bob.call("imbot.Giphy.listPopular", whatever=["x"]) == []


async def test_the_scope_is_imbot(world: World) -> None:
    actor = await world.webhook(world.bob, "im")
    assert await actor.refused("imbot.Giphy.listPopular") == (403, "insufficient_scope")
