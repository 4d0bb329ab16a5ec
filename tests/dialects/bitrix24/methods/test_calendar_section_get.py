"""``calendar.section.get``: the calendar that each owner has, as documented; who sees which."""

from __future__ import annotations

from typing import Any

import pytest

from support.world import World


async def test_everybody_has_a_calendar(world: World) -> None:
    [section] = await world.bob.call("calendar.section.get", type="user")
    assert await world.bob.call("calendar.section.get", type="user", ownerId=world.bob.id) == [section]
    created = section.pop("DATE_CREATE")
    assert created == section.pop("TIMESTAMP_X")
    assert len(created) == len("2024-12-10 06:36:00")
    assert int(section.pop("ID")) > 0
    assert section == {
        "NAME": "Мой календарь",
        "GAPI_CALENDAR_ID": None,
        "DESCRIPTION": "",
        "COLOR": "#9cbeee",
        "TEXT_COLOR": "#283000",
        "EXPORT": {"ALLOW": False},
        "CAL_TYPE": "user",
        "OWNER_ID": str(world.bob.id),
        "CREATED_BY": str(world.bob.id),
        "CAL_DAV_CON": None,
        "SYNC_TOKEN": None,
        "PAGE_TOKEN": None,
        "EXTERNAL_TYPE": "local",
        "ACCESS": {f"U{world.bob.id}": 19},
        "IS_COLLAB": False,
        "PERM": {
            "view_time": True,
            "view_title": True,
            "view_full": True,
            "add": True,
            "edit": True,
            "edit_section": False,
            "access": False,
        },
    }


async def test_its_number_is_taken_for_events(world: World) -> None:
    [section] = await world.bob.call("calendar.section.get", type="user")
    [other] = await world.carol.call("calendar.section.get", type="user")
    params = {"type": "user", "ownerId": world.bob.id, "name": "x", "from": "2024-06-14", "to": "2024-06-14"}
    strict = {**params, "auto_detect_section": "N"}
    event_id = await world.bob.call("calendar.event.add", **strict, section=section["ID"])
    assert (await world.bob.call("calendar.event.getbyid", id=event_id))["SECTION_ID"] == section["ID"]
    assert await world.bob.refused("calendar.event.add", **strict, section=other["ID"]) == (400, "")
    # Unless it is forbidden another calendar is found.
    event_id = await world.bob.call("calendar.event.add", **params, section=other["ID"])
    assert (await world.bob.call("calendar.event.getbyid", id=event_id))["SECTION_ID"] == section["ID"]


async def test_the_companys_calendar_is_written_by_administrators(world: World) -> None:
    [for_bob] = await world.bob.call("calendar.section.get", type="company_calendar", ownerId="")
    [for_alice] = await world.alice.call("calendar.section.get", type="company_calendar", ownerId=0)
    assert for_bob["ID"] == for_alice["ID"]
    assert (for_bob["PERM"]["add"], for_alice["PERM"]["add"]) == (False, True)


async def test_foreign_calendars_are_not_shown(world: World) -> None:
    await world.chat(world.carol, ENTITY_TYPE="SONET_GROUP", ENTITY_ID="7")
    for params in ({"type": "user", "ownerId": world.carol.id}, {"type": "group", "ownerId": 7}, {"type": "location"}):
        given: dict[str, Any] = {"ownerId": 0, **params}
        assert await world.bob.call("calendar.section.get", **given) == []
    assert len(await world.alice.call("calendar.section.get", type="user", ownerId=world.carol.id)) == 1
    assert await world.alice.call("calendar.section.get", type="user", ownerId=999_999) == []
    assert len(await world.carol.call("calendar.section.get", type="group", ownerId=7)) == 1
    answer = await world.outsider.ask("calendar.section.get", type="user")
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), "Access denied")


@pytest.mark.parametrize(
    ("params", "name"),
    [({}, "type"), ({"type": ""}, "type"), ({"type": ["user"]}, "type"), ({"type": "group"}, "ownerId")],
)
async def test_what_is_required_must_be_given(world: World, params: dict[str, Any], name: str) -> None:
    answer = await world.bob.ask("calendar.section.get", **params)
    text = f'The required parameter "{name}" for the method "calendar.section.get" is not set'
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), text)
