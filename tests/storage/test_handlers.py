"""Rows of ``handlers``: bound once, found by event, moved together, removed by what is given."""

from __future__ import annotations

from skvorets.storage import handlers
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Binding, Handler
from support.world import World


async def test_the_same_handler_is_bound_once(world: World) -> None:
    wanted = Handler(0, 7, "ONAPPTEST", "http://example.org/a")
    first = await world.unit(handlers.bind, wanted)
    assert first > 0
    assert await world.unit(handlers.bind, wanted) == 0
    [stored] = await world.unit(handlers.of_application, 7)
    assert (stored.id, stored.event, stored.url, stored.auth_person_id) == (first, "ONAPPTEST", wanted.url, 0)
    assert stored.created_at > 0
    assert await world.unit(handlers.find, first) == stored


async def test_handlers_are_found_by_event_and_application(world: World) -> None:
    async def fill(tx: Tx) -> list[list[int]]:
        for application_id in (1, 2, 3):
            await handlers.bind(tx, Handler(0, application_id, "ONX", f"http://example.org/{application_id}"))
        await handlers.bind(tx, Handler(0, 1, "ONY", "http://example.org/1"))
        answers = [
            await handlers.for_event(tx, "ONX"),
            await handlers.for_event(tx, "ONX", [3, 1, 3]),
            await handlers.for_event(tx, "ONX", []),
        ]
        return [[one.application_id for one in answer] for answer in answers]

    assert await world.unit(fill) == [[1, 2, 3], [1, 3], []]


async def test_replacing_keeps_one_address_and_the_id(world: World) -> None:
    async def play(tx: Tx) -> tuple[list[int], list[Handler]]:
        ids = [await handlers.replace(tx, 7, "ONX", f"http://example.org/{path}") for path in ("a", "b", "b")]
        return ids, await handlers.of_application(tx, 7)

    ids, left = await world.unit(play)
    assert len(set(ids)) == 1
    assert [(one.id, one.url) for one in left] == [(ids[0], "http://example.org/b")]


async def test_replacing_removes_other_authorities_but_no_offline_handler(world: World) -> None:
    async def play(tx: Tx) -> list[tuple[str, int, int]]:
        await handlers.bind(tx, Handler(0, 7, "ONX", "http://example.org/a", auth_person_id=5))
        await handlers.bind(tx, Handler(0, 7, "ONX", "http://example.org/b", auth_person_id=6))
        await handlers.bind(tx, Handler(0, 7, "ONX", "", is_offline=1, connector="crm"))
        await handlers.replace(tx, 7, "ONX", "http://example.org/b")
        return [(one.url, one.auth_person_id, one.is_offline) for one in await handlers.of_application(tx, 7)]

    assert sorted(await world.unit(play)) == [("", 0, 1), ("http://example.org/b", 0, 0)]


async def test_unbinding_treats_what_is_left_out_as_any(world: World) -> None:
    async def play(tx: Tx) -> list[int]:
        for authority in (0, 5):
            for event in ("ONX", "ONY"):
                await handlers.bind(tx, Handler(0, 7, event, "http://example.org/a", auth_person_id=authority))
        await handlers.bind(tx, Handler(0, 8, "ONX", "http://example.org/a"))
        return [
            await handlers.unbind(tx, Binding(application_id=7, event="ONX", auth_person_id=0)),
            await handlers.unbind(tx, Binding(application_id=7, url="http://example.org/other")),
            await handlers.unbind(tx, Binding(application_id=7, event="ONX")),
            await handlers.delete_of_application(tx, 7),
            len(await handlers.of_application(tx, 8)),
        ]

    assert await world.unit(play) == [1, 0, 1, 2, 1]
