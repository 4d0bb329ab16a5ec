"""``/histories``: comments are messages about the record, and every message is a comment. Spec §9.1.5, §9.1.6."""

from __future__ import annotations

from typing import Any

import pytest

from support import catalogs
from support.bpium import Program, program_of
from support.queries import count_queries
from support.world import World


@pytest.fixture
async def alice(world: World) -> Program:
    return await program_of(world, world.alice)


async def test_a_comment_is_a_message_and_a_message_a_comment(world: World, alice: Program) -> None:
    catalog = await catalogs.catalog(alice, catalogs.field("text"))
    record = await catalogs.record(alice, catalog, f1="Первая")
    place = {"catalogId": catalog, "recordId": record}
    made = await alice.post("/histories", {**place, "type": "COMMENT", "payload": {"message": "Комментарий"}})
    path = f"/catalogs/{catalog}/records/{record}"
    [message] = await alice.get(f"{path}/messages")
    assert message["text"] == "Комментарий"
    gone = await alice.post(f"{path}/messages", {"text": "лишнее"})
    await alice.post(f"{path}/messages", {"text": f"<@$users:{world.bob.id};Боб/@>!"})
    await alice.delete(f"{path}/messages/{gone['id']}")
    await alice.patch(path, {"values": {"1": "Вторая"}})
    query = f"/histories?catalogId={catalog}&recordId={record}"
    listed = await alice.get(query)
    assert [one["actionType"] for one in listed] == ["UPDATE", "COMMENT", "COMMENT", "CREATE"]
    assert listed[1]["payload"] == {"message": f"<@$users:{world.bob.id};Боб/@>!"}
    assert {key: value for key, value in listed[2].items() if key != "date"} == {
        "id": made["id"],
        "catalogId": catalog,
        "recordId": record,
        "recordTitle": "Вторая",
        "actionType": "COMMENT",
        "payload": {"message": "Комментарий"},
        "user": {"id": str(world.alice.id), "title": "Alice Petrova"},
    }
    assert [one["id"] for one in await alice.get(f"{query}&sortType=asc")] == [one["id"] for one in listed][::-1]
    assert [one["id"] for one in await alice.get(f"{query}&limit=2&from=1")] == [one["id"] for one in listed][1:3]
    assert await alice.get(f"{query}&userId={world.bob.id}") == []
    of_catalog = await alice.get(f"/histories?catalogId={catalog}&userId={world.alice.id}")
    assert [one["id"] for one in of_catalog] == [one["id"] for one in listed]


async def test_a_history_costs_the_same_however_long_it_is(alice: Program, world: World) -> None:
    catalog = await catalogs.catalog(alice, catalogs.field("text"))
    record = await catalogs.record(alice, catalog, f1="Первая")
    query = f"/histories?catalogId={catalog}&recordId={record}"
    await alice.post(f"/catalogs/{catalog}/records/{record}/messages", {"text": "0"})
    await alice.get(query)
    with count_queries(world) as queries:
        await alice.get(query)
    for number in range(10):
        await alice.post(f"/catalogs/{catalog}/records/{record}/messages", {"text": str(number)})
    with count_queries(world) as more:
        await alice.get(query)
    assert more.count == queries.count


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"type": "UPDATE"}, 400),
        ({"type": None}, 400),
        ({"payload": {}}, 400),
        ({"payload": {"message": " "}}, 400),
        ({"payload": {"message": 5}}, 400),
        ({"payload": "text"}, 400),
        ({"catalogId": "999"}, 404),
        ({"catalogId": "\ud83d"}, 400),
        ({"catalogId": []}, 400),
        ({"recordId": 999}, 404),
        ({"recordId": "x"}, 404),
    ],
)
async def test_what_is_wrong_is_refused(world: World, alice: Program, change: dict[str, Any], status: int) -> None:
    good = {
        "catalogId": 3,
        "recordId": world.bob.id,
        "type": "COMMENT",
        "payload": {"message": "Комментарий"},
    }
    assert (await alice.refused("POST", "/histories", {**good, **change}))[0] == status
    assert (await alice.post("/histories", good))["id"]


async def test_strangers_are_refused(world: World) -> None:
    outsider = await program_of(world, world.outsider)
    body = {"catalogId": "$users", "recordId": 1, "type": "COMMENT", "payload": {"message": "x"}}
    assert await outsider.refused("POST", "/histories", body) == (404, "NotFound")
