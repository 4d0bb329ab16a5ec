"""Open lines as administrators configure them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from skvorets.core import departments
from skvorets.core.lines import lines as line_rules
from skvorets.errors import LineNotFoundError, NotAllowedError
from skvorets.storage import people
from skvorets.storage.database import Tx
from support.administration import audit_of, refuses_others
from support.browsers import Browser, RefusedError, browser_of
from support.pictures import base64_of, picture
from support.queries import count_queries
from support.world import World

PATH = "/api/admin/lines"


async def test_a_new_line_works_at_once(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        made = await browser.call("POST", PATH, {"name": "  Shop   help ", "utcOffset": 300})
        settings = made.pop("settings")
        code = made["code"]
        assert re.fullmatch(r"[0-9a-f]{32}", code)
        alice = {"id": world.alice.id, "name": "Alice Petrova", "avatar": ""}
        assert made == {
            "line": {
                "id": made["line"]["id"],
                "name": "Shop help",
                "description": "",
                "avatar": "",
                "isActive": True,
                "isOpenNow": True,
                "open": 0,
                "waiting": 0,
                "operators": [alice],
                "operatorCount": 1,
                "botName": "",
            },
            "code": code,
            "scriptTag": f'<script async src="{world.app.config.base_url}/widget.js" data-line="{code}"></script>',
            "queue": [
                {
                    "personId": world.alice.id,
                    "departmentId": 0,
                    "name": "Alice Petrova",
                    "note": "",
                    "avatar": "",
                    "people": 1,
                }
            ],
            "bots": [],
            "isNetworked": False,
            "isSearchable": False,
            "createdAt": made["createdAt"],
            "createdBy": {"id": world.alice.id, "name": "Alice Petrova"},
        }
        for text in ("welcomeText", "noAnswerText", "closingText", "autoCloseText"):
            assert settings[text], text
        assert settings["workingHours"]["awayText"]
        assert settings["workingHours"]["utcOffset"] == 300
        assert await browser.get(f"{PATH}/{made['line']['id']}") == {**made, "settings": settings}
        assert await browser.get(PATH) == [made["line"]]
    [entry] = await audit_of(world, "line.created")
    assert (entry["actor"], entry["subject"], entry["name"], entry["address"]) == (
        world.alice.id,
        ("line", made["line"]["id"]),
        "Shop help",
        "127.0.0.1",
    )


async def test_everything_can_be_changed(world: World) -> None:
    lab = await world.unit(departments.add_department, "Lab", 0)
    await world.unit(departments.put_person, lab, world.carol.id)
    async with browser_of(world, world.alice) as browser:
        line_id = await _made(browser)
        before = await browser.get(f"{PATH}/{line_id}")
        settings = {**before["settings"], "distribution": "strictly", "offerS": 90, "welcomeText": "Привет 🙂"}
        settings["workingHours"] = {**settings["workingHours"], "isOn": True, "days": [], "holidays": ["2026-01-01"]}
        settings["widget"] = {**settings["widget"], "color": "#aa0044", "sites": ["https://shop.example:8443"]}
        queue = [{"departmentId": lab}, {"personId": world.bob.id}, {"departmentId": lab}]
        given: dict[str, Any] = {
            "name": "Help",
            "description": "We help",
            "isNetworked": True,
            "isSearchable": True,
            "settings": settings,
            "queue": queue,
        }
        after = await browser.call("PATCH", f"{PATH}/{line_id}", given)
        assert after == await browser.get(f"{PATH}/{line_id}")
        assert after["settings"] == settings
        assert (after["line"]["name"], after["line"]["description"]) == ("Help", "We help")
        assert (after["isNetworked"], after["isSearchable"], after["line"]["isOpenNow"]) == (True, True, False)
        assert [(one["personId"], one["departmentId"], one["name"], one["people"]) for one in after["queue"]] == [
            (0, lab, "Lab", 1),
            (world.bob.id, 0, "Bob Ivanov", 1),
        ]
        assert [one["id"] for one in after["line"]["operators"]] == [world.carol.id, world.bob.id]
        assert after["code"] == before["code"]
        await browser.call("PATCH", f"{PATH}/{line_id}", given)
        off = await browser.call("PATCH", f"{PATH}/{line_id}", {"isActive": False})
        assert (off["line"]["isActive"], off["settings"]) == (False, settings)
    changed = [one["changed"] for one in await audit_of(world, "line.changed")]
    assert changed == [["active"], ["name", "description", "networked", "searchable", "settings", "queue"]]


async def test_a_line_goes_with_its_answers(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        line_id = await _made(browser)
        code = (await browser.get(f"{PATH}/{line_id}"))["code"]
        await browser.call("POST", f"{PATH}/{line_id}/answers", {"text": "Hello"})
        assert await browser.call("DELETE", f"{PATH}/{line_id}") is None
        assert await browser.get(PATH) == []
        for verb, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/answers"), ("GET", "/figures")):
            with pytest.raises(RefusedError, match="404"):
                await browser.call(verb, f"{PATH}/{line_id}{path}")
    with pytest.raises(LineNotFoundError):
        await world.unit(line_rules.line_by_code, code)
    assert await world.unit(_count_answers) == 0
    assert [one["name"] for one in await audit_of(world, "line.removed")] == ["Support"]


async def test_a_picture_comes_and_goes(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        line_id = await _made(browser)
        path = f"{PATH}/{line_id}/avatar"
        shown = (await browser.call("PUT", path, {"data": base64_of(picture())}))["line"]["avatar"]
        assert shown.startswith(f"{world.app.config.base_url}/files/avatar/")
        assert (await browser.get(PATH))[0]["avatar"] == shown
        with pytest.raises(RefusedError, match="400 wrong_image"):
            await browser.call("PUT", path, {"data": base64_of(b"<svg/>")})
        assert (await browser.call("DELETE", path))["line"]["avatar"] == ""
        with pytest.raises(RefusedError, match="404"):
            await browser.call("PUT", f"{PATH}/777/avatar", {"data": base64_of(picture())})


async def test_who_cannot_serve_is_not_put_into_the_queue(world: World) -> None:
    gone = await world.add("Gone")
    async with browser_of(world, world.alice) as browser:
        line_id = await _made(browser)
        await browser.call("PATCH", f"{PATH}/{line_id}", {"queue": [{"personId": gone.id}]})
        for place in (
            {"personId": world.outsider.id},
            {"personId": 99999},
            {"departmentId": 99999},
            {},
            {"personId": world.bob.id, "departmentId": 1},
        ):
            with pytest.raises(RefusedError, match=r"^404 "):
                await browser.call("PATCH", f"{PATH}/{line_id}", {"name": "New", "queue": [place]})
        card = await browser.get(f"{PATH}/{line_id}")
        assert card["line"]["name"] == "Support"
        assert [one["personId"] for one in card["queue"]] == [gone.id]
        # Somebody who has left in the meantime does not stand in the way of other changes.
        await world.unit(_disable, gone.id)
        queue = [{"personId": gone.id}, {"personId": world.bob.id}]
        card = await browser.call("PATCH", f"{PATH}/{line_id}", {"queue": queue})
        assert [(one["personId"], one["people"]) for one in card["queue"]] == [(gone.id, 0), (world.bob.id, 1)]
        assert [one["id"] for one in card["line"]["operators"]] == [world.bob.id]


async def test_only_a_bot_that_serves_lines_stands_in_front(world: World) -> None:
    application = await world.install()
    alice = await world.alice.through(application)
    ids = {}
    for code, more in (("plain", {}), ("helper", {"OPENLINE": "Y"})):
        ids[code] = await alice.call(
            "imbot.register", CODE=code, EVENT_HANDLER="https://example.com/", PROPERTIES={"NAME": code}, **more
        )
    async with browser_of(world, world.alice) as browser:
        line_id = await _made(browser)
        card = await browser.get(f"{PATH}/{line_id}")
        assert [(one["id"], one["name"]) for one in card["bots"]] == [(ids["helper"], "helper")]
        for bot_id in (ids["plain"], world.bob.id, 99999):
            with pytest.raises(RefusedError, match=r"^404 "):
                await browser.call("PATCH", f"{PATH}/{line_id}", {"settings": {**card["settings"], "botId": bot_id}})
        settings = {**card["settings"], "botId": ids["helper"]}
        card = await browser.call("PATCH", f"{PATH}/{line_id}", {"settings": settings})
        assert card["line"]["botName"] == "helper"
        await alice.call("imbot.unregister", BOT_ID=ids["helper"])
        # The other settings can be changed although the bot has gone.
        card = await browser.call("PATCH", f"{PATH}/{line_id}", {"settings": {**settings, "offerS": 30}})
        assert (card["line"]["botName"], card["bots"], card["settings"]["botId"]) == ("", [], ids["helper"])


async def test_lists_cost_a_fixed_number_of_statements(world: World) -> None:
    lab = await world.unit(departments.add_department, "Lab", 0)
    async with browser_of(world, world.alice) as browser:
        made = [await _made(browser, f"Line {number}") for number in range(3)]
        for line_id in made:
            queue = [{"personId": world.bob.id}, {"departmentId": lab}]
            await browser.call("PATCH", f"{PATH}/{line_id}", {"queue": queue})
        with count_queries(world) as queries:
            assert len(await browser.get(PATH)) == 3
        assert queries.count == 6  # two for the session
        with count_queries(world) as queries:
            await browser.get(f"{PATH}/{made[0]}")
        assert queries.count == 11


async def test_there_is_a_number_of_lines_that_is_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_rules, "MAX_LINES", 2)
    async with browser_of(world, world.alice) as browser:
        first = await _made(browser)
        await _made(browser)
        with pytest.raises(RefusedError, match="400 refused"):
            await _made(browser)
        await browser.call("DELETE", f"{PATH}/{first}")
        await _made(browser)


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": " "},
        {"name": "a\0"},
        {"name": 5},
        {"name": "x" * 101},
        {"description": "x" * 501},
        {"isActive": "yes"},
        {"settings": []},
        {"settings": {"unknown": 1}},
        {"settings": {"distribution": "random"}},
        {"settings": {"offerS": -1}},
        {"settings": {"offerS": 10**9}},
        {"settings": {"welcomeText": "x" * 2001}},
        {"settings": {"botId": "5"}},
        {"settings": {"workingHours": {"days": [7]}}},
        {"settings": {"workingHours": {"begin": 1441}}},
        {"settings": {"workingHours": {"holidays": ["tomorrow"]}}},
        {"settings": {"widget": {"color": "red"}}},
        {"settings": {"widget": {"color": "#fff;background:url(x)"}}},
        {"settings": {"widget": {"sites": ["https://shop.example/path"]}}},
        {"settings": {"widget": {"sites": ["javascript:alert(1)"]}}},
        {"queue": {"personId": 1}},
        {"queue": [{"personId": -1}]},
        {"queue": [{"personId": [1]}]},
        {"queue": [{"personId": 1}] * 201},
    ],
)
async def test_bad_input_changes_nothing(world: World, given: dict[str, object]) -> None:
    async with browser_of(world, world.alice) as browser:
        line_id = await _made(browser)
        before = await browser.get(f"{PATH}/{line_id}")
        with pytest.raises(RefusedError, match=r"^400 "):
            await browser.call("PATCH", f"{PATH}/{line_id}", given)
        assert await browser.get(f"{PATH}/{line_id}") == before
    assert await audit_of(world, "line.changed") == []


async def test_only_administrators_may(world: World) -> None:
    for verb, path in (
        ("GET", PATH),
        ("POST", PATH),
        ("GET", f"{PATH}/1"),
        ("PATCH", f"{PATH}/1"),
        ("DELETE", f"{PATH}/1"),
        ("PUT", f"{PATH}/1/avatar"),
        ("DELETE", f"{PATH}/1/avatar"),
    ):
        await refuses_others(world, verb, path, {"name": "x", "data": ""})
    with pytest.raises(NotAllowedError):
        await world.unit(line_rules.create_line, world.bob.person, line_rules.NewLine(name="Mine"))


async def _made(browser: Browser, name: str = "Support") -> int:
    made = await browser.call("POST", PATH, {"name": name})
    line_id: int = made["line"]["id"]
    return line_id


async def _count_answers(tx: Tx) -> int:
    count: int = await tx.val("SELECT count(*) FROM line_answers")
    return count


async def _disable(tx: Tx, person_id: int) -> None:
    await people.change(tx, person_id, active=0)
