"""``event.offline.get``: fetch, keep for a process, filter."""

from __future__ import annotations

import pytest

from skvorets.core import offline_events
from support.offline import application_with_events
from support.world import Actor, World


def names(result: dict[str, list[dict[str, str]]]) -> list[str]:
    return [event["EVENT_NAME"] for event in result["events"]]


async def test_events_are_given_once(world: World) -> None:
    _, actor = await application_with_events(world, 2)
    result = await actor.call("event.offline.get")
    assert result["process_id"] is None
    event = result["events"][1]
    assert set(event) == {"ID", "TIMESTAMP_X", "EVENT_NAME", "EVENT_DATA", "EVENT_ADDITIONAL", "MESSAGE_ID"}
    assert event["EVENT_NAME"] == "ONTEST1"
    assert event["EVENT_DATA"] == {"FIELDS": {"ID": 1}}
    assert event["EVENT_ADDITIONAL"] is False
    assert isinstance(event["ID"], str)
    assert len(event["MESSAGE_ID"]) == 32
    assert event["TIMESTAMP_X"].endswith("+03:00")
    assert await actor.call("event.offline.get") == {"process_id": None, "events": []}


async def test_events_without_data_say_false(world: World) -> None:
    application, actor = await application_with_events(world, 0)
    await world.unit(offline_events.store, application.id, "ONX", {})
    [event] = (await actor.call("event.offline.get"))["events"]
    assert event["EVENT_DATA"] is False


async def test_a_process_keeps_what_it_has_until_it_clears_it(world: World) -> None:
    _, actor = await application_with_events(world, 3)
    first = await actor.call("event.offline.get", clear=0, limit=2)
    assert names(first) == ["ONTEST0", "ONTEST1"]
    more = await actor.call("event.offline.get", clear=0, process_id=first["process_id"])
    assert names(more) == ["ONTEST2"]
    assert more["process_id"] == first["process_id"]
    assert names(await actor.call("event.offline.get", clear=0)) == []
    await actor.call("event.offline.clear", process_id=first["process_id"])
    assert await actor.call("event.offline.list") == []


async def test_an_equal_event_is_kept_once_until_it_is_fetched(world: World) -> None:
    application, actor = await application_with_events(world, 2)
    await world.unit(offline_events.store, application.id, "ONTEST0", {"FIELDS": {"ID": 0}})
    assert len(await actor.call("event.offline.list")) == 2
    await actor.call("event.offline.get", clear=0)
    await world.unit(offline_events.store, application.id, "ONTEST0", {"FIELDS": {"ID": 0}})
    assert names(await actor.call("event.offline.get")) == ["ONTEST0"]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"filter": {"=EVENT_NAME": "ontest1"}}, ["ONTEST1"]),
        ({"filter": {"!EVENT_NAME": "ONTEST1"}}, ["ONTEST0", "ONTEST2"]),
        ({"filter": {">=ID": 10**18}}, []),
        ({"filter": {"<TIMESTAMP_X": "2020-01-01"}}, []),
        ({"filter": {">TIMESTAMP_X": "2020-01-01"}, "order": {"ID": "DESC"}}, ["ONTEST2", "ONTEST1", "ONTEST0"]),
        ({"limit": 1}, ["ONTEST0"]),
        ({"limit": -5}, ["ONTEST0"]),
        ({"limit": 10**30}, ["ONTEST0", "ONTEST1", "ONTEST2"]),
        ({"error": 1}, []),
        ({"auth_connector": "crm"}, []),
        ({"filter": "nonsense", "order": [1, 2]}, ["ONTEST0", "ONTEST1", "ONTEST2"]),
    ],
)
async def test_filter_order_and_limit(world: World, params: dict[str, object], expected: list[str]) -> None:
    _, actor = await application_with_events(world, 3)
    assert names(await actor.call("event.offline.get", **params)) == expected


async def test_each_source_has_its_own_queue(world: World) -> None:
    application, actor = await application_with_events(world, 0)
    await world.unit(offline_events.store, application.id, "ONX", {"ID": 1}, "crm")
    assert names(await actor.call("event.offline.get")) == []
    assert names(await actor.call("event.offline.get", auth_connector="crm")) == ["ONX"]


async def test_only_administrators_of_the_application_fetch(world: World) -> None:
    application, _ = await application_with_events(world, 1)
    bob: Actor = await world.bob.through(application)
    assert await bob.refused("event.offline.get") == (403, "ACCESS_DENIED")
    assert await world.alice.refused("event.offline.get") == (403, "ACCESS_DENIED")
    other = await world.alice.through(await world.install(name="Other"))
    assert names(await other.call("event.offline.get")) == []
