"""Records through the API: values, one by one (spec bpium-messages §7.1, 7.2, 7.4)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from support.bpium import Program, ask, program_of
from support.catalogs import catalog, field, record
from support.queries import count_queries
from support.world import World


@pytest.fixture
async def alice(world: World) -> Program:
    return await program_of(world, world.alice)


@pytest.fixture
async def bob(world: World) -> Program:
    return await program_of(world, world.bob)


async def test_a_record_is_made_read_changed_and_deleted(alice: Program) -> None:
    made = await catalog(alice, field("group"), field("text", "Имя"), field("number"))
    assert await alice.post(f"/catalogs/{made}/records/", {"values": {"2": "Первая", "3": "7.5"}}) == {"id": "1"}
    path = f"/catalogs/{made}/records/1"
    shown = {
        "id": "1",
        "catalogId": made,
        "title": "Первая",
        "values": {"2": "Первая", "3": 7.5},
        "chat": {"messagesCount": 0, "newMessages": False, "subscribe": False},
    }
    more = {"privilegeCode": "admin", "fieldPrivilegeCodes": {}, "viewsIds": []}
    assert await alice.get(path) == {**shown, **more}
    assert await alice.get(f"/catalogs/{made}/records") == [shown]
    changed = await alice.patch(path, {"values": {"3": 8}})
    assert changed == {"id": "1", "catalogId": made, "title": "Первая", "values": {"2": "Первая", "3": 8}}
    assert (await alice.patch(path, {"values": {"2": None}}))["title"] == "#1"
    assert await alice.delete(path) == {"id": "1"}
    for verb in ("GET", "PATCH", "DELETE"):
        assert await alice.refused(verb, path, {}) == (404, "NotFound")
    assert await alice.post(f"/catalogs/{made}/records") == {"id": "2"}


ROUND_TRIPS: list[tuple[dict[str, Any], Any, Any]] = [
    (field("text"), "Привет", "Привет"),
    (field("text"), 15, "15"),
    (field("text"), None, ""),
    (field("number"), 5, 5),
    (field("number"), "-2.5", -2.5),
    (field("number"), None, None),
    (field("progress"), 100, 100),
    (field("stars"), "5", 5),
    (field("date"), "2024-06-04T07:24:44.146+03:00", "2024-06-04T04:24:44.146Z"),
    (field("date"), "2024-06-04", "2024-06-04T00:00:00.000Z"),
    (field("date"), None, None),
    (field("radiobutton"), 2, "2"),
    (field("radiobutton"), ["3"], "3"),
    (field("radiobutton"), None, None),
    (field("dropdown"), ["1"], ["1"]),
    (field("dropdown", config={"multiselect": True}), [1, "3"], ["1", "3"]),
    (field("checkboxes"), [3, "1"], ["3", "1"]),
    (field("checkboxes"), None, []),
    (field("switch"), True, True),
    (field("switch"), False, False),
    (field("contact"), [{"contact": "a@b.ru", "comment": "дом"}], [{"id": "1", "contact": "a@b.ru", "comment": "дом"}]),
    (field("contact"), None, []),
    (
        field("address"),
        {"value": "Москва", "provider": "dadata", "data": {"lat": 1}},
        {"value": "Москва", "provider": "dadata", "data": {"lat": 1}},
    ),
    (
        field("file"),
        [{"src": "https://example.com/a.png", "title": "a.png", "size": 10, "mimeType": "image/png"}],
        [
            {
                "id": None,
                "title": "a.png",
                "url": "https://example.com/a.png",
                "size": 10,
                "mimeType": "image/png",
                "metadata": None,
                "typeStorage": "url",
            }
        ],
    ),
    (field("file"), None, []),
]


@pytest.mark.parametrize(("of", "given", "shown"), ROUND_TRIPS)
async def test_values_come_back_as_documented(alice: Program, of: dict[str, Any], given: Any, shown: Any) -> None:
    made = await catalog(alice, of)
    number = await record(alice, made, f1=given)
    assert (await alice.get(f"/catalogs/{made}/records/{number}"))["values"] == {"1": shown}
    again = await alice.patch(f"/catalogs/{made}/records/{number}", {"values": {"1": shown}})
    assert again["values"] == {"1": shown}


@pytest.mark.parametrize(
    ("of", "given"),
    [
        (field("text"), {"a": 1}),
        (field("text"), "x" * 100_001),
        (field("number"), "пять"),
        (field("number"), True),
        (field("number"), 1e300),
        (field("number"), "9" * 400),
        (field("progress"), 101),
        (field("stars"), 2.5),
        (field("stars"), 6),
        (field("date"), "вчера"),
        (field("date"), 5),
        (field("date"), "2024-13-01"),
        (field("date"), "0001-01-01T00:00:00+23:59"),
        (field("radiobutton"), 9),
        (field("radiobutton"), [1, 2]),
        (field("dropdown"), [1, 2]),
        (field("dropdown"), ["x"]),
        (field("checkboxes"), [4]),
        (field("checkboxes"), {"1": True}),
        (field("switch"), "maybe"),
        (field("contact"), [5]),
        (field("contact"), [{"contact": "a"}, {"contact": "b"}]),
        (field("user"), [{"id": 999}]),
        (field("user"), ["x"]),
        (field("user"), [{"id": "$users"}]),
        (field("object"), [{"catalogId": 11, "recordId": 99}]),
        (field("object"), [{"catalogId": "nothing", "recordId": 1}]),
        (field("object"), [{"catalogId": 1 << 40, "recordId": 1}]),
        (field("object"), "x"),
        (field("address"), 5),
        (field("file"), [{"id": 77}]),
        (field("file"), [{"url": "javascript:alert(1)"}]),
        (field("file"), [{"url": "http://[x"}]),
        (field("group"), "x"),
        (field("checkboxes"), [1] * 1001),
    ],
)
async def test_wrong_values_are_400_by_field_and_change_nothing(alice: Program, of: dict[str, Any], given: Any) -> None:
    made = await catalog(alice, of, field("text"))
    number = await record(alice, made, f2="как было")
    for verb, path in (("POST", f"/catalogs/{made}/records"), ("PATCH", f"/catalogs/{made}/records/{number}")):
        answer = await alice.ask(verb, path, {"values": {"1": given, "2": "иначе"}})
        assert answer.refusal == (400, "BadRequest")
        assert list(answer.body["fields"]) == ["1"]
    assert [one["title"] for one in await alice.get(f"/catalogs/{made}/records")] == ["как было"]


async def test_unknown_and_required_fields(alice: Program) -> None:
    made = await catalog(alice, field("text", required=True), field("number"))
    answer = await alice.ask("POST", f"/catalogs/{made}/records", {"values": {"9": 1}})
    assert answer.refusal == (400, "BadRequest")
    assert set(answer.body["fields"]) == {"9", "1"}
    number = await record(alice, made, f1="есть")
    answer = await alice.ask("PATCH", f"/catalogs/{made}/records/{number}", {"values": {"1": ""}})
    assert answer.body["fields"] == {"1": "a value is required"}
    await alice.patch(f"/catalogs/{made}/records/{number}", {"values": {"2": 1}})


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"values": []}', b'{"values": {"1": "\\u0000"}}', b"\xff", b"[" * 5000]
)
async def test_bodies_that_cannot_be_read_are_400(alice: Program, body: bytes) -> None:
    made = await catalog(alice, field("text"))
    assert await alice.refused("POST", f"/catalogs/{made}/records", body) == (400, "BadRequest")


@pytest.mark.parametrize("number", ["x", "0", "-1", "99999999999999999999", "1.5", "%00"])
async def test_ids_that_can_be_nobodys_are_404(alice: Program, number: str) -> None:
    made = await catalog(alice)
    for verb in ("GET", "PATCH", "DELETE"):
        assert await alice.refused(verb, f"/catalogs/{made}/records/{number}", {}) == (404, "NotFound")


async def test_links_to_people_and_records(world: World, alice: Program) -> None:
    goods = await catalog(alice, field("text"), name="Товары")
    first = await record(alice, goods, f1="Гвоздь")
    many = {"multiselect": True}
    made = await catalog(alice, field("user", config=many), field("object", config=many))
    links = [{"catalogId": goods, "recordId": first}, {"catalogId": "$users", "recordId": str(world.bob.id)}]
    number = await record(alice, made, f1=[{"id": world.carol.id}, str(world.bob.id)], f2=links)
    path = f"/catalogs/{made}/records/{number}"
    goods_link = {
        "sectionId": "2",
        "catalogId": goods,
        "catalogTitle": "Товары",
        "catalogIcon": "app-1",
        "recordId": first,
        "recordTitle": "Гвоздь",
        "isRemoved": False,
    }
    bob_link = {
        "sectionId": "1",
        "catalogId": "$users",
        "catalogTitle": "Сотрудники",
        "catalogIcon": "users-1",
        "recordId": str(world.bob.id),
        "recordTitle": "Bob Ivanov",
        "isRemoved": False,
    }
    shown = await alice.get(path)
    assert shown["values"] == {
        "1": [
            {"id": str(world.carol.id), "title": "Carol Sidorova", "isRemoved": False},
            {"id": str(world.bob.id), "title": "Bob Ivanov", "isRemoved": False},
        ],
        "2": [goods_link, bob_link],
    }
    expanded = await alice.get(f"{path}?withFieldsAdditional=true")
    assert expanded["values"]["2"][0] == {**goods_link, "recordValues": {"1": "Гвоздь"}}
    assert expanded["values"]["2"][1]["recordValues"]["$name"] == "Bob Ivanov"
    quoted = quote(json.dumps([{"id": "2", "fields": {goods: ["1"]}}]))
    listed = (await alice.get(f"/catalogs/{made}/records?fields={quoted}"))[0]["values"]
    assert listed == {"2": [{**goods_link, "recordValues": {"1": "Гвоздь"}}, {**bob_link, "recordValues": {}}]}
    await alice.delete(f"/catalogs/{goods}/records/{first}")
    assert (await alice.get(path))["values"]["2"][0] == {**goods_link, "isRemoved": True}


async def test_rights_by_level(world: World, alice: Program, bob: Program) -> None:
    made = await catalog(alice, field("text"))
    number = await record(bob, made, f1="от Боба")
    path = f"/catalogs/{made}/records/{number}"
    assert (await bob.get(path))["privilegeCode"] == "create"
    await bob.patch(path, {"values": {"1": "иначе"}})
    assert await bob.refused("DELETE", path, {}) == (403, "Forbidden")
    assert (await ask(world, "GET", f"/api/v1{path}")).refusal == (401, "Unauthorized")


async def test_a_user_field_may_subscribe_whom_it_names(world: World, alice: Program, bob: Program) -> None:
    made = await catalog(alice, field("user", config={"subscribe": True}), field("text"))
    number = await record(alice, made, f1=[world.bob.id], f2="Заявка")
    assert (await bob.get(f"/catalogs/{made}/records/{number}"))["chat"]["subscribe"] is True
    assert (await alice.get(f"/catalogs/{made}/records/{number}"))["chat"]["subscribe"] is False


async def test_lists_cost_a_fixed_number_of_queries(world: World, alice: Program) -> None:
    goods = await catalog(alice, field("text"))
    made = await catalog(alice, field("user"), field("object"), field("text"))
    for place in range(6):
        first = await record(alice, goods, f1=f"Товар {place}")
        await record(alice, made, f1=[world.bob.id], f2=[{"catalogId": goods, "recordId": first}], f3="x")
    with count_queries(world) as queries:
        assert len(await alice.get(f"/catalogs/{made}/records")) == 6
    assert queries.count <= 9, queries.statements
    with count_queries(world) as expanded:
        await alice.get(f"/catalogs/{made}/records?withFieldsAdditional=1")
    assert expanded.count == queries.count


async def test_employees_are_records(world: World, alice: Program, bob: Program) -> None:
    users = "/catalogs/$users/records"
    assert len(await bob.get(users)) == 5
    assert [one["title"] for one in await bob.get(f"{users}?searchText=BOB")] == ["Bob Ivanov"]
    assert [one["title"] for one in await bob.get(f"{users}?sortField=$name&limit=2")] == [
        "Alice Petrova",
        "Bob Ivanov",
    ]
    assert await bob.refused("POST", users, {"values": {"$name": "x"}}) == (403, "Forbidden")
    values = {"$name": "Дина Новая", "$email": "dina@example.com", "$password": "a good password"}
    made = await alice.post("/catalogs/3/records", {"values": values})
    contact = [{"contact": "dina@example.com", "comment": "", "id": "1"}]
    shown = (await bob.get(f"{users}/{made['id']}"))["values"]
    assert shown == {"1": "Дина Новая", "2": contact, "$name": "Дина Новая", "$email": contact}
    dina = Program(world, "dina@example.com", "a good password")
    assert (await dina.get("/profile/me"))["title"] == "Дина Новая"
    assert (await alice.patch(f"{users}/{made['id']}", {"values": {"1": "Дина Старая"}}))["title"] == "Дина Старая"
    assert await bob.refused("PATCH", f"{users}/{made['id']}", {"values": {"1": "x"}}) == (403, "Forbidden")
    assert await bob.refused("DELETE", f"{users}/{made['id']}", {}) == (403, "Forbidden")
    await alice.delete(f"{users}/{made['id']}")
    assert await dina.refused("GET", "/profile/me") == (401, "Unauthorized")
    assert await alice.refused("GET", f"{users}/{made['id']}") == (404, "NotFound")
    assert len(await alice.get("/users")) == 5


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"$name": ""},
        {"$name": "x", "9": 1},
        {"$name": "x", "$email": "not an address"},
        {"$name": {"a": 1}},
        {"$name": "x", "$password": "long enough"},
        {"$name": "x", "$email": "x@example.com", "$password": "short"},
    ],
)
async def test_wrong_employees_are_400(alice: Program, values: dict[str, Any]) -> None:
    assert await alice.refused("POST", "/catalogs/$users/records", {"values": values}) == (400, "BadRequest")
    assert len(await alice.get("/users")) == 5


async def test_history_tells_what_happened(world: World, alice: Program, bob: Program) -> None:
    made = await catalog(alice, field("text"), field("user"), field("date", history=False))
    number = await record(alice, made, f1="Было", f3="2024-01-01")
    path = f"/catalogs/{made}/records/{number}"
    await bob.patch(path, {"values": {"1": "Стало", "2": [world.carol.id]}})
    await alice.delete(path)
    history = await bob.get(f"/histories?catalogId={made}&recordId={number}")
    assert [(one["actionType"], one["recordTitle"], one["user"]["title"]) for one in history] == [
        ("REMOVED", "Стало", "Alice Petrova"),
        ("UPDATE", "Стало", "Bob Ivanov"),
        ("CREATE", "Было", "Alice Petrova"),
    ]
    carol = {"id": str(world.carol.id), "title": "Carol Sidorova", "isRemoved": False}
    assert history[1]["payload"] == {
        "1": {"oldValue": "Было", "newValue": "Стало"},
        "2": {"oldValue": [], "newValue": [carol]},
    }
    assert history[2]["payload"] == {"1": {"oldValue": "", "newValue": "Было"}}
    assert set(history[0]) == {"id", "catalogId", "recordId", "recordTitle", "actionType", "payload", "date", "user"}
    assert (history[0]["catalogId"], history[0]["recordId"]) == (made, number)
    ascending = await bob.get(f"/histories?catalogId={made}&recordId={number}&sortType=asc&limit=1&from=1")
    assert ascending == [history[1]]
    assert len(await bob.get(f"/histories?catalogId={made}&userId={world.bob.id}")) == 1


@pytest.mark.parametrize(
    "query", ["", "?catalogId=11&limit=0", "?catalogId=11&limit=x", "?catalogId=11&from=-1", "?catalogId=11&sortType=x"]
)
async def test_wrong_questions_to_the_history_are_400(alice: Program, query: str) -> None:
    await catalog(alice)
    assert await alice.refused("GET", f"/histories{query}") == (400, "BadRequest")
