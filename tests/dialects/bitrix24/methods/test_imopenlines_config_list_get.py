"""``imopenlines.config.list.get``: filtered, ordered, in pages."""

from __future__ import annotations

from typing import Any

import pytest

from support.lines import line_of
from support.queries import count_queries
from support.world import Actor, World

METHOD = "imopenlines.config.list.get"


async def names(actor: Actor, **given: Any) -> list[str]:
    """Give the names of the listed lines."""
    return [one["LINE_NAME"] for one in await actor.call(METHOD, PARAMS=given)]


async def test_lines_are_filtered_ordered_and_cut(world: World) -> None:
    ids = [(await line_of(world, [world.bob], name=name)).id for name in ("Beta", "Alpha", "Gamma")]
    await world.alice.call("imopenlines.config.update", CONFIG_ID=ids[2], PARAMS={"ACTIVE": "N"})

    assert await names(world.alice) == ["Alpha", "Beta", "Gamma"]
    assert await names(world.alice, order={"ID": "DESC"}) == ["Gamma", "Alpha", "Beta"]
    assert await names(world.alice, filter={"ACTIVE": "Y"}) == ["Alpha", "Beta"]
    assert await names(world.alice, filter={"=ID": [ids[0], ids[2]]}, order={"ID": "ASC"}) == ["Beta", "Gamma"]
    assert await names(world.alice, limit=1, offset=1) == ["Beta"]
    assert await names(world.alice, limit=1000) == ["Alpha", "Beta", "Gamma"]


async def test_fields_and_queues_come_as_asked(world: World) -> None:
    line = await line_of(world, [world.bob])

    chosen = await world.alice.call(METHOD, PARAMS={"select": ["ID", "LINE_NAME"]}, OPTIONS={"QUEUE": "Y"})
    bare = await world.alice.call(METHOD)

    queue = [{"ENTITY_TYPE": "user", "ENTITY_ID": str(world.bob.id)}]
    assert chosen == [{"ID": str(line.id), "LINE_NAME": "Support", "QUEUE": [str(world.bob.id)], "configQueue": queue}]
    assert "QUEUE" not in bare[0]


async def test_each_sees_the_lines_that_he_serves(world: World) -> None:
    await line_of(world, [world.bob], name="Bobs")
    await line_of(world, [world.carol], name="Carols")

    assert await names(world.bob) == ["Bobs"]
    assert await names(world.alice) == ["Bobs", "Carols"]
    for who in (world.stranger, world.outsider):
        assert await names(who) == []


@pytest.mark.parametrize(
    "wrong", [{"PARAMS": ["x"]}, {"PARAMS": "text"}, {"PARAMS": {"filter": "x"}}, {"PARAMS": {"order": ["ID"]}}]
)
async def test_other_forms_are_refused(world: World, wrong: dict[str, Any]) -> None:
    assert await world.alice.refused(METHOD, **wrong) == (400, "INVALID_FORMAT")


async def test_two_queries_however_many_lines_there_are(world: World) -> None:
    for number in range(3):
        await line_of(world, [world.bob], name=f"Line {number}")

        with count_queries(world) as queries:
            await world.alice.call(METHOD, OPTIONS={"QUEUE": "Y"})

        assert queries.count == 2
