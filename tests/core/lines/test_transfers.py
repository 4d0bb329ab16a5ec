"""Giving a conversation to a person, a department or another line, see core/lines/transfers.py."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines import transfers
from skvorets.core.lines.sessions import TAKEN, WAITING, has_bot_in_charge
from skvorets.errors import DepartmentNotFoundError, LineNotFoundError, SessionClosedError, WrongOperatorError
from skvorets.storage import departments, lines
from skvorets.storage.database import Tx
from support.line_talks import acts, chat_of, finishes, line_bot, said, seated, takes, timers_of, transfers_to, writes
from support.line_time import VirtualTime
from support.lines import Visitor, line_of, visitor_of
from support.world import World


async def served(world: World, **settings: Any) -> Visitor:
    """Let a customer be served by bob."""
    line = await line_of(world, [world.bob, world.carol], distribution="evenly", offer_s=20, **settings)
    visitor = await visitor_of(world, line)
    await visitor.writes("Hi")
    await writes(world.bob, visitor, "Hello")
    return visitor


async def test_a_person_is_asked_and_the_others_leave(world: World) -> None:
    visitor = await served(world)
    await transfers_to(world.bob, visitor, world.stranger)
    session = await visitor.session()
    assert (session.status, session.operator_id, session.transfers) == (WAITING, 0, 1)
    assert (await chat_of(world, session.chat_id)).owner_id == 0
    assert await seated(visitor) == {world.stranger.id}
    assert await timers_of(visitor) == {"offer": 20}
    told = f"[USER={world.bob.id}]Bob Ivanov[/USER] передал диалог сотруднику"
    assert (await said(visitor))[-1] == f"{told} [USER={world.stranger.id}]Stranger Chuzhoy[/USER]"
    await writes(world.stranger, visitor, "What is it?")
    assert (await visitor.session()).operator_id == world.stranger.id


async def test_the_queue_goes_on_when_the_person_does_not_answer(world: World, passing: VirtualTime) -> None:
    visitor = await served(world)
    await transfers_to(world.bob, visitor, world.stranger)
    await passing.pass_s(21)
    assert await seated(visitor) == {world.carol.id}


@pytest.mark.parametrize("who", ["bot", "outsider", "guest", "nobody", "who serves"])
async def test_wrong_people_are_refused(world: World, who: str) -> None:
    visitor = await served(world)
    ids = {"outsider": world.outsider.id, "nobody": 10**9, "who serves": world.bob.id}
    ids |= {"bot": await line_bot(world), "guest": (await visitor.client()).person_id}
    before = await visitor.session()
    with pytest.raises(WrongOperatorError):
        await acts(world.bob, visitor, transfers.transfer_to_person, ids[who])
    assert await visitor.session() == before


@pytest.mark.parametrize("leaves", [True, False])
async def test_a_bot_stays_until_somebody_has_it_or_goes_at_once(world: World, leaves: bool) -> None:  # noqa: FBT001
    bot = await line_bot(world)
    line = await line_of(world, [world.bob], bot=bot)
    visitor = await visitor_of(world, line)
    await visitor.writes("Hi")
    await transfers_to(world.alice, visitor, world.carol, leaves=leaves)
    assert await seated(visitor) == ({world.carol.id} if leaves else {bot, world.carol.id})
    assert not has_bot_in_charge(await visitor.session())
    await takes(world.carol, visitor)
    assert await seated(visitor) == {world.carol.id}


async def test_another_line_serves_by_its_own_queue(world: World) -> None:
    visitor = await served(world)
    other = await line_of(world, [world.alice], name="Sales", distribution="strictly")
    await transfers_to(world.bob, visitor, other.id)
    session = await visitor.session()
    assert (session.line_id, session.first_line_id) == (other.id, (await visitor.client()).line_id)
    assert await seated(visitor) == {world.alice.id}
    data = (await chat_of(world, session.chat_id)).entity_data_1
    assert data == f"N|NONE|0|N|N|{session.id}|{session.started_at // 1000}|{other.id}|0|0"
    assert "передал диалог из линии «Support» в линию «Sales»" in "".join(await said(visitor))


async def test_lines_that_are_not_there_are_refused(world: World) -> None:
    visitor = await served(world)
    closed = await line_of(world, [world.alice], name="Closed")
    await world.unit(_close, closed.id)
    for line_id in (closed.id, 10**9):
        with pytest.raises(LineNotFoundError):
            await acts(world.bob, visitor, transfers.transfer_to_line, line_id)
    await world.unit(_close, (await visitor.client()).line_id)
    assert (await finishes(world.bob, visitor)).closed_at
    with pytest.raises(SessionClosedError):
        await transfers_to(world.bob, visitor, world.carol)


async def test_everybody_of_a_department_is_asked(world: World, passing: VirtualTime) -> None:
    visitor = await served(world)
    department = await world.unit(departments.insert, "Lawyers", 0)
    for one in (world.alice, world.stranger, world.outsider, world.bob):
        await world.unit(departments.add_person, department, one.id)
    await acts(world.bob, visitor, transfers.transfer_to_department, department)
    assert await seated(visitor) == {world.alice.id, world.stranger.id}
    assert await timers_of(visitor) == {"offer": 3600}
    await takes(world.alice, visitor)
    assert (await seated(visitor), (await visitor.session()).status) == ({world.alice.id}, TAKEN)
    empty = await world.unit(departments.insert, "Nobody", 0)
    for wrong, error in ((empty, WrongOperatorError), (10**9, DepartmentNotFoundError)):
        with pytest.raises(error):
            await acts(world.alice, visitor, transfers.transfer_to_department, wrong)


async def _close(tx: Tx, line_id: int) -> None:
    await lines.change(tx, line_id, active=0)
