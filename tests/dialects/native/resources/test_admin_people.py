"""Everybody, for administrators: found, shown, changed."""

from __future__ import annotations

import pytest

from skvorets.core import departments, people_desk
from skvorets.storage.database import Tx
from support.administration import audit_of, refuses_others
from support.browsers import RefusedError, browser_of
from support.chats import general_chat_id
from support.queries import count_queries
from support.world import World


async def test_everybody_is_listed_by_last_name_with_all_that_matters(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            page = await browser.get("/api/admin/people")
    assert queries.count == 6  # the list, numbers, log-ins, departments; and the session with its person
    names = [one["name"] for one in page["people"]]
    assert names == sorted(names, key=lambda name: (name.partition(" ")[2], name))
    assert page["next"] == 0
    bob = next(one for one in page["people"] if one["id"] == world.bob.id)
    assert bob == {
        "id": world.bob.id,
        "kind": "human",
        "name": "Bob Ivanov",
        "position": world.bob.person.work_position,
        "avatar": "",
        "email": world.bob.person.email,
        "login": "",
        "departments": [],
        "isActive": True,
        "isAdmin": False,
        "isOutside": False,
        "lastSeenAt": bob["lastSeenAt"],
    }
    assert page["counts"] == {"all": 5, "active": 5, "disabled": 0, "outside": 1, "admins": 1, "bots": 0}


async def test_pages_follow_each_other_without_gaps_or_doubles(world: World) -> None:
    for number in range(7):
        await world.add(f"N{number}", "Ёлкин")
    async with browser_of(world, world.alice) as browser:
        whole = [one["id"] for one in (await browser.get("/api/admin/people"))["people"]]
        pages: list[int] = []
        after = 0
        while True:
            page = await browser.get(f"/api/admin/people?limit=3&after={after}")
            pages += [one["id"] for one in page["people"]]
            after = page["next"]
            if not after:
                break
            assert len(page["people"]) == 3
    assert pages == whole
    assert len(whole) == 12


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("find=ivan", ["Bob Ivanov"]),
        ("find=BOB", ["Bob Ivanov"]),
        ("find=ivanov%20bob", ["Bob Ivanov"]),
        ("find=nobodyhere", []),
        ("filter=admins", ["Alice Petrova"]),
        ("filter=disabled", []),
    ],
)
async def test_people_are_found_by_words_and_filters(world: World, query: str, expected: list[str]) -> None:
    async with browser_of(world, world.alice) as browser:
        page = await browser.get(f"/api/admin/people?{query}")
    assert [one["name"] for one in page["people"]] == expected


async def test_disabled_people_outsiders_and_bots_are_found_too(world: World) -> None:
    application = await world.install()
    me = await world.alice.through(application)
    bot_id = await me.call(
        "imbot.register", CODE="b", PROPERTIES={"NAME": "Робот"}, EVENT_HANDLER="http://127.0.0.1:9/"
    )
    await world.unit(people_desk.disable, world.alice.person, world.bob.id)
    async with browser_of(world, world.alice) as browser:
        disabled = await browser.get("/api/admin/people?filter=disabled")
        outside = await browser.get("/api/admin/people?filter=outside")
        bots = await browser.get("/api/admin/people?filter=bots&find=робот")
    assert [one["id"] for one in disabled["people"]] == [world.bob.id]
    assert [one["id"] for one in outside["people"]] == [world.outsider.id]
    assert [one["id"] for one in bots["people"]] == [int(bot_id)]


async def test_a_card_shows_what_can_be_changed(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        card = await browser.get(f"/api/admin/people/{world.bob.id}")
    assert card["person"]["id"] == world.bob.id
    assert (card["firstName"], card["lastName"]) == ("Bob", "Ivanov")
    assert (card["sessions"], card["webhooks"], card["hasSecondFactor"]) == (0, 1, False)
    assert set(card) == {
        *("person", "firstName", "lastName", "gender", "birthday", "workPhone", "personalMobile", "innerPhone"),
        *("createdAt", "sessions", "webhooks", "hasSecondFactor"),
    }


async def test_details_and_departments_are_changed_and_written_down(world: World) -> None:
    sales = await world.unit(departments.add_department, "Sales")
    lab = await world.unit(departments.add_department, "Lab")
    await world.unit(departments.put_person, lab, world.bob.id)
    given = {"firstName": " Robert ", "position": "Head", "birthday": "1990-02-28", "departments": [sales]}
    async with browser_of(world, world.alice) as browser:
        card = await browser.call("PATCH", f"/api/admin/people/{world.bob.id}", given)
        again = await browser.call("PATCH", f"/api/admin/people/{world.bob.id}", given)
    assert card["person"]["name"] == "Robert Ivanov"
    assert card["person"]["departments"] == [sales]
    assert card == again
    [entry] = await audit_of(world, "person.changed")
    assert entry["actor"] == world.alice.id
    assert entry["subject"] == ("person", world.bob.id)
    assert entry["address"] == "127.0.0.1"
    assert entry["name"] == "Bob Ivanov"
    assert entry["changed"] == ["birthday", "first_name", "work_position", "departments"]
    assert any(one.subject_id == world.bob.id for one in await world.events("person.changed"))  # type: ignore[attr-defined]


async def test_rights_come_and_go_but_one_administrator_stays(world: World) -> None:
    path = f"/api/admin/people/{world.bob.id}"
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="409 last_administrator"):
            await browser.call("PATCH", f"/api/admin/people/{world.alice.id}", {"isAdmin": False, "firstName": "No"})
        assert (await browser.get(f"/api/admin/people/{world.alice.id}"))["firstName"] == world.alice.person.first_name
        assert (await browser.call("PATCH", path, {"isAdmin": True}))["person"]["isAdmin"]
        assert not (await browser.call("PATCH", path, {"isAdmin": False}))["person"]["isAdmin"]
    assert [one["subject"] for one in await audit_of(world, "person.admin_on")] == [("person", world.bob.id)]
    assert [one["subject"] for one in await audit_of(world, "person.admin_off")] == [("person", world.bob.id)]


async def test_who_becomes_an_outsider_leaves_the_company_and_comes_back(world: World) -> None:
    lab = await world.unit(departments.add_department, "Lab")
    await world.unit(departments.appoint_head, lab, world.bob.id)
    chat_id = await world.chat(world.alice, world.bob)
    general = await general_chat_id(world)
    path = f"/api/admin/people/{world.bob.id}"

    async def seen(tx: Tx) -> tuple[int, int]:
        chat_extranet = await tx.val("SELECT extranet FROM chats WHERE id = $1", chat_id)
        in_general = await tx.val(
            "SELECT count(*) FROM members WHERE chat_id = $1 AND person_id = $2", general, world.bob.id
        )
        return chat_extranet, in_general

    async with browser_of(world, world.alice) as browser:
        card = await browser.call("PATCH", path, {"isOutside": True})
        assert card["person"]["isOutside"]
        assert card["person"]["departments"] == []
        assert await world.app.store.read(seen) == (1, 0)
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("PATCH", path, {"isAdmin": True})
        with pytest.raises(RefusedError, match="403 not_allowed"):
            await browser.call("PATCH", f"/api/admin/people/{world.alice.id}", {"isOutside": True})
        assert (await browser.get("/api/admin/departments"))[0]["headId"] == 0
        await browser.call("PATCH", path, {"isOutside": False})
    assert await world.app.store.read(seen) == (0, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"firstName": 5},
        {"firstName": "a\0b"},
        {"firstName": "x" * 300},
        {"birthday": "31.12.1990"},
        {"gender": "X"},
        {"departments": "all"},
        {"departments": [0]},
        {"departments": list(range(1, 200))},
        {"isAdmin": "yes"},
        {"firstName": "", "lastName": " "},
    ],
)
async def test_bad_input_changes_nobody(world: World, given: dict[str, object]) -> None:
    async with browser_of(world, world.alice) as browser:
        before = await browser.get(f"/api/admin/people/{world.bob.id}")
        with pytest.raises(RefusedError, match=r"^400 "):
            await browser.call("PATCH", f"/api/admin/people/{world.bob.id}", given)
        assert await browser.get(f"/api/admin/people/{world.bob.id}") == before


async def test_an_email_belongs_to_one_person(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        await browser.call("PATCH", f"/api/admin/people/{world.carol.id}", {"email": "c@example.org"})
        with pytest.raises(RefusedError, match="409 taken"):
            await browser.call("PATCH", f"/api/admin/people/{world.bob.id}", {"email": "C@example.org"})


async def test_what_is_not_there_is_not_found(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match="404 no_such_person"):
            await browser.get("/api/admin/people/999999")
        with pytest.raises(RefusedError, match=r"^404 "):
            await browser.call("PATCH", f"/api/admin/people/{world.bob.id}", {"departments": [777]})


async def test_only_administrators_look(world: World) -> None:
    await refuses_others(world, "GET", "/api/admin/people")
    await refuses_others(world, "GET", f"/api/admin/people/{world.alice.id}")
    await refuses_others(world, "PATCH", f"/api/admin/people/{world.bob.id}", {"isAdmin": True})
