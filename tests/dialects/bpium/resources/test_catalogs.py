"""Sections and catalogs through the API (spec bpium-messages §5, §6)."""

from __future__ import annotations

from typing import Any

import pytest

from support.bpium import Program, program_of
from support.catalogs import catalog, field, record
from support.queries import count_queries
from support.world import World

SYSTEM = {"id": "$settings", "icon": "setting-7", "name": "Управление", "priority": 0}
LEVELS = ["available", "search", "view", "edit", "create", "export", "delete", "access", "admin"]


@pytest.fixture
async def alice(world: World) -> Program:
    return await program_of(world, world.alice)


@pytest.fixture
async def bob(world: World) -> Program:
    return await program_of(world, world.bob)


async def test_a_new_installation_has_the_systems_section_and_section_2(alice: Program) -> None:
    system, first = await alice.get("/sections/")
    assert system == {**SYSTEM, "privileges": LEVELS, "privilegeCode": "admin"}
    assert first == {
        "id": "2",
        "icon": "folder-1",
        "name": "Данные",
        "privileges": LEVELS,
        "privilegeCode": "admin",
        "priority": 1,
    }
    assert await alice.get("/sections/1") == await alice.get("/sections/$settings") == system


async def test_an_employee_has_create_in_sections_of_users(bob: Program) -> None:
    first = await bob.get("/sections/2")
    assert first["privilegeCode"] == "create"
    assert first["privileges"] == LEVELS[:5]


async def test_sections_are_made_changed_ordered_and_deleted(alice: Program) -> None:
    assert await alice.post("/sections", {"name": " Продажи ", "icon": "chart-1"}) == {"id": "3"}
    one = await catalog(alice)
    two = await catalog(alice, name="Второй")
    for each in (one, two):
        await alice.patch(f"/catalogs/{each}", {"sectionId": 3})
    changed = await alice.patch("/sections/3", {"name": "Сбыт", "catalogsPriorities": [two, int(one)]})
    assert changed == {"id": "3", "name": "Сбыт", "icon": "chart-1", "catalogsPriorities": [two, one]}
    assert [each["id"] for each in await alice.get("/catalogs?sectionId=3")] == [two, one]
    assert await alice.refused("DELETE", "/sections/3") == (400, "BadRequest")
    for each in (one, two):
        await alice.delete(f"/catalogs/{each}")
    assert await alice.delete("/sections/3") == {"id": "3"}
    assert await alice.refused("GET", "/sections/3") == (404, "NotFound")
    assert await alice.post("/sections", {"name": "Новый"}) == {"id": "4"}


@pytest.mark.parametrize(
    ("verb", "path", "body", "refusal"),
    [
        ("POST", "/sections", {}, (400, "BadRequest")),
        ("POST", "/sections", {"name": " "}, (400, "BadRequest")),
        ("POST", "/sections", {"name": ["x"]}, (400, "BadRequest")),
        ("PATCH", "/sections/2", {"catalogsPriorities": ["99"]}, (404, "NotFound")),
        ("PATCH", "/sections/$settings", {"name": "x"}, (403, "Forbidden")),
        ("DELETE", "/sections/1", {}, (403, "Forbidden")),
        ("GET", "/sections/99", None, (404, "NotFound")),
        ("GET", "/sections/99999999999999999999", None, (404, "NotFound")),
        ("GET", "/sections/x", None, (404, "NotFound")),
    ],
)
async def test_wrong_sections(alice: Program, verb: str, path: str, body: Any, refusal: tuple[int, str]) -> None:
    assert await alice.refused(verb, path, body) == refusal


async def test_only_administrators_change_sections_and_catalogs(alice: Program, bob: Program) -> None:
    made = await catalog(alice)
    for verb, path, body in (
        ("POST", "/sections", {"name": "x"}),
        ("PATCH", "/sections/2", {"name": "x"}),
        ("DELETE", "/sections/2", {}),
        ("POST", "/catalogs", {"name": "x", "sectionId": 2}),
        ("PATCH", f"/catalogs/{made}", {"name": "x"}),
        ("DELETE", f"/catalogs/{made}", {}),
    ):
        assert await bob.refused(verb, path, body) == (403, "Forbidden"), path


async def test_people_from_outside_see_nothing(world: World, alice: Program) -> None:
    made = await catalog(alice, field("text"))
    number = await record(alice, made, f1="Секрет")
    outsider = await program_of(world, world.outsider)
    assert await outsider.get("/sections") == []
    assert await outsider.get("/catalogs") == []
    for path in (f"/catalogs/{made}", f"/catalogs/{made}/records", f"/catalogs/{made}/records/{number}", "/sections/2"):
        assert await outsider.refused("GET", path) == (404, "NotFound"), path
    assert await outsider.refused("POST", f"/catalogs/{made}/records", {}) == (404, "NotFound")
    assert await outsider.refused("GET", f"/histories?catalogId={made}") == (404, "NotFound")
    assert await outsider.get("/users") == [{"id": str(world.outsider.id), "title": "Outsider Gost"}]


async def test_a_catalog_is_answered_whole(alice: Program) -> None:
    given = {
        "name": "Заявки",
        "icon": "app-1",
        "sectionId": "2",
        "fields": [field("group"), field("checkboxes", "Вид")],
    }
    made = await alice.post("/catalogs", given)
    plain = {
        "hint": "",
        "required": False,
        "history": True,
        "filterable": True,
        "apiOnly": False,
        "comment": "",
        "visible": {},
    }
    items = [{"id": "1", "name": "Новая"}, {"id": "2", "name": "В работе"}, {"id": "3", "name": "Готова"}]
    whole = {
        "id": "11",
        "sectionId": "2",
        "icon": "app-1",
        "name": "Заявки",
        "chat": {"newChats": 0},
        "history": True,
        "fields": [
            {**plain, "id": "1", "name": "group", "type": "group", "config": {}},
            {**plain, "id": "2", "name": "Вид", "type": "checkboxes", "config": {"items": items}},
        ],
        "privilegeCode": "admin",
        "fieldPrivilegeCodes": {},
    }
    assert made == {"id": "11", "values": whole}
    assert await alice.get("/catalogs/11") == whole
    assert (await alice.get("/catalogs/11?fields=%5B%222%22%5D"))["fields"] == whole["fields"][1:]  # type: ignore[index]
    assert await alice.get("/catalogs?sectionId=2") == [whole]
    assert [one["id"] for one in await alice.get("/catalogs")] == ["11", "$users"]
    assert [one["id"] for one in await alice.get("/catalogs?sectionId=1")] == ["$users"]


async def test_the_employees_are_a_catalog_by_word_and_number(alice: Program) -> None:
    users = await alice.get("/catalogs/3")
    assert users == await alice.get("/catalogs/$users")
    assert (users["id"], users["sectionId"], users["name"], users["icon"]) == ("$users", "1", "Сотрудники", "users-1")
    for verb, body in (("PATCH", {"name": "x"}), ("DELETE", {})):
        assert await alice.refused(verb, "/catalogs/$users", body) == (403, "Forbidden")


async def test_a_catalog_may_have_a_word_of_its_own(alice: Program) -> None:
    given = {"id": "deals", "name": "Сделки", "sectionId": 2}
    assert (await alice.post("/catalogs", given))["id"] == "deals"
    assert (await alice.get("/catalogs/11"))["id"] == "deals"
    assert await alice.refused("POST", "/catalogs", given) == (400, "BadRequest")
    for word in ("$users", "$messages", "два слова", "a" * 100):
        assert await alice.refused("POST", "/catalogs", {**given, "id": word}) == (400, "BadRequest")
    number = await record(alice, "deals")
    assert (await alice.get(f"/catalogs/deals/records/{number}"))["catalogId"] == "deals"


async def test_fields_are_kept_changed_added_and_removed(alice: Program) -> None:
    made = await catalog(alice, field("text", "Имя", own="x"), field("dropdown", "Вид"), field("number"))
    first = await record(alice, made, f1="Раз", f2=["1"], f3=5)
    fields = (await alice.get(f"/catalogs/{made}"))["fields"]
    assert fields[0]["own"] == "x"
    items = [*fields[1]["config"]["items"][1:], {"name": "Четвёртая"}]
    new = [{**fields[1], "name": "Тип", "config": {"items": items}}, {"id": "1", "name": "Название"}, field("text")]
    changed = await alice.patch(f"/catalogs/{made}", {"fields": new})
    assert [(one["id"], one["name"], one["type"]) for one in changed["fields"]] == [
        ("2", "Тип", "dropdown"),
        ("1", "Название", "text"),
        ("4", "text", "text"),
    ]
    assert [one["id"] for one in changed["fields"][0]["config"]["items"]] == ["2", "3", "4"]
    assert changed["fields"][1]["own"] == "x"
    shown = await alice.get(f"/catalogs/{made}/records/{first}")
    assert shown["values"] == {"2": ["1"], "1": "Раз", "4": ""}
    ids = [one["id"] for one in await alice.get(f"/catalogs/{made}/records?sortField=4")]
    assert ids == [first]
    again = await alice.patch(f"/catalogs/{made}", {"fields": changed["fields"][:1], "name": "Другой"})
    assert (again["name"], len(again["fields"])) == ("Другой", 1)
    assert (await alice.get(f"/catalogs/{made}/records/{first}"))["title"] == f"#{first}"
    last = await alice.patch(f"/catalogs/{made}", {"fields": [field("text")]})
    assert [one["id"] for one in last["fields"]] == ["5"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "x", "sectionId": 99},
        {"name": "x", "sectionId": "x"},
        {"name": "", "sectionId": 2},
        {"name": "x", "sectionId": 2, "fields": [{"name": "x", "type": "strange"}]},
        {"name": "x", "sectionId": 2, "fields": [{"type": "text"}]},
        {"name": "x", "sectionId": 2, "fields": ["x"]},
        {"name": "x", "sectionId": 2, "fields": [{"name": "x", "type": ["text"]}]},
        {"name": "x", "sectionId": 2, "fields": [{"name": "x", "type": "text", "required": "yes"}]},
        {"name": "x", "sectionId": 2, "fields": [{"name": "x", "type": "dropdown", "config": {"items": "x"}}]},
        {"name": "x", "sectionId": 2, "fields": [{"name": "x", "type": "text"}] * 501},
    ],
)
async def test_wrong_catalogs_are_400_and_nothing_is_made(alice: Program, body: dict[str, Any]) -> None:
    assert await alice.refused("POST", "/catalogs", body) == (400, "BadRequest")
    assert len(await alice.get("/catalogs")) == 1


async def test_a_wrong_change_of_fields_is_400(alice: Program) -> None:
    made = await catalog(alice, field("text"))
    assert await alice.refused("PATCH", f"/catalogs/{made}", {"fields": [{"id": "1", "type": "number"}]}) == (
        400,
        "BadRequest",
    )
    assert await alice.refused("PATCH", f"/catalogs/{made}", {"sectionId": 77}) == (400, "BadRequest")


@pytest.mark.parametrize(
    "path", ["/catalogs/[object%20Object]", "/catalogs/$messages", "/catalogs/999", "/catalogs/-1"]
)
async def test_unknown_catalogs_are_404(alice: Program, path: str) -> None:
    for verb in ("GET", "PATCH", "DELETE"):
        assert await alice.refused(verb, path, {}) == (404, "NotFound")
    assert await alice.refused("GET", f"{path}/records") == (404, "NotFound")


async def test_a_deleted_catalog_is_out_of_reach_and_its_id_is_not_given_again(alice: Program) -> None:
    made = await catalog(alice, field("text"))
    number = await record(alice, made, f1="x")
    await alice.delete(f"/catalogs/{made}")
    assert await alice.refused("GET", f"/catalogs/{made}/records/{number}") == (404, "NotFound")
    assert await catalog(alice) == "12"


async def test_views_are_none_and_what_is_not_built_is_501(alice: Program) -> None:
    made = await catalog(alice)
    assert await alice.get(f"/catalogs/{made}/views") == []
    assert await alice.refused("GET", f"/catalogs/{made}/views/1") == (404, "NotFound")
    for path in ("values", "totals", "records/1/relations", "fields/1/availableRecords"):
        assert await alice.refused("GET", f"/catalogs/{made}/{path}") == (501, "NotImplemented")


async def test_the_list_of_catalogs_costs_a_fixed_number_of_queries(world: World, alice: Program) -> None:
    await alice.get("/catalogs")
    for _ in range(5):
        await catalog(alice, field("text"), field("object"))
    with count_queries(world) as queries:
        assert len(await alice.get("/catalogs")) == 6
    assert queries.count <= 4, queries.statements  # session, person, catalogs, chats
