"""``calendar.event.getbyid``: the whole documented object, in both languages; who sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.world import World
from support.world import test_config as config_of

EVENT: dict[str, Any] = {
    "type": "user",
    "name": "Event Name",
    "description": "Description",
    "from": "2024-12-11T17:59:00",
    "to": "2024-12-11T18:59:00",
    "timezone_from": "Europe/Riga",
    "accessibility": "free",
    "color": "#9DCF00",
    "location": "test location",
    "remind": [{"type": "min", "count": 50}],
    "rrule": {"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "UNTIL": "2024-12-24"},
    "crm_fields": ["CO_1", "L_5"],
}


# What of the event below says nothing of the cast.
PLAIN: dict[str, Any] = {
    "DELETED": "N",
    "CAL_TYPE": "user",
    "NAME": "Event Name",
    "DATE_FROM": "11.12.2024 17:59:00",
    "DATE_TO": "11.12.2024 18:59:00",
    "ORIGINAL_DATE_FROM": None,
    "TZ_FROM": "Europe/Riga",
    "TZ_TO": "Europe/Riga",
    "TZ_OFFSET_FROM": "7200",
    "TZ_OFFSET_TO": "7200",
    "DATE_FROM_TS_UTC": "1733932740",
    "DATE_TO_TS_UTC": "1733936340",
    "DT_SKIP_TIME": "N",
    "DT_LENGTH": 3600,
    "DATE_FROM_FORMATTED": "Wed Dec 11 2024 17:59:00",
    "DATE_TO_FORMATTED": "Wed Dec 11 2024 18:59:00",
    "~USER_OFFSET_FROM": -3600,
    "~USER_OFFSET_TO": -3600,
    "EVENT_TYPE": None,
    "DESCRIPTION": "Description",
    "PRIVATE_EVENT": "",
    "ACCESSIBILITY": "free",
    "IMPORTANCE": "normal",
    "IS_MEETING": True,
    "MEETING_STATUS": "H",
    "LOCATION": "test location",
    "REMIND": [{"type": "min", "count": 50}],
    "COLOR": "#9dcf00",
    "TEXT_COLOR": "",
    "RRULE": {
        "FREQ": "WEEKLY",
        "BYDAY": {"MO": "MO", "WE": "WE"},
        "INTERVAL": 1,
        "UNTIL": "24.12.2024",
        "~UNTIL": "24.12.2024",
        "UNTIL_TS": 1734991200,
    },
    "EXDATE": "",
    "G_EVENT_ID": "",
    "DAV_EXCH_LABEL": "",
    "CAL_DAV_LABEL": "",
    "VERSION": "1",
    "RECURRENCE_ID": None,
    "RELATIONS": None,
    "SYNC_STATUS": None,
    "UF_CRM_CAL_EVENT": ["CO_1", "L_5"],
    "UF_WEBDAV_CAL_EVENT": False,
    "SECTION_DAV_XML_ID": None,
    "COLLAB_ID": None,
    "~RRULE_DESCRIPTION": "каждую неделю по дням: Пн, Ср, с 11.12.2024 по 24.12.2024",
    "~DESCRIPTION": "Description",
}


def of_bobs_meeting(world: World, event_id: int, section_id: str) -> dict[str, Any]:
    return {
        "ID": str(event_id),
        "PARENT_ID": str(event_id),
        "OWNER_ID": str(world.bob.id),
        "CREATED_BY": str(world.bob.id),
        "MEETING_HOST": str(world.bob.id),
        "MEETING": {
            "HOST_NAME": "Bob Ivanov",
            "NOTIFY": False,
            "REINVITE": False,
            "ALLOW_INVITE": False,
            "HIDE_GUESTS": False,
            "MEETING_CREATOR": world.bob.id,
            "LANGUAGE_ID": "ru",
            "MAIL_FROM": "",
        },
        "SECTION_ID": section_id,
        "SECT_ID": section_id,
        "ATTENDEES_CODES": [f"U{world.bob.id}", f"U{world.carol.id}"],
        "ATTENDEE_LIST": [
            {"id": world.bob.id, "entryId": str(event_id), "status": "H"},
            {"id": world.carol.id, "entryId": str(event_id), "status": "Q"},
        ],
        "attendeesEntityList": [
            {"entityId": "user", "id": world.bob.id},
            {"entityId": "user", "id": world.carol.id},
        ],
    }


async def test_an_event_has_all_documented_keys(world: World) -> None:
    """The documentation's sample, on a Russian portal."""
    params = {**EVENT, "is_meeting": "Y", "attendees": [world.carol.id], "host": world.bob.id}
    event_id = await world.bob.call("calendar.event.add", ownerId=world.bob.id, **params)
    event = await world.bob.call("calendar.event.getbyid", id=event_id)
    [section] = await world.bob.call("calendar.section.get", type="user")
    assert event.pop("DATE_CREATE") == event.pop("TIMESTAMP_X")
    assert event.pop("DAV_XML_ID") == f"{event_id}@{world.app.config.domain}"
    assert event == {**PLAIN, **of_bobs_meeting(world, event_id, section["ID"])}


async def test_an_english_portal_writes_dates_its_way(tmp_path: Path) -> None:
    world = World(config_of(tmp_path, "", language="en", utc_offset_minutes=0))
    await world.open()
    try:
        event_id = await world.bob.call("calendar.event.add", ownerId=world.bob.id, **EVENT)
        event = await world.bob.call("calendar.event.getbyid", id=event_id)
        assert (event["DATE_FROM"], event["DATE_TO"]) == ("12/11/2024 05:59:00 pm", "12/11/2024 06:59:00 pm")
        assert event["RRULE"]["UNTIL"] == "12/24/2024"
        assert event["~RRULE_DESCRIPTION"] == "every week on: Mon, Wed, from 12/11/2024 to 12/24/2024"
        # What is given is also taken.
        params = {"id": event_id, "type": "user", "ownerId": world.bob.id}
        given = {"from": event["DATE_FROM"], "to": event["DATE_TO"], "timezone_from": event["TZ_FROM"]}
        await world.bob.call("calendar.event.update", **params, **given)
        again = await world.bob.call("calendar.event.getbyid", id=event_id)
        assert again["DATE_FROM_TS_UTC"] == event["DATE_FROM_TS_UTC"]
    finally:
        await world.close()


async def test_what_is_no_meeting_has_its_creator_as_host(world: World) -> None:
    event_id = await world.bob.call("calendar.event.add", ownerId=world.bob.id, **{**EVENT, "rrule": ""})
    event = await world.bob.call("calendar.event.getbyid", id=event_id)
    assert (event["IS_MEETING"], event["MEETING_STATUS"], event["MEETING_HOST"]) == (False, None, str(world.bob.id))
    assert event["ATTENDEES_CODES"] == [f"U{world.bob.id}"]
    assert event["RRULE"] == ""
    assert "~RRULE_DESCRIPTION" not in event


async def test_guests_may_be_hidden_from_each_other(world: World) -> None:
    more = {"is_meeting": "Y", "attendees": [world.carol.id, world.stranger.id], "host": world.bob.id}
    params = {**EVENT, **more, "meeting": {"hide_guests": True}}
    event_id = await world.bob.call("calendar.event.add", ownerId=world.bob.id, **params)
    seen = (await world.carol.call("calendar.event.getbyid", id=event_id))["ATTENDEES_CODES"]
    assert seen == [f"U{world.bob.id}", f"U{world.carol.id}"]
    assert len((await world.bob.call("calendar.event.getbyid", id=event_id))["ATTENDEE_LIST"]) == 3


async def test_owner_attendees_and_administrators_see_it_for_others_it_is_not_there(world: World) -> None:
    params = {**EVENT, "is_meeting": "Y", "attendees": [world.carol.id], "host": world.bob.id}
    event_id = await world.bob.call("calendar.event.add", ownerId=world.bob.id, **params)
    for actor in (world.bob, world.carol, world.alice):
        assert (await actor.call("calendar.event.getbyid", id=event_id))["ID"] == str(event_id)
    assert await world.stranger.call("calendar.event.getbyid", id=event_id) is None
    assert await world.stranger.call("calendar.event.getbyid", id=event_id + 1) is None
    answer = await world.outsider.ask("calendar.event.getbyid", id=event_id)
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), "Access denied")


@pytest.mark.parametrize("event_id", [None, [1], {"a": 1}])
async def test_an_id_is_required(world: World, event_id: object) -> None:
    answer = await world.bob.ask("calendar.event.getbyid", id=event_id)
    text = 'The required parameter "id" for the method "calendar.event.getbyid" is not set'
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), text)


@pytest.mark.parametrize("event_id", ["", 0, -1, "x", 10**30])
async def test_what_is_no_event_is_null(world: World, event_id: object) -> None:
    assert await world.bob.call("calendar.event.getbyid", id=event_id) is None
