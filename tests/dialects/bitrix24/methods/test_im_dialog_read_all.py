"""``im.dialog.read.all``: all dialogs of the caller and nobody else's."""

from __future__ import annotations

import pytest

from skvorets.storage import members
from skvorets.storage.database import Tx
from support.queries import count_queries
from support.world import Actor, World


async def counter(actor: Actor, dialog: object) -> int:
    return int((await actor.call("im.dialog.get", DIALOG_ID=dialog))["counter"])


@pytest.mark.parametrize("name", ["im.dialog.read.all", "im.dialog.readAll", "im.dialog.readall"])
async def test_everything_is_read_for_the_caller_alone(world: World, name: str) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="x")
    answer = await world.bob.ask(name)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await counter(world.bob, f"chat{chat_id}") == 0
    assert await counter(world.bob, world.alice.id) == 0
    assert await counter(world.carol, f"chat{chat_id}") == 2
    assert len(await world.events("dialog.read")) == 2


async def test_marks_set_by_hand_go_and_a_second_call_records_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.dialog.read.all")
    await world.unit(mark_by_hand, chat_id, world.alice.id)
    await world.alice.call("im.dialog.read.all")
    assert not (await world.unit(members.find, chat_id, world.alice.id)).marked_unread
    assert len(await world.events("dialog.changed")) == 1
    before = len(await world.events())
    await world.alice.call("im.dialog.read.all")
    assert len(await world.events()) == before


async def test_two_statements_however_many_chats(world: World) -> None:
    for _ in range(5):
        chat_id = await world.chat(world.bob, world.alice)
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="x")
        with count_queries(world) as queries:
            await world.alice.call("im.dialog.read.all")
        assert queries.count == 2, queries.statements
        assert (await world.alice.call("im.counters.get"))["TYPE"]["ALL"] == 0


async def mark_by_hand(tx: Tx, chat_id: int, person_id: int) -> None:
    await members.change(tx, chat_id, person_id, marked_unread=1)
