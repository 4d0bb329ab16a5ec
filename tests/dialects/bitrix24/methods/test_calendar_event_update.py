"""``calendar.event.update``: what is not given stays, meetings change, who may, each documented error."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events_calendar import CalendarEventChanged
from support.world import Actor, World


async def add(actor: Actor, **more: Any) -> int:
    params = {"type": "user", "ownerId": actor.id, "name": "Old", "from": "2024-06-14T10:00", "to": "2024-06-14T11:00"}
    event_id: int = await actor.call("calendar.event.add", **{**params, **more})
    return event_id


async def update(actor: Actor, event_id: int, **params: Any) -> Any:
    named = {"id": event_id, "type": "user", "ownerId": actor.id, **params}
    return await actor.call("calendar.event.update", **named)


async def shown(actor: Actor, event_id: int) -> dict[str, Any]:
    event: dict[str, Any] = await actor.call("calendar.event.getbyid", id=event_id)
    return event


async def invitations(actor: Actor) -> list[str]:
    return [one["text"] for one in (await actor.call("im.notify.get"))["notifications"]]


async def test_what_is_not_given_stays_as_it_was(world: World) -> None:
    event_id = await add(world.bob, location="London", color="#9cbe1c", rrule={"FREQ": "DAILY", "COUNT": 3})
    before = await shown(world.bob, event_id)
    assert await update(world.bob, event_id, name="New", importance="high") == event_id
    after = await shown(world.bob, event_id)
    assert (after["NAME"], after["IMPORTANCE"], after["VERSION"]) == ("New", "high", "2")
    changed = {"NAME", "IMPORTANCE", "VERSION", "TIMESTAMP_X"}
    assert {name: after[name] for name in after if name not in changed} == {
        name: before[name] for name in before if name not in changed
    }
    changes = [one.change for one in await world.events("calendar.changed") if isinstance(one, CalendarEventChanged)]
    assert changes == ["added", "changed"]


async def test_a_moved_event_takes_as_long_as_before(world: World) -> None:
    event_id = await add(world.bob)
    await update(world.bob, event_id, **{"from": "2024-06-20T15:00"})
    event = await shown(world.bob, event_id)
    assert (event["DATE_FROM"], event["DATE_TO"]) == ("20.06.2024 15:00:00", "20.06.2024 16:00:00")
    await update(world.bob, event_id, skip_time="Y")
    event = await shown(world.bob, event_id)
    assert (event["DATE_FROM"], event["DT_SKIP_TIME"], event["DT_LENGTH"]) == ("20.06.2024 00:00:00", "Y", 86400)
    await update(world.bob, event_id, rrule={"FREQ": "NONE"}, remind="", crm_fields=[])
    event = await shown(world.bob, event_id)
    assert (event["RRULE"], event["REMIND"], event["UF_CRM_CAL_EVENT"]) == ("", [], False)


async def test_attendees_come_and_go(world: World) -> None:
    event_id = await add(world.bob, is_meeting="Y", attendees=[world.carol.id], host=world.bob.id)
    assert len(await invitations(world.carol)) == 1
    await update(world.bob, event_id, attendees=[world.carol.id, world.stranger.id])
    assert len(await invitations(world.carol)) == 1
    assert len(await invitations(world.stranger)) == 1
    await update(world.bob, event_id, attendees=[world.stranger.id])
    assert (await shown(world.bob, event_id))["ATTENDEES_CODES"] == [f"U{world.bob.id}", f"U{world.stranger.id}"]
    assert await world.carol.call("calendar.event.getbyid", id=event_id) is None
    # An answer that comes too late does nothing.
    [late] = (await world.carol.call("im.notify.get"))["notifications"]
    answer = await world.carol.call("im.notify.confirm", NOTIFY_ID=late["id"], NOTIFY_VALUE="Y")
    assert answer["result_message"] == ["Этой встречи больше нет"]
    await update(world.bob, event_id, is_meeting="N")
    assert (await shown(world.bob, event_id))["IS_MEETING"] is False
    assert ["отменена" in text for text in await invitations(world.stranger)] == [True]


async def test_a_moved_meeting_asks_anew_if_it_is_to(world: World) -> None:
    more = {"is_meeting": "Y", "attendees": [world.carol.id], "host": world.bob.id}
    for is_asking, status in ((False, "Y"), (True, "Q")):
        event_id = await add(world.bob, **more, meeting={"reinvite": is_asking})
        [invitation] = (await world.carol.call("im.notify.get"))["notifications"]
        await world.carol.call("im.notify.confirm", NOTIFY_ID=invitation["id"], NOTIFY_VALUE="Y")
        await update(world.bob, event_id, **{"from": "2024-06-20T15:00"})
        assert (await shown(world.carol, event_id))["MEETING_STATUS"] == status
        assert len(await invitations(world.carol)) == int(is_asking)


async def test_owner_host_and_administrators_change_it_nobody_else(world: World) -> None:
    event_id = await add(world.bob, is_meeting="Y", attendees=[world.carol.id], host=world.bob.id)
    params = {"id": event_id, "type": "user", "ownerId": world.bob.id, "name": "New"}
    attendee = await world.carol.ask("calendar.event.update", **params)
    stranger = await world.stranger.ask("calendar.event.update", **params)
    absent = await world.stranger.ask("calendar.event.update", **{**params, "id": event_id + 1})
    assert attendee.body == stranger.body == absent.body
    assert (stranger.refusal, stranger.body["error_description"]) == ((400, ""), "Access denied")
    assert (await shown(world.bob, event_id))["NAME"] == "Old"
    assert await world.alice.call("calendar.event.update", **params) == event_id
    assert (await shown(world.bob, event_id))["NAME"] == "New"


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"id": None}, 'The required parameter "id" for the method "calendar.event.update" is not set'),
        ({"id": 0}, 'The required parameter "id" for the method "calendar.event.update" is not set'),
        ({"type": None}, 'The required parameter "type" for the method "calendar.event.update" is not set'),
        ({"ownerId": None}, 'The required parameter "ownerId" for the method "calendar.event.update" is not set'),
        ({"ownerId": 999_999}, "Access denied"),
        ({"type": "company_calendar"}, "Access denied"),
        ({"name": ["x"]}, 'Invalid value for the "name" parameter'),
        ({"description": ["x"]}, 'Invalid value for the "description" parameter'),
        ({"crm_fields": "x"}, "The event's CRM link list must be an array"),
        ({"recurrence_mode": "this"}, "An invalid type of editing for the recurring event is specified"),
        ({"recurrence_mode": ["all"]}, "An invalid type of editing for the recurring event is specified"),
        ({"to": "2020-01-01"}, "An error occurred while modifying the event"),
        ({"from": "x"}, "An error occurred while modifying the event"),
        ({"is_meeting": "Y"}, "An error occurred while modifying the event"),
        (
            {"section": 999, "auto_detect_section": "N"},
            "You have specified an invalid calendar section ID or the user does not have access to it",
        ),
    ],
)
async def test_each_documented_error_changes_nothing(world: World, params: dict[str, Any], text: str) -> None:
    event_id = await add(world.bob)
    before = await shown(world.bob, event_id)
    given = {"id": event_id, "type": "user", "ownerId": world.bob.id, **params}
    answer = await world.bob.ask("calendar.event.update", **given)
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), text)
    assert await shown(world.bob, event_id) == before
    assert len(await world.events("calendar.changed")) == 1
