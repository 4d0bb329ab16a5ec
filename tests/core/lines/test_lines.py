"""Lines as they are configured: what becomes of conversations when a line changes or goes."""

from __future__ import annotations

import pytest

from skvorets.core.lines import lines
from skvorets.core.lines.lines import LineChange, NewLine
from skvorets.errors import LineClosedError, LineNotFoundError
from skvorets.storage import line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.lines import QueueEntry
from support.line_time import VirtualTime
from support.lines import visitor_of
from support.world import World


async def test_conversations_of_a_removed_line_are_closed(world: World, passing: VirtualTime) -> None:
    line = await world.unit(lines.create_line, world.alice.person, NewLine(name="Support"))
    visitors = [await visitor_of(world, line) for _ in range(2)]
    for visitor in visitors:
        await visitor.writes("Hello")
    await world.unit(lines.delete_line, world.alice.person, line.id)
    await passing.pass_s(0)
    for visitor in visitors:
        session = await visitor.session()
        assert (session.is_open, session.status) == (False, 60)
        with pytest.raises(LineClosedError):
            await visitor.writes("Is anybody there?")
    assert await world.unit(_timers) == 0
    with pytest.raises(LineNotFoundError):
        await world.unit(lines.line_by_code, line.code)


async def test_who_waits_is_offered_to_those_who_came_into_the_queue(world: World, passing: VirtualTime) -> None:
    line = await world.unit(lines.create_line, world.alice.person, NewLine(name="Support", queue=[]))
    visitor = await visitor_of(world, line)
    await visitor.writes("Hello")
    session = await visitor.session()
    assert await world.unit(line_sessions.offers_of, session.id) == []
    change = LineChange(queue=[QueueEntry(person_id=world.bob.id)])
    await world.unit(lines.change_line, world.alice.person, line.id, change)
    await passing.pass_s(0)
    assert [one.person_id for one in await world.unit(line_sessions.offers_of, session.id)] == [world.bob.id]


async def test_a_line_without_changes_is_left_alone(world: World) -> None:
    line = await world.unit(lines.create_line, world.alice.person, NewLine(name="Support"))
    same = LineChange(name=" Support ", active=True, queue=[QueueEntry(person_id=world.alice.id)])
    assert await world.unit(lines.change_line, world.alice.person, line.id, same) == line


async def _timers(tx: Tx) -> int:
    count: int = await tx.val("SELECT count(*) FROM line_timers")
    return count
