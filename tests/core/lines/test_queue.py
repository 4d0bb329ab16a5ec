"""Who is asked to take a conversation, and who is next, see core/lines/queue.py."""

from __future__ import annotations

import pytest

from skvorets.core import presence
from skvorets.core.lines import queue, sessions
from skvorets.core.lines.sessions import WAITING
from skvorets.errors import NotAllowedError, SessionClosedError, WrongOperatorError
from skvorets.storage import lines, people
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line, QueueEntry
from support.line_talks import finishes, line_bot, said, seated, skips, takes, timers_of, writes
from support.line_time import VirtualTime
from support.lines import Visitor, line_of, visitor_of
from support.world import Actor, World


async def asking(world: World, line: Line, text: str = "Hi") -> Visitor:
    """Let a new customer write."""
    visitor = await visitor_of(world, line)
    await visitor.writes(text)
    return visitor


async def pause(actor: Actor, line: Line, *, is_paused: bool) -> None:
    async def do(tx: Tx) -> None:
        await queue.pause_operator(tx, actor.person, line.id, is_paused=is_paused)

    await actor.world.unit(do)


async def test_all_are_asked_at_once_and_the_first_one_has_it(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol], distribution="all")
    visitor = await asking(world, line)
    assert await seated(visitor) == {world.bob.id, world.carol.id}
    assert await timers_of(visitor) == {"offer": 3600}
    await takes(world.carol, visitor)
    session = await visitor.session()
    assert (session.status, session.operator_id) == (sessions.TAKEN, world.carol.id)
    assert await seated(visitor) == {world.carol.id}
    assert (await said(visitor))[-1] == f"[USER={world.carol.id}]Carol Sidorova[/USER] взяла диалог"
    assert await timers_of(visitor) == {}


async def test_strictly_goes_through_the_queue_and_begins_again(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.carol, world.bob, world.alice], distribution="strictly", offer_s=20)
    visitor = await asking(world, line)
    asked = [await seated(visitor)]
    for _ in range(4):
        await passing.pass_s(21)
        asked.append(await seated(visitor))
    order = [world.carol.id, world.bob.id, world.alice.id, world.carol.id, world.bob.id]
    assert asked == [{one} for one in order]


async def test_strictly_asks_each_customer_from_the_beginning(world: World) -> None:
    line = await line_of(world, [world.carol, world.bob], distribution="strictly")
    assert [await seated(await asking(world, line)) for _ in range(2)] == [{world.carol.id}] * 2


async def test_evenly_asks_whom_nobody_asked_for_longest(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.bob, world.carol, world.alice], distribution="evenly")
    asked = []
    for _ in range(4):
        passing.ahead_ms += 10
        asked.append(await seated(await asking(world, line)))
    assert asked == [{one.id} for one in (world.bob, world.carol, world.alice, world.bob)]


async def test_who_wrote_to_other_operators_stays_when_he_loses_it(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.bob, world.carol], distribution="strictly", offer_s=20)
    visitor = await asking(world, line)
    chat_id = await visitor.chat_id()
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="who knows?", SKIP_CONNECTOR="Y")
    await passing.pass_s(21)
    assert await seated(visitor) == {world.bob.id, world.carol.id}


async def test_who_is_asked_has_it_unread_in_his_list(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.bob, world.carol], distribution="strictly", offer_s=20)
    visitor = await asking(world, line, "One")
    await visitor.writes("Two")
    counters = await world.bob.call("im.counters.get")
    assert counters["TYPE"]["LINES"] == 2
    await passing.pass_s(21)
    assert (await world.bob.call("im.counters.get"))["TYPE"]["LINES"] == 0
    assert (await world.carol.call("im.counters.get"))["TYPE"]["LINES"] == 2
    [item] = await world.carol.call("im.recent.get", ONLY_OPENLINES="Y")
    assert int(item["chat"]["id"]) == await visitor.chat_id()


async def test_a_skip_asks_the_next_one(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol], distribution="strictly")
    visitor = await asking(world, line)
    assert await skips(world.bob, visitor)
    assert await seated(visitor) == {world.carol.id}
    assert (await visitor.session()).status == WAITING
    with pytest.raises(NotAllowedError):
        await skips(world.bob, visitor)


async def test_who_serves_may_give_it_back(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol], distribution="strictly")
    visitor = await asking(world, line)
    await takes(world.bob, visitor)
    assert await skips(world.bob, visitor)
    session = await visitor.session()
    assert (session.status, session.operator_id) == (WAITING, 0)
    assert await seated(visitor) == {world.carol.id}


async def test_a_single_operator_cannot_skip(world: World) -> None:
    visitor = await asking(world, await line_of(world, [world.bob], distribution="strictly"))
    assert not await skips(world.bob, visitor)
    assert await seated(visitor) == {world.bob.id}
    told = f"[USER={world.bob.id}]Bob Ivanov[/USER], вы единственный оператор в очереди: передать диалог некому"
    assert (await said(visitor))[-1] == told


async def test_nobody_free_makes_it_wait_until_somebody_finishes(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.bob], distribution="evenly", max_sessions=1, asks_rating=False, auto_close_s=0)
    first, second = [await asking(world, line) for _ in range(2)]
    assert [await seated(one) for one in (first, second)] == [{world.bob.id}, set()]
    assert ((await second.session()).status, await timers_of(second)) == (WAITING, {"retry": 3600})
    third = await asking(world, line)
    await takes(world.bob, first)
    await passing.pass_s(0)
    assert [await seated(one) for one in (second, third)] == [set(), set()]
    await finishes(world.bob, first)
    await passing.pass_s(0)
    assert [await seated(one) for one in (second, third)] == [{world.bob.id}, set()]


async def test_all_who_wait_are_asked_for_when_there_is_room_for_all(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.bob], distribution="evenly")
    await pause(world.bob, line, is_paused=True)
    waiting = [await asking(world, line) for _ in range(3)]
    await pause(world.bob, line, is_paused=False)
    assert await passing.pass_s(0) == 3
    assert [await seated(one) for one in waiting] == [{world.bob.id}] * 3


async def test_new_customers_stand_behind_those_who_wait(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.bob], distribution="evenly", max_sessions=1)
    await pause(world.bob, line, is_paused=True)
    first = await asking(world, line)
    await world.unit(lines.set_queue, line.id, [QueueEntry(person_id=world.carol.id)])
    second = await asking(world, line)
    assert await seated(second) == set()
    await passing.pass_s(0)
    assert [await seated(one) for one in (first, second)] == [{world.carol.id}, set()]


async def test_a_paused_operator_is_not_asked_and_gets_what_waits_afterwards(
    world: World, passing: VirtualTime
) -> None:
    line = await line_of(world, [world.bob], distribution="all")
    await pause(world.bob, line, is_paused=True)
    visitor = await asking(world, line)
    assert await seated(visitor) == set()
    await pause(world.bob, line, is_paused=False)
    await passing.pass_s(0)
    assert await seated(visitor) == {world.bob.id}


async def test_only_those_who_are_here_are_asked_when_the_line_wants_that(world: World, passing: VirtualTime) -> None:
    line = await line_of(world, [world.bob, world.carol], distribution="all", checks_available=True)
    await seen(world, world.bob)
    visitor = await asking(world, line)
    assert await seated(visitor) == {world.bob.id}
    await world.unit(presence.choose_status, world.bob.id, "dnd")
    other = await asking(world, line)
    assert (await seated(other), await timers_of(other)) == (set(), {"retry": 60})
    await world.unit(presence.choose_status, world.bob.id, "online")
    await seen(world, world.bob)
    await passing.pass_s(61)
    assert await seated(other) == {world.bob.id}
    passing.ahead_ms += queue.AWAY_AFTER_MS
    assert await seated(await asking(world, line)) == set()


async def seen(world: World, actor: Actor) -> None:
    async def see(tx: Tx) -> None:
        await people.change(tx, actor.id, last_seen=tx.now)

    await world.unit(see)


async def test_the_customer_is_told_once_that_nobody_answers(world: World, passing: VirtualTime) -> None:
    line = await line_of(
        world, [world.bob], distribution="evenly", offer_s=0, no_answer_s=30, no_answer_text="Please wait"
    )
    visitor = await asking(world, line)
    await passing.pass_s(31)
    await passing.pass_s(31)
    assert await visitor.texts() == ["Hi", "Please wait"]
    other = await asking(world, line)
    await writes(world.bob, other, "Here I am")
    await passing.pass_s(31)
    assert await other.texts() == ["Hi", "Here I am"]


async def test_nobody_takes_what_another_one_has(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol], asks_rating=False)
    visitor = await asking(world, line)
    await takes(world.bob, visitor)
    with pytest.raises(NotAllowedError):
        await takes(world.carol, visitor)
    with pytest.raises(WrongOperatorError):
        await takes(world.outsider, visitor, takes_over=True)
    await takes(world.carol, visitor, takes_over=True)
    assert (await visitor.session()).operator_id == world.carol.id
    assert await seated(visitor) == {world.carol.id}
    await finishes(world.carol, visitor)
    with pytest.raises(SessionClosedError):
        await takes(world.bob, visitor)


@pytest.mark.parametrize(("stays", "left"), [("queue", False), ("close", True)])
async def test_a_bot_hands_over_at_zero(world: World, stays: str, left: bool) -> None:  # noqa: FBT001
    bot = await line_bot(world)
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot, bot_leaves=stays))
    await visitor.writes("10")
    assert await seated(visitor) == {bot}
    await visitor.writes(" 0 ")
    session = await visitor.session()
    assert (session.status, session.operator_id, sessions.has_bot_in_charge(session)) == (WAITING, 0, False)
    assert await seated(visitor) == ({bot, world.bob.id} if left else {world.bob.id})
    assert "Чат-бот передаёт диалог оператору" in await said(visitor)
    assert "bot" not in await timers_of(visitor)
