"""The tree of the company, for administrators."""

from __future__ import annotations

import pytest

from support.administration import audit_of, refuses_others
from support.browsers import RefusedError, browser_of
from support.queries import count_queries
from support.world import World

PATH = "/api/admin/departments"


async def test_a_department_is_made_changed_and_removed(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        top = await browser.call("POST", PATH, {"name": " Work "})
        assert top == {"id": top["id"], "parentId": 0, "name": "Work", "headId": 0, "headName": "", "people": 0}
        lab = await browser.call("POST", PATH, {"name": "Lab", "parentId": top["id"]})
        shop = await browser.call("POST", PATH, {"name": "Shop", "parentId": top["id"]})
        given = {"name": "Laboratory", "parentId": shop["id"], "headId": world.bob.id}
        assert await browser.call("PATCH", f"{PATH}/{lab['id']}", given) is None
        with count_queries(world) as queries:
            listed = await browser.get(PATH)
        assert queries.count == 5  # two for the session
        assert [(one["name"], one["parentId"], one["headName"], one["people"]) for one in listed] == [
            ("Work", 0, "", 0),
            ("Laboratory", shop["id"], "Bob Ivanov", 1),
            ("Shop", top["id"], "", 0),
        ]
        await browser.call("DELETE", f"{PATH}/{shop['id']}")
        assert [(one["name"], one["parentId"]) for one in await browser.get(PATH)] == [
            ("Work", 0),
            ("Laboratory", top["id"]),
        ]
    assert [one["name"] for one in await audit_of(world, "department.created")] == ["Shop", "Lab", "Work"]
    assert [(one["name"], one["was"]) for one in await audit_of(world, "department.changed")] == [("Laboratory", "Lab")]
    assert [one["below"] for one in await audit_of(world, "department.moved")] == ["Shop"]
    assert [one["head"] for one in await audit_of(world, "department.head_changed")] == ["Bob Ivanov"]
    assert [one["name"] for one in await audit_of(world, "department.removed")] == ["Shop"]


async def test_people_are_put_in_and_taken_out(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        lab = (await browser.call("POST", PATH, {"name": "Lab"}))["id"]
        await browser.call("POST", f"{PATH}/{lab}/people", {"personId": world.bob.id})
        await browser.call("PATCH", f"{PATH}/{lab}", {"headId": world.bob.id})
        [bob] = await browser.get(f"{PATH}/{lab}/people")
        assert (bob["id"], bob["departments"]) == (world.bob.id, [lab])
        await browser.call("DELETE", f"{PATH}/{lab}/people/{world.bob.id}")
        assert await browser.get(f"{PATH}/{lab}/people") == []
        assert (await browser.get(PATH))[0]["headId"] == 0
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("POST", f"{PATH}/{lab}/people", {"personId": world.outsider.id})
        with pytest.raises(RefusedError, match=r"^404 "):
            await browser.call("POST", f"{PATH}/{lab}/people", {"personId": 99999})
    assert [one["person"] for one in await audit_of(world, "department.person_added")] == ["Bob Ivanov"]
    assert [one["person"] for one in await audit_of(world, "department.person_removed")] == ["Bob Ivanov"]


async def test_a_refused_change_changes_nothing_and_is_not_written_down(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        top = (await browser.call("POST", PATH, {"name": "Top"}))["id"]
        low = (await browser.call("POST", PATH, {"name": "Low", "parentId": top}))["id"]
        with pytest.raises(RefusedError, match=r"^400 "):
            await browser.call("PATCH", f"{PATH}/{top}", {"name": "New", "parentId": low})
        assert (await browser.get(PATH))[0]["name"] == "Top"
    assert await audit_of(world, "department.changed") == []


@pytest.mark.parametrize("given", [{}, {"name": ""}, {"name": "  "}, {"name": "a\0"}, {"name": 5}, {"name": "x" * 256}])
async def test_bad_names_make_no_department(world: World, given: dict[str, object]) -> None:
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match=r"^400 "):
            await browser.call("POST", PATH, given)
        assert await browser.get(PATH) == []


async def test_only_administrators_may(world: World) -> None:
    for verb, path in (
        ("GET", PATH),
        ("POST", PATH),
        ("PATCH", f"{PATH}/1"),
        ("DELETE", f"{PATH}/1"),
        ("GET", f"{PATH}/1/people"),
        ("POST", f"{PATH}/1/people"),
        ("DELETE", f"{PATH}/1/people/1"),
    ):
        await refuses_others(world, verb, path, {"name": "x", "personId": 1})
    async with browser_of(world, world.alice) as browser:
        for verb, path in (("PATCH", f"{PATH}/77"), ("DELETE", f"{PATH}/77"), ("GET", f"{PATH}/77/people")):
            with pytest.raises(RefusedError, match=r"^404 "):
                await browser.call(verb, path)
