"""``calendar.event.delete``: gone for all, who was to come is told, others are refused."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events_calendar import CalendarEventChanged
from support.world import Actor, World


async def add(actor: Actor, **more: Any) -> int:
    params = {"type": "user", "ownerId": actor.id, "name": "Планёрка", "from": "2024-06-14", "to": "2024-06-14"}
    event_id: int = await actor.call("calendar.event.add", **params, skip_time="Y", **more)
    return event_id


async def test_it_is_gone_and_who_was_to_come_is_told(world: World) -> None:
    attendees = [world.carol.id, world.stranger.id]
    event_id = await add(world.bob, is_meeting="Y", attendees=attendees, host=world.bob.id)
    [invitation] = (await world.stranger.call("im.notify.get"))["notifications"]
    await world.stranger.call("im.notify.confirm", NOTIFY_ID=invitation["id"], NOTIFY_VALUE="N")
    assert await world.bob.call("calendar.event.delete", id=event_id) is True
    for actor in (world.bob, world.carol):
        assert await actor.call("calendar.event.getbyid", id=event_id) is None
    [told] = (await world.carol.call("im.notify.get"))["notifications"]
    assert told["text"] == "Встреча «Планёрка» (14.06.2024) отменена"
    assert (await world.stranger.call("im.notify.get"))["notifications"] == []  # he would not have come
    last = (await world.events("calendar.changed"))[-1]
    involved = [world.bob.id, world.carol.id, world.stranger.id]
    assert last == CalendarEventChanged(event_id=event_id, actor_id=world.bob.id, change="deleted", involved=involved)


async def test_attendees_and_strangers_are_refused_as_for_what_is_not_there(world: World) -> None:
    event_id = await add(world.bob, is_meeting="Y", attendees=[world.carol.id], host=world.bob.id)
    before = len(await world.events())
    absent = await world.stranger.ask("calendar.event.delete", id=event_id + 1)
    for actor in (world.carol, world.stranger, world.outsider):
        assert (await actor.ask("calendar.event.delete", id=event_id)).body == absent.body
    assert absent.refusal == (400, "")
    assert absent.body["error_description"] == "An error occurred while deleting the event"
    assert len(await world.events()) == before
    assert await world.alice.call("calendar.event.delete", id=event_id) is True


@pytest.mark.parametrize("event_id", [None, "", 0, -1, "x", [1]])
async def test_an_id_is_required(world: World, event_id: object) -> None:
    answer = await world.bob.ask("calendar.event.delete", id=event_id)
    assert (answer.refusal, answer.body["error_description"]) == ((400, ""), "Event id not specified")
