"""``im.notify.get``: the documented page, those that ask first, and how it goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skvorets.core.notifications import CONFIRM, Button
from support.notices import told
from support.queries import count_queries
from support.world import World

GET = "im.notify.get"


async def test_nothing_yet(world: World) -> None:
    answer = await world.bob.ask(GET)
    assert answer.result == {"notifications": [], "users": []}
    assert set(answer.body) == {"result", "time"}


async def test_a_page_with_all_keys(world: World) -> None:
    first = await told(world, world.bob, "[B]x[/B]", author_id=world.alice.id, kind=2, title="T", params={"A": [1]})
    page = await world.bob.call(GET)
    assert list(page) == ["total_count", "total_unread_count", "chat_id", "notifications", "users"]
    assert (page["total_count"], page["total_unread_count"]) == (1, 1)
    [seen] = page["notifications"]
    assert seen.pop("date").endswith("+03:00")
    assert seen == {
        "id": first,
        "chat_id": page["chat_id"],
        "author_id": world.alice.id,
        "notify_type": 2,
        "notify_module": "im",
        "notify_event": "default",
        "notify_tag": "",
        "notify_sub_tag": "",
        "notify_title": "T",
        "setting_name": "im|default",
        "text": "[B]x[/B]",
        "notify_read": "N",
        "params": {"A": [1]},
    }
    assert [one["id"] for one in page["users"]] == [world.alice.id]
    assert {"name", "avatar", "status", "bot_data", "departments"} <= set(page["users"][0])


async def test_buttons_are_a_keyboard_as_text(world: World) -> None:
    buttons = (Button("Принять", "Y", "#8bc84b"), Button("Нет", "N"))
    asking = await told(world, world.bob, kind=CONFIRM, buttons=buttons)
    [seen] = (await world.bob.call(GET))["notifications"]
    assert seen["notify_type"] == 1
    yes, no = json.loads(seen["notify_buttons"])
    assert (yes["TEXT"], yes["COMMAND"], yes["COMMAND_PARAMS"]) == ("Принять", "notifyConfirm", f"{asking}|Y")
    assert (yes["BG_COLOR"], no["COMMAND_PARAMS"], "BG_COLOR" in no) == ("#8bc84b", f"{asking}|N", False)


async def test_pages_go_on_from_the_last_one(world: World) -> None:
    asking = [await told(world, world.bob, f"?{n}", kind=CONFIRM) for n in range(3)]
    ordinary = [await told(world, world.bob, f"{n}") for n in range(4)]
    wanted = [*reversed(asking), *reversed(ordinary)]
    seen: list[int] = []
    cursor: dict[str, Any] = {}
    while page := (await world.bob.call(GET, LIMIT=2, **cursor))["notifications"]:
        seen += [one["id"] for one in page]
        cursor = {"LAST_ID": page[-1]["id"], "LAST_TYPE": 1 if page[-1]["notify_type"] == 1 else 3}
    assert seen == wanted


@pytest.mark.parametrize(("limit", "count"), [(0, 50), (-1, 50), (10**9, 50), (7, 7), ("x", 50)])
async def test_a_page_has_at_most_fifty(world: World, limit: Any, count: int) -> None:
    for _ in range(52):
        await told(world, world.bob)
    page = await world.bob.call(GET, LIMIT=limit)
    assert (len(page["notifications"]), page["total_count"]) == (count, 52)


async def test_text_as_html(world: World) -> None:
    await told(world, world.bob, "[B]<i>[/B]")
    [seen] = (await world.bob.call(GET, CONVERT_TEXT="Y"))["notifications"]
    assert seen["text"] == "<b>&lt;i&gt;</b>"


async def test_everybody_sees_only_his_own(world: World) -> None:
    await told(world, world.bob)
    assert (await world.carol.call(GET))["notifications"] == []


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({"LAST_ID": 5}, "LAST_ID_AND_LAST_TYPE", "Parameters LAST_ID and LAST_TYPE should be used together."),
        ({"LAST_TYPE": 1}, "LAST_ID_AND_LAST_TYPE", "Parameters LAST_ID and LAST_TYPE should be used together."),
        ({"LAST_ID": "x", "LAST_TYPE": 1}, "LAST_ID_STRING", "Last notification ID can't be string"),
        ({"LAST_ID": [1], "LAST_TYPE": 1}, "LAST_ID_STRING", "Last notification ID can't be string"),
    ],
)
async def test_each_documented_error(world: World, params: dict[str, Any], code: str, text: str) -> None:
    answer = await world.bob.ask(GET, **params)
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text


async def test_a_page_costs_seven_queries_however_long_it_is(world: World) -> None:
    for n in range(30):
        await told(world, world.bob, author_id=[world.alice.id, world.carol.id][n % 2])
    await world.bob.call(GET)
    with count_queries(world) as queries:
        page = await world.bob.call(GET)
    assert len(page["notifications"]) == 30
    # How many, the chat, unread; those that ask, the others; authors and their departments.
    assert queries.count == 7
