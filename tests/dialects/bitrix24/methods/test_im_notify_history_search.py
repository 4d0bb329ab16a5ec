"""``im.notify.history.search``: by text, kind, author, day and tag; only own ones."""

from __future__ import annotations

from typing import Any

import pytest

from support.notices import told
from support.queries import count_queries
from support.world import World

SEARCH = "im.notify.history.search"


async def found(world: World, **params: Any) -> list[str]:
    return [one["text"] for one in (await world.bob.call(SEARCH, **params))["notifications"]]


async def test_a_page_with_all_keys(world: World) -> None:
    first = await told(world, world.bob, "Счёт [B]оплачен[/B]", author_id=world.alice.id, kind=2)
    await told(world, world.bob, "other")
    page = await world.bob.call(SEARCH, SEARCH_TEXT="СЧЕТ ОПЛ")
    assert list(page) == ["chat_id", "total_results", "notifications", "users"]
    assert page["total_results"] == 1
    [seen] = page["notifications"]
    assert (seen["id"], seen["chat_id"], seen["text"]) == (first, page["chat_id"], "Счёт [B]оплачен[/B]")
    assert [one["id"] for one in page["users"]] == [world.alice.id]


async def test_the_number_is_told_on_the_first_page_only(world: World) -> None:
    ids = [await told(world, world.bob, f"bill {n}") for n in range(5)]
    first = await world.bob.call(SEARCH, SEARCH_TEXT="bill", LIMIT=2)
    assert (first["total_results"], [one["id"] for one in first["notifications"]]) == (5, [ids[4], ids[3]])
    second = await world.bob.call(SEARCH, SEARCH_TEXT="bill", LIMIT=2, LAST_ID=ids[3])
    assert "total_results" not in second
    assert [one["id"] for one in second["notifications"]] == [ids[2], ids[1]]


async def test_conditions(world: World) -> None:
    await told(world, world.bob, "calendar", module="calendar", event="invite", author_id=world.alice.id)
    await told(world, world.bob, "mention", event="mention", tag="T", author_id=world.carol.id)
    await told(world, world.bob, "like", event="like", sub_tag="S")
    assert await found(world, SEARCH_TYPE="im") == ["like", "mention"]
    assert await found(world, SEARCH_TYPE="im|like") == ["like"]
    assert await found(world, SEARCH_TYPES=["im|like", "calendar"]) == ["like", "calendar"]
    assert await found(world, SEARCH_AUTHORS=[world.alice.id, world.carol.id]) == ["mention", "calendar"]
    assert await found(world, SEARCH_TYPE="im", GROUP_TAG="S") == ["like"]
    assert await found(world, SEARCH_TYPE="im", GROUP_TAG="T") == ["mention"]
    assert await found(world, SEARCH_TYPE="im", SEARCH_TEXT="lik") == ["like"]


async def test_days(world: World) -> None:
    await told(world, world.bob, "today")
    [seen] = (await world.bob.call("im.notify.get"))["notifications"]
    date = seen["date"]
    assert await found(world, SEARCH_DATE=date) == ["today"]
    assert await found(world, SEARCH_DATE="2020-01-01T00:00:00+03:00") == []
    assert await found(world, SEARCH_DATE_FROM="2020-01-01", SEARCH_DATE_TO="2100-01-01") == ["today"]
    assert await found(world, SEARCH_DATE_FROM="2020-01-01", SEARCH_DATE_TO="2020-01-02") == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "SEARCH_TEXT_ERROR"),
        ({"SEARCH_TEXT": "ab"}, "SEARCH_TEXT_ERROR"),
        ({"SEARCH_TEXT": ["abc"]}, "SEARCH_TEXT_ERROR"),
        ({"SEARCH_DATE_FROM": "2020-01-01"}, "SEARCH_TEXT_ERROR"),
        ({"SEARCH_TEXT": "abc", "LAST_ID": "x"}, "LAST_ID_STRING"),
        ({"SEARCH_TEXT": "abc", "SEARCH_DATE": "yesterday"}, "PARAMS_ERROR"),
        ({"SEARCH_DATE": "9999-12-31T23:59:59+00:00"}, "PARAMS_ERROR"),
    ],
)
async def test_each_error(world: World, params: dict[str, Any], code: str) -> None:
    assert await world.bob.refused(SEARCH, **params) == (400, code)


async def test_nobody_finds_what_another_was_told(world: World) -> None:
    await told(world, world.bob, "secret")
    assert await world.carol.call(SEARCH, SEARCH_TEXT="secret") == {"notifications": [], "users": []}
    await told(world, world.carol, "other")
    assert (await world.carol.call(SEARCH, SEARCH_TEXT="secret"))["notifications"] == []


async def test_a_search_costs_a_fixed_number_of_queries(world: World) -> None:
    for n in range(60):
        await told(world, world.bob, f"bill {n}", author_id=world.alice.id)
    with count_queries(world) as queries:
        page = await world.bob.call(SEARCH, SEARCH_TEXT="bill")
    assert (page["total_results"], len(page["notifications"])) == (60, 50)
    assert queries.count == 4  # the chat, notifications (500 at a time), authors, their departments
