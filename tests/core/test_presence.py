"""Who is away: by his own word, or not seen for long; who is told."""

from __future__ import annotations

import msgspec
import pytest

from skvorets.core import presence
from skvorets.core.events_people import PersonStatus
from skvorets.errors import PersonNotFoundError, WrongStatusError
from skvorets.storage.people import Person
from support.chats import general_chat_id
from support.world import World

NOW = 1_721_722_262_000
MINUTE = 60_000
TEN_MINUTES = 10 * MINUTE
NAMES = Person.__struct_fields__
PERSON = msgspec.convert({name: "" if Person.__annotations__[name] == "str" else 0 for name in NAMES}, Person)


@pytest.mark.parametrize(
    ("kind", "idle_since", "last_seen", "away_after", "expected"),
    [
        ("human", 0, NOW - TEN_MINUTES + 1, TEN_MINUTES, 0),
        ("human", 0, NOW - TEN_MINUTES, TEN_MINUTES, NOW - TEN_MINUTES),
        ("human", 0, NOW - TEN_MINUTES, 0, 0),
        ("human", 0, 0, TEN_MINUTES, 0),
        ("human", NOW - 5, NOW - 1, TEN_MINUTES, NOW - 5),
        ("human", NOW - 5, NOW - TEN_MINUTES, TEN_MINUTES, NOW - 5),
        ("bot", 0, NOW - TEN_MINUTES, TEN_MINUTES, 0),
        ("guest", 0, NOW - TEN_MINUTES, TEN_MINUTES, 0),
    ],
)
def test_who_says_so_or_was_not_seen_for_long_is_away(
    kind: str, idle_since: int, last_seen: int, away_after: int, expected: int
) -> None:
    person = msgspec.structs.replace(PERSON, kind=kind, idle_since=idle_since, last_seen=last_seen)
    assert presence.idle_since(person, NOW, away_after) == expected


async def told(world: World) -> list[PersonStatus]:
    return [event for event in await world.events("person.status") if isinstance(event, PersonStatus)]


async def test_everybody_inside_is_told_and_outsiders_who_share_a_chat(world: World) -> None:
    general = await general_chat_id(world)
    await world.unit(presence.choose_status, world.bob.id, "dnd")
    assert [(one.chat_id, one.person_id) for one in await told(world)] == [(general, 0)]
    await world.outsider.call("im.message.add", DIALOG_ID=world.outsider.id, MESSAGE="note")
    await world.chat(world.alice, world.bob, world.outsider)
    await world.unit(presence.start_idle, world.bob.id, NOW)
    more = (await told(world))[1:]
    assert [(one.chat_id, one.person_id) for one in more] == [(general, 0), (0, world.outsider.id)]
    assert {(one.subject_id, one.status, one.idle_since) for one in more} == {(world.bob.id, "dnd", NOW)}


async def test_what_changes_nothing_is_told_to_nobody(world: World) -> None:
    await world.unit(presence.end_idle, world.bob.id)
    await world.unit(presence.choose_status, world.bob.id, "dnd")
    await world.unit(presence.choose_status, world.bob.id, "dnd")
    assert len(await told(world)) == 1


async def test_wrong_ones_are_refused(world: World) -> None:
    with pytest.raises(WrongStatusError):
        await world.unit(presence.choose_status, world.bob.id, "DND")
    with pytest.raises(PersonNotFoundError):
        await world.unit(presence.choose_status, 10**12, "dnd")
    assert await told(world) == []
