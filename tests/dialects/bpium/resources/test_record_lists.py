"""Lists of records: filters, orders, pages (spec bpium-messages §7.3)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from support.bpium import Program, program_of
from support.catalogs import catalog, field, record
from support.world import World

FIELDS = (
    field("text", "Имя"),
    field("number"),
    field("dropdown"),
    field("checkboxes"),
    field("date"),
    field("user", config={"multiselect": True}),
    field("stars"),
    field("switch"),
    field("contact"),
    field("object"),
    field("radiobutton"),
    field("file"),
)
LONG = "начало " + "длинный текст " * 20 + "ИГОЛКА"


@pytest.fixture
async def alice(world: World) -> Program:
    return await program_of(world, world.alice)


@pytest.fixture
async def shop(world: World, alice: Program) -> str:
    """Give a catalog with four records."""
    bob, carol = world.bob.id, world.carol.id
    made = await catalog(alice, *FIELDS)
    one = {"catalogId": made, "recordId": 1}
    contact = [{"contact": "Anna@Mail.ru", "comment": "мама"}]
    await record(alice, made, f1="Яблоко", f2=3, f3=["1"], f4=["1", "2"], f5="2024-01-10", f6=[bob], f7=5, f8=True)
    await record(alice, made, f1="груша", f2=1.5, f3=["2"], f4=["2"], f5="2024-01-11T23:30:00Z", f6=[carol], f9=contact)
    await record(alice, made, f1="Банан", f2=-2, f3=["1"], f4=["3"], f6=[bob, carol], f7=3, f8=False, f10=[one])
    await record(alice, made, f1=LONG, f11="2")
    return made


async def ids(program: Program, catalog_id: str, query: str = "") -> list[int]:
    return [int(one["id"]) for one in await program.get(f"/catalogs/{catalog_id}/records{query}")]


async def found(program: Program, catalog_id: str, filters: Any, more: str = "") -> list[int]:
    """Give the ids for filters that are sent as JSON, in the order of ids."""
    query = f"?sortField=id&filters={quote(json.dumps(filters))}{more}"
    return await ids(program, catalog_id, query)


async def test_the_newest_come_first_and_pages_are_obeyed(alice: Program, shop: str) -> None:
    assert await ids(alice, shop) == [4, 3, 2, 1]
    assert await ids(alice, shop, "?limit=2&offset=1") == [3, 2]
    assert await ids(alice, shop, "?limit=10000&offset=4") == []
    assert await ids(alice, shop, "?id=3&id=1") == [3, 1]
    assert await ids(alice, shop, "?id=2") == [2]
    assert await ids(alice, shop, "?id%5B0%5D=2&id%5B1%5D=4") == [4, 2]


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("id", [1, 2, 3, 4]),
        ("title", [3, 2, 4, 1]),
        ("1", [3, 2, 4, 1]),
        ("2", [4, 3, 2, 1]),
        ("3", [4, 1, 3, 2]),
        ("5", [3, 4, 1, 2]),
        ("7", [2, 4, 3, 1]),
        ("8", [2, 4, 3, 1]),
        ("9", [1, 3, 4, 2]),
    ],
)
async def test_orders(alice: Program, shop: str, by: str, order: list[int]) -> None:
    assert await ids(alice, shop, f"?sortField={by}") == order
    assert await ids(alice, shop, f"?sortField={by}&sortType=1&limit=2&offset=1") == order[1:3]
    assert await ids(alice, shop, f"?sortField={by}&sortType=-1") == order[::-1]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"1": "ЯБЛО"}, [1]),
        ({"1": "иголка"}, [4]),
        ({"1": "%"}, []),
        ({"1": ""}, [1, 2, 3, 4]),
        ({"2": {"at": 1.5}}, [1, 2]),
        ({"2": {"to": 1.5}}, [2, 3]),
        ({"2": {"at": "1.5", "to": "3"}}, [1, 2]),
        ({"2": {"at": None, "to": None}}, [1, 2, 3, 4]),
        ({"2": 3}, [1]),
        ({"3": ["1"]}, [1, 3]),
        ({"3": [1, 2]}, [1, 2, 3]),
        ({"4": ["1", "2"]}, [1]),
        ({"4": [2]}, [1, 2]),
        ({"4": []}, [1, 2, 3, 4]),
        ({"5": {"at": "2024-01-11"}}, [2]),
        ({"5": {"to": "2024-01-10"}}, [1]),
        ({"5": {"at": "2024-01-10T00:00:00.000Z", "to": "2024-01-12T02:30:00+03:00"}}, [1, 2]),
        ({"7": [3, 5]}, [1, 3]),
        ({"8": True}, [1]),
        ({"8": [False]}, [3]),
        ({"9": "MAIL"}, [2]),
        ({"9": "мама"}, [2]),
        ({"10": [{"catalogId": "11", "recordId": "1"}]}, [3]),
        ({"10": [{"catalogId": 11, "recordId": 2}]}, []),
        ({"11": [1, "2"]}, [4]),
        ({"3": ["1"], "7": [5]}, [1]),
        ([{"fieldId": "3", "value": ["1"]}, {"fieldId": 7, "value": ["3"]}], [3]),
        ({"4": {"$or": [["1"], ["3"]]}}, [1, 3]),
        ({"4": {"$and": [["1"], ["2"]]}}, [1]),
        ({"$or": [{"1": "груша"}, {"7": [5]}]}, [1, 2]),
        ({"$and": [{"3": ["1"]}, {"$or": [{"7": [3]}, {"7": [5]}]}], "2": {"at": 0}}, [1]),
        ({"1": {"$or": ["яблоко", "банан"]}}, [1, 3]),
        ([], [1, 2, 3, 4]),
    ],
)
async def test_filters(alice: Program, shop: str, filters: Any, numbers: list[int]) -> None:
    assert await found(alice, shop, filters) == numbers


async def test_filters_in_brackets_as_the_client_sends_them(alice: Program, shop: str) -> None:
    query = "filters[0][fieldId]=2&filters[0][value][at]=1&filters[1][fieldId]=3&filters[1][value][0]=1"
    assert await ids(alice, shop, f"?{query}") == [1]
    assert await ids(alice, shop, f"?{quote(query, safe='=&')}") == [1]


async def test_whoever_asks_may_be_named_in_a_filter(world: World, alice: Program, shop: str) -> None:
    bob = await program_of(world, world.bob)
    assert await found(alice, shop, {"6": [world.carol.id]}) == [2, 3]
    assert await found(bob, shop, {"6": ["CURRENT_USER"]}) == [1, 3]
    assert await found(alice, shop, {"6": ["CURRENT_USER"]}) == []


async def test_days_are_those_of_the_askers_clock(alice: Program, shop: str) -> None:
    day = {"5": {"at": "2024-01-12", "to": "2024-01-12"}}
    assert await found(alice, shop, day) == []
    assert await found(alice, shop, day, "&timezoneOffset=180") == [2]


async def test_a_search_looks_into_titles_texts_and_contacts(alice: Program, shop: str) -> None:
    for text, numbers in (("ГРУША", [2]), ("anna@", [2]), ("Мама", [2]), ("иголка", [4]), ("нет такого", [])):
        assert await ids(alice, shop, f"?searchText={quote(text)}") == numbers
    assert await ids(alice, shop, f"?searchText={quote('а')}&sortField=2&limit=2") == [4, 3]


async def test_changes_and_deletions_are_found_at_once(alice: Program, shop: str) -> None:
    await alice.patch(f"/catalogs/{shop}/records/1", {"values": {"1": "Слива", "2": 100, "3": None, "6": []}})
    assert await found(alice, shop, {"1": "ябло"}) == []
    assert await found(alice, shop, {"1": "слив"}) == [1]
    assert await found(alice, shop, {"3": ["1"]}) == [3]
    assert await ids(alice, shop, "?sortField=2&sortType=-1&limit=1") == [1]
    await alice.delete(f"/catalogs/{shop}/records/1")
    assert await found(alice, shop, {"1": "слив"}) == []
    for by in ("title", "1", "2", "id", ""):
        assert 1 not in await ids(alice, shop, f"?sortField={by}")


async def test_only_wanted_values_are_shown(alice: Program, shop: str) -> None:
    first = (await alice.get(f"/catalogs/{shop}/records?id=1&fields={quote(json.dumps(['2', 3]))}"))[0]
    assert first["values"] == {"2": 3, "3": ["1"]}


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=10001",
        "limit=x",
        "offset=-1",
        "offset=99999999999999999999999",
        "sortField=99",
        "sortField=12",
        "sortType=2",
        "timezoneOffset=9999",
        "filters={",
        "filters=5",
        "fields={",
        "fields=5",
        "fields=[[1]]",
        "filters=" + quote('{"99": "x"}'),
        "filters=" + quote('{"2": "x"}'),
        "filters=" + quote('{"2": {"at": {}}}'),
        "filters=" + quote('{"3": [{"a": 1}]}'),
        "filters=" + quote('{"5": "today"}'),
        "filters=" + quote('{"12": ["x"]}'),
        "filters=" + quote('{"$or": "x"}'),
        "filters=" + quote('{"$or": [' * 20 + "{}" + "]}" * 20),
        "filters=" + quote(json.dumps([{"1": "x"}] * 200)),
        "filters[x]=1",
        "filters=%00",
        "&".join(f"a{'[b]' * 30}[{n}]=1" for n in range(3)) + "&limit=-5",
    ],
)
async def test_wrong_questions_are_400(alice: Program, shop: str, query: str) -> None:
    assert await alice.refused("GET", f"/catalogs/{shop}/records?{query}") == (400, "BadRequest")


async def test_an_unknown_view_is_404(alice: Program, shop: str) -> None:
    assert await alice.refused("GET", f"/catalogs/{shop}/records?viewId=5") == (404, "NotFound")
