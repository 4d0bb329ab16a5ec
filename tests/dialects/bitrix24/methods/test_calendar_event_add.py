"""``calendar.event.add``: what is kept, times in all spellings, invitations, each documented error."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events_calendar import CalendarEventChanged
from support.world import Actor, World

DENIED = "Access denied"


async def add(actor: Actor, **more: Any) -> int:
    params = {"type": "user", "ownerId": actor.id, "name": "Планёрка", "from": "2024-06-14", "to": "2024-06-14", **more}
    event_id: int = await actor.call("calendar.event.add", **params)
    return event_id


async def refusal(actor: Actor, **params: Any) -> tuple[int, str, str]:
    answer = await actor.ask("calendar.event.add", **params)
    return (*answer.refusal, answer.body["error_description"])


async def test_an_event_is_kept_with_all_that_was_said_of_it(world: World) -> None:
    """The sample of the documentation."""
    event_id = await add(
        world.bob,
        name="New Event Name",
        description="Description for event",
        skip_time="Y",
        section=5,
        color="#9cbe1c",
        text_color="%23283033",
        accessibility="absent",
        importance="high",
        is_meeting="Y",
        private_event="Y",
        remind=[{"type": "min", "count": 20}],
        location="London",
        attendees=[world.alice.id, world.bob.id, world.carol.id],
        host=world.bob.id,
        meeting={"notify": True, "reinvite": False, "allow_invite": False, "hide_guests": False},
        rrule={"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "COUNT": 10, "INTERVAL": 1},
        crm_fields=["C_5", "L_11"],
    )
    assert isinstance(event_id, int)
    event = await world.bob.call("calendar.event.getbyid", id=event_id)
    assert (event["NAME"], event["DESCRIPTION"], event["LOCATION"]) == (
        "New Event Name",
        "Description for event",
        "London",
    )
    assert (event["DATE_FROM"], event["DATE_TO"]) == ("14.06.2024 00:00:00", "14.06.2024 00:00:00")
    assert (event["DT_SKIP_TIME"], event["DT_LENGTH"], event["TZ_FROM"]) == ("Y", 86400, None)
    assert (event["ACCESSIBILITY"], event["IMPORTANCE"], event["PRIVATE_EVENT"]) == ("absent", "high", "1")
    assert (event["COLOR"], event["TEXT_COLOR"]) == ("#9cbe1c", "#283033")
    assert event["RRULE"] == {"FREQ": "WEEKLY", "BYDAY": {"MO": "MO", "WE": "WE"}, "INTERVAL": 1, "COUNT": 10}
    assert event["REMIND"] == [{"type": "min", "count": 20}]
    assert event["UF_CRM_CAL_EVENT"] == ["C_5", "L_11"]
    assert (event["IS_MEETING"], event["MEETING_STATUS"], event["MEETING_HOST"]) == (True, "H", str(world.bob.id))
    assert event["ATTENDEE_LIST"] == [
        {"id": world.bob.id, "entryId": str(event_id), "status": "H"},
        {"id": world.alice.id, "entryId": str(event_id), "status": "Q"},
        {"id": world.carol.id, "entryId": str(event_id), "status": "Q"},
    ]
    [recorded] = await world.events("calendar.changed")
    assert recorded == CalendarEventChanged(
        event_id=event_id,
        actor_id=world.bob.id,
        change="added",
        involved=[world.bob.id, world.alice.id, world.carol.id],
    )


@pytest.mark.parametrize(
    ("given", "shown", "utc", "zone"),
    [
        ({"from": "2025-03-20T15:00:00+02:00"}, "20.03.2025 16:00:00", 1742475600, "Etc/GMT-3"),
        ({"from": "2025-03-20T15:00:00 02:00"}, "20.03.2025 16:00:00", 1742475600, "Etc/GMT-3"),
        ({"from": "2025-03-20T13:00:00Z", "timezone_from": "Asia/Tokyo"}, "20.03.2025 16:00:00", 1742475600, None),
        ({"from": "2025-03-20 15:00:00"}, "20.03.2025 15:00:00", 1742472000, "Etc/GMT-3"),
        ({"from": "20.03.2025 15:00"}, "20.03.2025 15:00:00", 1742472000, "Etc/GMT-3"),
        ({"from": "03/20/2025 03:00:00 pm"}, "20.03.2025 15:00:00", 1742472000, "Etc/GMT-3"),
        ({"from_ts": 1742472000}, "20.03.2025 15:00:00", 1742472000, "Etc/GMT-3"),
        ({"from": "2025-03-20", "timezone_from": ""}, "20.03.2025 00:00:00", 1742418000, "Etc/GMT-3"),
        (
            {"from": "2025-07-20 15:00:00", "timezone_from": "America/New_York"},
            "20.07.2025 15:00:00",
            1753038000,
            "America/New_York",
        ),
        ({"from": "2025-03-20 15:00:00", "timezone_from": "No/Where"}, "20.03.2025 15:00:00", 1742472000, "Etc/GMT-3"),
    ],
)
async def test_times_come_in_all_documented_spellings(
    world: World, given: dict[str, Any], shown: str, utc: int, zone: str | None
) -> None:
    params: dict[str, Any] = {"type": "user", "ownerId": world.bob.id, "name": "x", "to": "2026-01-01", **given}
    event_id = await world.bob.call("calendar.event.add", **params)
    event = await world.bob.call("calendar.event.getbyid", id=event_id)
    assert (event["DATE_FROM"], event["DATE_FROM_TS_UTC"]) == (shown, str(utc))
    assert event["TZ_FROM"] == (zone or "Etc/GMT-3")


async def test_a_zone_given_for_the_beginning_counts_for_the_end_too(world: World) -> None:
    event_id = await add(
        world.bob, **{"from": "2025-07-20 10:00", "to": "2025-07-20 11:00"}, timezone_from="Europe/Berlin"
    )
    event = await world.bob.call("calendar.event.getbyid", id=event_id)
    assert (event["TZ_FROM"], event["TZ_TO"]) == ("Europe/Berlin", "Europe/Berlin")
    assert (event["TZ_OFFSET_FROM"], event["TZ_OFFSET_TO"], event["DT_LENGTH"]) == ("7200", "7200", 3600)
    assert (event["~USER_OFFSET_FROM"], event["DATE_FROM"]) == (-3600, "20.07.2025 10:00:00")


async def test_who_is_invited_answers_by_a_button_and_the_host_is_told(world: World) -> None:
    event_id = await add(
        world.bob,
        **{"from": "2030-06-14T10:00", "to": "2030-06-14T11:00"},
        is_meeting="Y",
        attendees=[world.carol.id, world.alice.id],
        host=world.bob.id,
        meeting={"notify": "Y"},
    )
    for actor, value, status in ((world.carol, "Y", "Y"), (world.alice, "N", "N")):
        [invitation] = (await actor.call("im.notify.get"))["notifications"]
        assert f"[USER={world.bob.id}]Bob Ivanov[/USER]" in invitation["text"]
        assert "Планёрка" in invitation["text"]
        assert "14.06.2030 10:00" in invitation["text"]
        assert await actor.call("im.notify.confirm", NOTIFY_ID=invitation["id"], NOTIFY_VALUE=value)
        assert (await actor.call("im.notify.get"))["notifications"] == []
        shown = await actor.call("calendar.event.getbyid", id=event_id)
        assert shown["MEETING_STATUS"] == status
    told = [one["text"] for one in (await world.bob.call("im.notify.get"))["notifications"]]
    assert len(told) == 2
    assert any("Carol Sidorova" in text for text in told)
    changes = [one.change for one in await world.events("calendar.changed") if isinstance(one, CalendarEventChanged)]
    assert changes == ["added", "answered", "answered"]


async def test_an_invitation_to_what_is_gone_says_so(world: World) -> None:
    event_id = await add(world.bob, is_meeting="Y", attendees=[world.carol.id], host=world.bob.id)
    [invitation] = (await world.carol.call("im.notify.get"))["notifications"]
    await world.bob.call("calendar.event.delete", id=event_id)
    found = (await world.carol.call("im.notify.get"))["notifications"]
    assert [one["id"] for one in found] != [invitation["id"]]
    assert "отменена" in found[0]["text"]
    assert len(found) == 1


async def test_bots_people_from_outside_and_unknown_ones_are_not_invited(world: World) -> None:
    attendees = [world.carol.id, world.outsider.id, 999_999, -1, 0]
    event_id = await add(world.bob, is_meeting="Y", attendees=attendees, host=world.bob.id)
    event = await world.bob.call("calendar.event.getbyid", id=event_id)
    assert event["ATTENDEES_CODES"] == [f"U{world.bob.id}", f"U{world.carol.id}"]


@pytest.mark.parametrize(
    ("missing", "text"),
    [
        ("type", 'The required parameter "type" for the method "calendar.event.add" is not set'),
        ("ownerId", 'The required parameter "ownerId" for the method "calendar.event.add" is not set'),
        ("name", 'The required parameter "name" for the method "calendar.event.add" is not set'),
        ("from", 'The required parameter "from" for the method "calendar.event.add" is not set'),
        ("to", 'The required parameter "to" for the method "calendar.event.add" is not set'),
    ],
)
async def test_what_is_required_must_be_given(world: World, missing: str, text: str) -> None:
    params = {"type": "user", "ownerId": world.bob.id, "name": "x", "from": "2024-06-14", "to": "2024-06-14"}
    del params[missing]
    assert await refusal(world.bob, **params) == (400, "", text)
    assert not await world.events("calendar.changed")


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"name": ["x"]}, 'Invalid value for the "name" parameter'),
        ({"description": {"a": "b"}}, 'Invalid value for the "description" parameter'),
        ({"crm_fields": "text"}, "The event's CRM link list must be an array"),
        ({"from": "nonsense"}, "An error occurred while creating the event"),
        ({"from": "31.02.2024"}, "An error occurred while creating the event"),
        ({"from": "0001-01-01"}, "An error occurred while creating the event"),
        ({"from": "", "from_ts": 10**18}, "An error occurred while creating the event"),
        ({"from": "2024-06-15"}, "An error occurred while creating the event"),
        ({"description": "x" * 100_001}, "An error occurred while creating the event"),
        ({"remind": [1]}, "An error occurred while creating the event"),
        ({"rrule": {"FREQ": "DAILY", "UNTIL": "x"}}, "An error occurred while creating the event"),
        ({"rrule": {"FREQ": ["DAILY"]}}, "An error occurred while creating the event"),
        ({"is_meeting": "Y"}, "An error occurred while creating the event"),
        ({"is_meeting": "Y", "attendees": [1]}, "An error occurred while creating the event"),
        ({"is_meeting": "Y", "attendees": [[1]], "host": 1}, "An error occurred while creating the event"),
        ({"is_meeting": "Y", "attendees": list(range(501)), "host": 0}, "An error occurred while creating the event"),
        (
            {"section": 999, "auto_detect_section": "N"},
            "You have specified an invalid calendar section ID or the user does not have access to it",
        ),
        (
            {"auto_detect_section": "N"},
            "You have specified an invalid calendar section ID or the user does not have access to it",
        ),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_kept(world: World, more: dict[str, Any], text: str) -> None:
    params = {"type": "user", "ownerId": world.bob.id, "name": "x", "from": "2024-06-14", "to": "2024-06-14", **more}
    assert await refusal(world.bob, **params) == (400, "", text)
    assert not await world.events("calendar.changed")


async def test_only_the_owner_and_administrators_fill_a_calendar(world: World) -> None:
    params = {"name": "x", "from": "2024-06-14", "to": "2024-06-14"}
    for kind, owner in (("user", world.carol.id), ("company_calendar", 0), ("group", 7), ("location", 0)):
        assert await refusal(world.bob, type=kind, ownerId=owner, **params) == (400, "", DENIED)
    assert await refusal(world.outsider, type="user", ownerId=world.outsider.id, **params) == (400, "", DENIED)
    assert await refusal(world.alice, type="user", ownerId=999_999, **params) == (400, "", DENIED)
    assert not await world.events("calendar.changed")
    assert await world.alice.call("calendar.event.add", type="user", ownerId=world.carol.id, **params)
    assert await world.alice.call("calendar.event.add", type="company_calendar", ownerId="", **params)


async def test_members_of_a_group_fill_its_calendar(world: World) -> None:
    await world.chat(world.bob, world.carol, ENTITY_TYPE="SONET_GROUP", ENTITY_ID="7")
    params: dict[str, Any] = {"type": "group", "ownerId": 7, "name": "x", "from": "2024-06-14", "to": "2024-06-14"}
    await world.carol.call("calendar.event.add", **params)
    assert await refusal(world.stranger, **params) == (400, "", DENIED)
    # A second chat for the same group lets nobody in.
    await world.chat(world.stranger, ENTITY_TYPE="SONET_GROUP", ENTITY_ID="7")
    assert await refusal(world.stranger, **params) == (400, "", DENIED)
    seen = {"type": "group", "ownerId": 7, "from": "2024-06-01", "to": "2024-06-30"}
    assert len(await world.bob.call("calendar.event.get", **seen)) == 1
    assert await world.stranger.call("calendar.event.get", **seen) == []


async def test_a_meeting_is_not_held_in_the_name_of_another(world: World) -> None:
    params = {"type": "user", "ownerId": world.bob.id, "name": "x", "from": "2024-06-14", "to": "2024-06-14"}
    more = {"is_meeting": "Y", "attendees": [world.alice.id], "host": world.carol.id}
    assert await refusal(world.bob, **params, **more) == (400, "", DENIED)
    assert (await world.alice.call("im.notify.get"))["notifications"] == []


async def test_the_scope_is_needed(world: World) -> None:
    actor = await world.webhook(world.bob, "im")
    assert (await actor.refused("calendar.event.add", name="x"))[1] == "insufficient_scope"
