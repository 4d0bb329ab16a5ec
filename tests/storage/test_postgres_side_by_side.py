"""Units run side by side: the same outcomes as one by one, and everything else gives way to one by one."""

from __future__ import annotations

import asyncio

import pytest

from skvorets.storage.database import Portal, Row
from skvorets.storage.postgres_lane import MIN_SIDE_BY_SIDE
from skvorets.storage.postgres_side_by_side import NotSideBySideError, Running, SideBySideTx, run_side_by_side
from support.world import World

MANY = 24


class Table:
    """Answers each statement with its argument doubled, and counts the round trips."""

    def __init__(self) -> None:
        self.round_trips = 0

    async def fetch(self, sql: str, args: list[tuple[object, ...]]) -> list[Row]:
        del sql
        self.round_trips += 1
        return [(2 * int(str(one[0])),) for one in args]


async def twice(tx: SideBySideTx, number: int) -> int:
    first: int = (await tx.one("SELECT first", number))[0]
    second: int = (await tx.one("SELECT second", first))[0]
    return second


async def refusing(tx: SideBySideTx, number: int) -> int:
    if (await tx.one("SELECT first", number))[0] == 2:
        raise ValueError(number)
    return number


async def asking_more(tx: SideBySideTx, number: int) -> int:
    await tx.one("SELECT first", number)
    count: int = await tx.do("UPDATE something", number)
    return count


def running(fn: object, count: int) -> list[Running]:
    txs = [SideBySideTx(Portal("", b""), 0) for _ in range(count)]
    return [Running(number, fn(tx, number), tx) for number, tx in enumerate(txs)]  # type: ignore[operator]  # one of the units above


async def test_a_round_trip_serves_the_same_statement_of_all_units() -> None:
    table = Table()
    finished = await run_side_by_side(table.fetch, running(twice, MANY))
    assert [one.value for one in finished] == [4 * number for number in range(MANY)]
    assert table.round_trips == 2


async def test_a_refusal_after_the_first_statement_leaves_the_others_alone() -> None:
    finished = await run_side_by_side(Table().fetch, running(refusing, 3))
    assert [type(one.error) for one in finished] == [type(None), ValueError, type(None)]


async def test_another_kind_of_statement_gives_the_batch_up() -> None:
    units = running(asking_more, 2)
    with pytest.raises(NotSideBySideError):
        await run_side_by_side(Table().fetch, units)
    for unit in units:
        unit.coroutine.close()


async def test_messages_sent_at_once_are_all_there_once_in_one_order(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    actors = [world.alice, world.bob]
    dialog = f"chat{chat_id}"

    async def send(number: int) -> int:
        result: int = await actors[number % 2].call("im.message.add", DIALOG_ID=dialog, MESSAGE=f"m{number}")
        return result

    ids = await asyncio.gather(*(send(number) for number in range(MANY * MIN_SIDE_BY_SIDE)))
    assert len(set(ids)) == len(ids)
    page = await world.alice.call("im.dialog.messages.get", DIALOG_ID=dialog, LIMIT=50)
    assert [one["id"] for one in page["messages"]] == sorted(ids, reverse=True)[:50]
    events = await world.events("message.added")
    assert [event.id for event in events if event.chat_id == chat_id][-len(ids) :] == sorted(ids)  # type: ignore[attr-defined]  # MessageAdded


async def test_strangers_wrong_words_and_repeats_among_them_are_answered_as_alone(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    dialog = f"chat{chat_id}"
    answers = await asyncio.gather(
        *(world.alice.ask("im.message.add", DIALOG_ID=dialog, MESSAGE=f"a{number}") for number in range(MANY)),
        *(world.stranger.ask("im.message.add", DIALOG_ID=dialog, MESSAGE="x") for _ in range(4)),
        *(world.bob.ask("im.message.add", DIALOG_ID=dialog, MESSAGE="[USER=1][/USER] hi") for _ in range(4)),
        *(world.bob.ask("im.message.add", DIALOG_ID=dialog, MESSAGE="once", TEMPLATE_ID="t1") for _ in range(4)),
        *(world.bob.ask("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="private") for _ in range(4)),
    )
    assert all(answer.result for answer in answers[:MANY])
    assert {answer.refusal for answer in answers[MANY : MANY + 4]} == {(403, "ACCESS_ERROR")}
    assert all(answer.result for answer in answers[MANY + 4 : MANY + 8])
    assert len({answer.result for answer in answers[MANY + 8 : MANY + 12]}) == 1
    assert len({answer.result for answer in answers[MANY + 12 :]}) == 4
    counters = await world.carol.call("im.counters.get")
    assert counters["DIALOG"] == {str(world.bob.id): 4}
