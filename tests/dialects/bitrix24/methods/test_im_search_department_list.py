"""``im.search.department.list``: the documented departments, found by their full names, with heads on wish."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from skvorets.storage import departments
from skvorets.storage.database import Tx
from support.bots import robot
from support.queries import count_queries
from support.world import Actor, World


class Tree(NamedTuple):
    """Ids of the departments of a small company."""

    company: int
    moscow: int
    moscow_sales: int
    kazan_sales: int


async def plant(tx: Tx, head_id: int) -> Tree:
    company = await departments.insert(tx, "Битрикс", 0)
    moscow = await departments.insert(tx, "Московский филиал", company)
    kazan_sales = await departments.insert(tx, "Отдел продаж, Казань", company)
    moscow_sales = await departments.insert(tx, "Отдел продаж", moscow)
    await departments.set_head(tx, moscow, head_id)
    return Tree(company, moscow, moscow_sales, kazan_sales)


async def found(actor: Actor, phrase: str, **params: Any) -> list[int]:
    """Ids of the departments found."""
    return [one["id"] for one in await actor.call("im.search.department.list", FIND=phrase, **params)]


async def test_departments_are_given_as_documented(world: World) -> None:
    tree: Tree = await world.unit(plant, world.carol.id)
    answer = await world.bob.ask("im.search.department.list", FIND="Московский")
    assert set(answer.body) == {"result", "total", "time"}
    assert answer.body["total"] == 2
    first, second = answer.result
    assert first == {
        "id": tree.moscow,
        "name": "Московский филиал",
        "full_name": "Московский филиал / Битрикс",
        "manager_user_id": world.carol.id,
    }
    assert (second["full_name"], second["manager_user_id"]) == ("Отдел продаж / Московский филиал / Битрикс", 0)


async def test_heads_come_along_on_wish(world: World) -> None:
    await world.unit(plant, world.carol.id)
    first, second = await world.bob.call("im.search.department.list", FIND="Московский", USER_DATA="Y")
    assert first["manager_user_data"] == await world.bob.call("im.user.get", ID=world.carol.id)
    assert second["manager_user_data"] is False


async def test_every_word_of_the_full_name_counts_in_any_order_and_case(world: World) -> None:
    tree: Tree = await world.unit(plant, world.carol.id)
    assert await found(world.bob, "ПРОДАЖ отд") == [tree.kazan_sales, tree.moscow_sales]
    assert await found(world.bob, "продаж моск") == [tree.moscow_sales]
    assert await found(world.bob, "битрикс") == [tree.company, tree.moscow, tree.kazan_sales, tree.moscow_sales]
    assert await found(world.bob, "битрикс казань") == [tree.kazan_sales]
    assert await found(world.bob, "осковский") == []
    await world.unit(departments.insert, "Отдел учёта", 0)
    assert len(await found(world.bob, "УЧЕТА")) == len(await found(world.bob, "учёта")) == 1


async def test_pages_follow_one_another(world: World) -> None:
    made = [await world.unit(departments.insert, f"Склад {number}", 0) for number in range(12)]
    first = await world.bob.ask("im.search.department.list", FIND="склад")
    assert ([one["id"] for one in first.result], first.body["next"], first.body["total"]) == (made[:10], 10, 12)
    assert await found(world.bob, "склад", OFFSET=10) == await found(world.bob, "склад", start=10) == made[10:]
    assert await found(world.bob, "склад", LIMIT=2, OFFSET=1) == made[1:3]
    assert await found(world.bob, "склад", LIMIT="9" * 40) == made
    assert await found(world.bob, "склад", OFFSET="9" * 40) == []
    uncounted = await world.bob.ask("im.search.department.list", FIND="склад", start=-1)
    assert set(uncounted.body) == {"result", "time"}


async def test_the_tree_is_for_employees_alone(world: World) -> None:
    await world.unit(plant, world.carol.id)
    person = await world.outsider.ask("im.search.department.list", FIND="Битрикс")
    assert person.refusal == (403, "ACCESS_ERROR")
    assert person.body["error_description"] == "Only intranet users have access to this method."
    bot = await world.add("Робот", kind="bot")
    assert await bot.refused("im.search.department.list", FIND="Битрикс") == (403, "ACCESS_ERROR")
    # The owner of a bot is an employee whatever program he calls by.
    owner = (await robot(world)).owner
    assert len(await found(owner, "битрикс")) == 4


@pytest.mark.parametrize("phrase", [None, "", "мо", " мо ", "---", ["моск"], {"a": "моск"}])
async def test_short_phrases_are_refused(world: World, phrase: object) -> None:
    answer = await world.bob.ask("im.search.department.list", FIND=phrase)
    assert answer.refusal == (400, "FIND_SHORT")
    assert answer.body["error_description"] == "Too short a search phrase."


async def test_the_queries_do_not_grow_with_what_is_found(world: World) -> None:
    await world.unit(plant, world.carol.id)
    for phrase in ("казань", "битрикс"):
        with count_queries(world) as queries:
            await found(world.bob, phrase)
        # All departments, those that bear the word.
        assert queries.count == 2, queries.statements
    with count_queries(world) as queries:
        await found(world.bob, "моск филиал", USER_DATA="Y")
    # All departments, a query for each word, the heads, their departments.
    assert queries.count == 5, queries.statements
