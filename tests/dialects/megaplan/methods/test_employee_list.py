"""``Employee/list``, ``Employee/card``, ``Search/quick``: the people of the company."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from skvorets.core import departments
from skvorets.core.people import change_person
from skvorets.storage.database import Tx
from support.megaplan import COMMON, STAFF, Program, program_of
from support.queries import count_queries
from support.world import World

LIST = f"{STAFF}/Employee/list"
CARD = f"{STAFF}/Employee/card"
QUICK = f"{COMMON}/Search/quick"
KEYS = [
    *("Id", "Name", "LastName", "FirstName", "MiddleName", "Gender", "Position", "Department", "Phones", "Email"),
    *("Login", "Status", "Birthday", "TimeCreated", "TimeUpdated", "Avatar", "Photo", "LastOnline", "IsOnline", "User"),
]


async def names(program: Program, **params: Any) -> list[str]:
    return [one["FirstName"] for one in (await program.get(LIST, **params)).data["employees"]]


async def test_the_documented_answer(world: World) -> None:
    bob = await program_of(world, world.bob)
    department_id = await world.unit(_work, world.bob.id)
    (shown,) = [one for one in (await bob.get(LIST)).data["employees"] if one["User"]["Id"] == world.bob.id]
    assert list(shown) == KEYS
    assert (shown["Id"], shown["Name"], shown["Login"]) == (
        world.bob.id + 1_000_000,
        "Bob Ivanov",
        f"person{world.bob.id}",
    )
    assert shown["User"] == {"Id": world.bob.id, "Name": "Bob Ivanov"}
    assert shown["Department"] == {"Id": department_id, "Name": "Sales"}
    assert (shown["Position"]["Name"], shown["Phones"], shown["Email"]) == ("Clerk", ["+7 1", "12"], "bob@example.org")
    assert shown["Position"]["Id"] > 0
    assert shown["IsOnline"] in {True, False}
    assert (await bob.get(CARD, Id=world.bob.id + 1_000_000)).data == {"employee": shown}
    assert (await bob.get(CARD, Id=world.bob.id)).data == {"employee": shown}


async def test_filters_and_orders(world: World) -> None:
    bob = await program_of(world, world.bob)
    department_id = await world.unit(_work, world.bob.id)
    await world.add("Robot", kind="bot")
    everybody = await names(bob)
    assert everybody == ["Alice", "Bob", "Carol", "Outsider", "Stranger"]
    assert await names(bob, OrderDir="desc") == everybody[::-1]
    assert (await names(bob, OrderBy="department"))[-1] == "Bob"
    assert (await names(bob, OrderBy="position", OrderDir="desc"))[0] == "Bob"
    assert await names(bob, Department=department_id) == ["Bob"]
    assert await names(bob, Department=-1) == ["Alice", "Carol", "Outsider", "Stranger"]
    assert await names(bob, Department=0) == everybody
    assert await names(bob, Name="sIdOr") == ["Carol"]
    await asyncio.sleep(0.02)
    since = datetime.now(UTC).isoformat()
    await asyncio.sleep(0.02)
    assert await names(bob, TimeUpdated=since) == []
    await world.unit(_dismiss, world.stranger.id)
    await world.unit(_rename, world.carol.id)
    assert await names(bob, TimeUpdated=since) == ["Carolina"]
    assert (await bob.get(CARD, Id=world.stranger.id)).data["employee"]["Status"] == {"Id": 2, "Name": "Dismissed"}


@pytest.mark.parametrize(
    ("params", "status", "text"),
    [
        ({"Department": "987"}, 404, "Department not found"),
        ({"Department": "-2"}, 400, "Department must be a whole number"),
        ({"OrderBy": "salary"}, 400, "OrderBy must be one of"),
        ({"OrderDir": "up"}, 400, "OrderDir must be one of"),
        ({"TimeUpdated": "x"}, 400, "TimeUpdated must be a moment"),
        ({"Name[]": "x"}, 400, "Name must be a text"),
    ],
)
async def test_refusals_of_the_list(world: World, params: dict[str, str], status: int, text: str) -> None:
    reply = await (await program_of(world, world.bob)).get(LIST, **params)
    assert reply.refusal[0] == status
    assert text in reply.refusal[1]


async def test_cards_that_are_none(world: World) -> None:
    bob = await program_of(world, world.bob)
    robot = await world.add("Robot", kind="bot")
    for number in (0, 987, 1_000_987, 2**62, robot.id):
        assert (await bob.get(CARD, Id=number)).refusal == (404, "Employee not found")
    assert (await bob.get(CARD)).refusal == (400, "Id is required")


async def test_somebody_from_outside_sees_only_whom_he_shares_a_chat_with(world: World) -> None:
    outsider = await program_of(world, world.outsider)
    assert await names(outsider) == ["Outsider"]
    assert (await outsider.get(CARD, Id=world.bob.id)).refusal == (403, "Access denied")
    assert (await outsider.get(QUICK, qs="Bob")).refusal == (404, "No results")
    await world.chat(world.alice, world.bob, world.outsider)
    assert await names(outsider) == ["Alice", "Bob", "Outsider"]


async def test_log_ins_are_shown_to_their_owners_and_administrators(world: World) -> None:
    bob, alice = await program_of(world, world.bob), await program_of(world, world.alice)
    assert (await bob.get(CARD, Id=world.alice.id)).data["employee"]["Login"] == ""
    assert (await alice.get(CARD, Id=world.bob.id)).data["employee"]["Login"] == f"person{world.bob.id}"


async def test_quick_search(world: World) -> None:
    bob = await program_of(world, world.bob)
    found = (await bob.get(QUICK, qs="caro")).data
    assert list(found) == ["Employees", "Tasks", "Projects"]
    assert [one["FirstName"] for one in found["Employees"]] == ["Carol"]
    assert (found["Tasks"], found["Projects"]) == ([], [])
    assert (await bob.get(QUICK, qs=" ")).refusal == (400, "Empty query")
    assert (await bob.get(QUICK)).refusal == (400, "Empty query")
    for phrase in ("zzzz", "%", "…"):
        assert (await bob.get(QUICK, qs=phrase)).refusal == (404, "No results")


async def test_a_list_takes_a_fixed_number_of_queries(world: World) -> None:
    bob = await program_of(world, world.bob)
    await world.unit(_work, world.bob.id)
    counts = []
    for _ in range(2):
        with count_queries(world) as queries:
            await names(bob)
        counts.append(queries.count)
        await world.add("One", "More")
    assert counts == [7, 7]


async def _work(tx: Tx, person_id: int) -> int:
    department_id = await departments.add_department(tx, "Sales")
    await tx.do("INSERT INTO department_people (person_id, department_id) VALUES ($1, $2)", person_id, department_id)
    await change_person(
        tx, person_id, work_position="Clerk", work_phone="+7 1", inner_phone="12", email="bob@example.org"
    )
    return department_id


async def _dismiss(tx: Tx, person_id: int) -> None:
    await change_person(tx, person_id, active=0)


async def _rename(tx: Tx, person_id: int) -> None:
    await change_person(tx, person_id, first_name="Carolina")
