"""``user.get``: filters, order, pages, who sees whom."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import chats, people
from skvorets.core.people import NewPerson
from skvorets.storage import departments
from skvorets.storage.database import Tx
from support.queries import count_queries
from support.world import Actor, World


async def found(actor: Actor, **params: Any) -> list[str]:
    return [user["NAME"] for user in await actor.call("user.get", **params)]


async def test_all_real_people_are_listed_by_id_with_a_total(world: World) -> None:
    answer = await world.bob.ask("user.get")
    assert [user["NAME"] for user in answer.result] == ["Alice", "Bob", "Carol", "Stranger", "Outsider"]
    assert answer.body["total"] == 5
    assert "next" not in answer.body
    assert answer.result[0]["ID"] == str(world.alice.id)
    assert answer.result[4]["USER_TYPE"] == "extranet"


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"NAME": "Bob"}, ["Bob"]),
        ({"NAME": ["Bob", "Carol"]}, ["Bob", "Carol"]),
        ({"@NAME": ["Bob", "Carol"]}, ["Bob", "Carol"]),
        ({"!NAME": ["Bob", "Carol"]}, ["Alice", "Stranger", "Outsider"]),
        ({"!=NAME": "Bob", "PERSONAL_GENDER": "M"}, ["Stranger"]),
        ({"NAME": "b%"}, ["Bob"]),
        ({"%LAST_NAME": "OV"}, ["Alice", "Bob", "Carol"]),
        ({"!%LAST_NAME": "ov"}, ["Stranger", "Outsider"]),
        ({"=%LAST_NAME": "%ova"}, ["Alice", "Carol"]),
        ({"!%=LAST_NAME": "%ova"}, ["Bob", "Stranger", "Outsider"]),
        ({"%NAME": "%"}, []),
        ({"USER_TYPE": "extranet"}, ["Outsider"]),
        ({"USER_TYPE": "email"}, []),
        ({"ACTIVE": "true", "NAME": "Bob"}, ["Bob"]),
        ({"ACTIVE": False}, []),
        ({"NAME_SEARCH": "bob iv"}, ["Bob"]),
        ({"IS_ONLINE": "N", "NAME": "Bob"}, ["Bob"]),
        ({"UNKNOWN": "x", "NAME": "Bob"}, ["Bob"]),
        ({"NAME": {"a": ["x"]}}, []),
        ({"<ID": []}, []),
        ({"ID": "nonsense"}, []),
        ({">ID": 10**30}, []),
        ({"%ID": "%"}, []),
        ("nonsense", ["Alice", "Bob", "Carol", "Stranger", "Outsider"]),
    ],
)
async def test_a_filter_chooses(world: World, given: object, names: list[str]) -> None:
    assert await found(world.alice, FILTER=given) == names


async def test_ids_compare_and_sort(world: World) -> None:
    assert await found(world.alice, FILTER={">ID": world.carol.id}) == ["Stranger", "Outsider"]
    assert await found(world.alice, filter={"<=ID": world.bob.id}, sort="ID", order="DESC") == ["Bob", "Alice"]
    assert await found(world.alice, filter={"ID": [world.bob.id, world.alice.id]}, order={"NAME": "desc"}) == [
        "Bob",
        "Alice",
    ]
    assert (await found(world.alice, SORT="LAST_NAME"))[0] == "Stranger"  # Chuzhoy


async def test_fields_may_stand_beside_the_filter(world: World) -> None:
    assert await found(world.alice, ID=world.bob.id) == ["Bob"]
    answer = await world.get(f"{world.alice.path}user.get?%3EID={world.carol.id}&order=ASC")
    assert [user["NAME"] for user in answer.result] == ["Stranger", "Outsider"]


async def test_letters_of_any_alphabet_are_compared_without_case(world: World) -> None:
    await world.add("Иван", "Ёлкин")
    assert await found(world.alice, FILTER={"%LAST_NAME": "ёЛК"}) == ["Иван"]


async def test_a_department_chooses_its_people(world: World) -> None:
    department = await world.unit(_employ, world.bob.id)
    users = await world.alice.call("user.get", FILTER={"UF_DEPARTMENT": department})
    assert [(user["NAME"], user["UF_DEPARTMENT"]) for user in users] == [("Bob", [department])]
    assert await found(world.alice, FILTER={"!UF_DEPARTMENT": department, "<ID": world.stranger.id}) == [
        "Alice",
        "Carol",
    ]


async def test_pages_have_fifty(world: World) -> None:
    await world.unit(_add_many, 50)
    first = await world.alice.ask("user.get")
    assert (len(first.result), first.body["total"], first.body["next"]) == (50, 55, 50)
    second = await world.alice.ask("user.get", start=50)
    assert (len(second.result), second.body["total"]) == (5, 55)
    assert "next" not in second.body
    uncounted = await world.alice.ask("user.get", start=-1)
    assert len(uncounted.result) == 50
    assert not {"total", "next"} & set(uncounted.body)
    assert (await world.alice.ask("user.get", start=10**30)).result == []


async def test_people_from_outside_find_those_who_share_a_chat(world: World) -> None:
    assert await found(world.outsider) == ["Outsider"]
    await world.unit(chats.open_private, world.carol.person, world.outsider.person)
    await world.chat(world.bob, world.outsider)
    assert await found(world.outsider) == ["Bob", "Outsider"]
    answer = await world.outsider.ask("user.get", FILTER={"!ID": world.bob.id})
    assert ([user["NAME"] for user in answer.result], answer.body["total"]) == (["Outsider"], 1)


async def test_a_birthday_is_a_day(world: World) -> None:
    anna = await world.add("Anna", birthday="1990-01-26", avatar="ab" * 32)
    for asked in ("1990-01-26", "1990-01-26T00:00:00+03:00"):
        [user] = await world.alice.call("user.get", FILTER={"PERSONAL_BIRTHDAY": asked})
        assert (user["ID"], user["PERSONAL_BIRTHDAY"]) == (str(anna.id), "1990-01-26T00:00:00+03:00")


@pytest.mark.parametrize(
    ("size", "ending"), [("small", ""), ("medium", "/hr"), ("large", "/hr"), ("", "/hr"), ([], "/hr")]
)
async def test_a_photo_is_given_in_the_wanted_size(world: World, size: object, ending: str) -> None:
    anna = await world.add("Anna", avatar="ab" * 32)
    answer = await world.alice.ask("user.get", ID=anna.id, IMAGE_RESIZE=size)
    if size == []:
        assert answer.refusal == (400, "ERROR_ARGUMENT")
    else:
        assert answer.result[0]["PERSONAL_PHOTO"].endswith(f"/files/avatar/{anna.person.avatar}{ending}")


@pytest.mark.parametrize(
    ("select", "names"),
    [
        (["ID", "name", "UNKNOWN"], {"ID", "NAME"}),
        ("ID", {"ID"}),
        (["ID", "UF_*"], {"ID", "UF_EMPLOYMENT_DATE", "UF_DEPARTMENT", "UF_PHONE_INNER"}),
        (["UNKNOWN"], set()),
    ],
)
async def test_only_wanted_fields_are_given(world: World, select: object, names: set[str]) -> None:
    [user] = await world.alice.call("user.get", ID=world.bob.id, select=select)
    assert set(user) == names


@pytest.mark.parametrize("select", ["*", ["*", "ID"], [], "", [["ID"]], {"a": {"b": 1}}])
async def test_all_fields_are_given_otherwise(world: World, select: object) -> None:
    [user] = await world.alice.call("user.get", ID=world.bob.id, select=select)
    assert len(user) == 22


async def test_a_page_costs_three_queries(world: World) -> None:
    for actor in (world.alice, world.outsider):
        with count_queries(world) as queries:
            await actor.call("user.get")
        assert queries.count == 3, queries.statements


async def _employ(tx: Tx, person_id: int) -> int:
    department = await departments.insert(tx, "Sales", 0)
    await departments.add_person(tx, department, person_id)
    return department


async def _add_many(tx: Tx, number: int) -> None:
    for index in range(number):
        await people.add_person(tx, NewPerson(first_name=f"P{index:02}", extranet=True))
