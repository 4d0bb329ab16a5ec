"""Who may act in, and read, the chats of open lines, see core/lines/desk.py."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines import desk
from skvorets.errors import ChatNotFoundError, NotALineChatError
from skvorets.storage import departments, lines
from skvorets.storage import people as people_rows
from skvorets.storage.database import Tx
from skvorets.storage.lines import QueueEntry
from support.line_talks import chat_of, seated, takes, transfers_to
from support.lines import Visitor, line_of, visitor_of
from support.world import Actor, World


async def taken(world: World, **more: Any) -> Visitor:
    """Let bob serve a customer of a line which carol serves, too."""
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol], **more))
    await visitor.writes("Hi")
    await takes(world.bob, visitor)
    return visitor


async def served(actor: Actor, chat_id: int) -> desk.Served:
    async def read(tx: Tx) -> desk.Served:
        person = await people_rows.find(tx, actor.id)
        assert person is not None
        return await desk.session_to_serve(tx, person, chat_id)

    found: desk.Served = await actor.world.app.store.read(read)
    return found


async def test_members_operators_and_administrators_may(world: World) -> None:
    visitor = await taken(world)
    chat_id = await visitor.chat_id()
    for who in (world.bob, world.carol, world.alice):
        found = await served(who, chat_id)
        assert (found.chat.id, found.client.id, found.session.operator_id) == (chat_id, visitor.client_id, world.bob.id)
        read = await who.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
        assert "Hi" in [one["text"] for one in read["messages"]]


async def test_strangers_may_not(world: World) -> None:
    visitor = await taken(world)
    chat_id = await visitor.chat_id()
    for who in (world.stranger, world.outsider):
        with pytest.raises(ChatNotFoundError):
            await served(who, chat_id)
        assert (await who.refused("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}"))[1] == "ACCESS_ERROR"
        await who.refused("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Hi")


async def test_people_of_a_department_in_the_queue_may(world: World) -> None:
    visitor = await taken(world)
    line_id = (await visitor.client()).line_id
    department = await world.unit(departments.insert, "Support", 0)
    await world.unit(departments.add_person, department, world.stranger.id)
    await world.unit(lines.set_queue, line_id, [QueueEntry(department_id=department)])
    assert (await served(world.stranger, await visitor.chat_id())).line.id == line_id
    with pytest.raises(ChatNotFoundError):
        await served(world.carol, await visitor.chat_id())


async def test_operators_of_the_line_that_has_it_now_may(world: World) -> None:
    visitor = await taken(world)
    other = await line_of(world, [world.stranger], name="Sales")
    await transfers_to(world.bob, visitor, other.id)
    for who in (world.stranger, world.carol):
        assert (await served(who, await visitor.chat_id())).line.id == other.id


async def test_an_outsider_who_was_invited_reads_and_writes_but_serves_nobody(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob]))
    await visitor.writes("Hi")
    chat_id = await visitor.chat_id()
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.outsider.id])
    await world.outsider.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="I know that")
    assert ((await visitor.texts())[-1], (await visitor.session()).operator_id) == ("I know that", 0)
    with pytest.raises(ChatNotFoundError):
        await served(world.outsider, chat_id)


async def test_other_chats_are_none_of_lines(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    forged = await world.bob.call(
        "im.chat.add", USERS=[world.carol.id], ENTITY_TYPE="LINES", ENTITY_ID="livechat|1|1|1", TITLE="X"
    )
    for one in (chat_id, forged):
        with pytest.raises(NotALineChatError):
            await served(world.bob, one)
        with pytest.raises(ChatNotFoundError):
            await served(world.stranger, one)
    with pytest.raises(ChatNotFoundError):
        await served(world.bob, 10**9)


async def test_reading_from_outside_makes_nobody_a_member(world: World) -> None:
    visitor = await taken(world)
    await served(world.carol, await visitor.chat_id())
    await world.carol.call("im.dialog.messages.get", DIALOG_ID=f"chat{await visitor.chat_id()}")
    assert await seated(visitor) == {world.bob.id}


async def test_the_customer_is_nobody_s_colleague(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob]), name="Zaphod Beeblebrox")
    await visitor.writes("Hi")
    guest_id, chat_id = (await visitor.client()).person_id, await visitor.chat_id()
    group = await world.chat(world.bob, world.carol)
    assert (await world.bob.ask("im.search.user.list", FIND="Zaphod")).body["total"] == 0
    assert guest_id not in [int(one["ID"]) for one in await world.bob.call("user.get")]
    await world.bob.refused("im.message.add", DIALOG_ID=guest_id, MESSAGE="Psst")
    await world.bob.refused("im.chat.user.add", CHAT_ID=group, USERS=[guest_id])
    made = await world.bob.call("im.chat.add", USERS=[guest_id, world.carol.id], TITLE="X")
    assert await world.bob.call("im.chat.user.list", CHAT_ID=made) == [world.bob.id, world.carol.id]
    await takes(world.bob, visitor)
    await world.bob.refused("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=guest_id)
    await world.bob.refused("im.chat.setOwner", CHAT_ID=chat_id, USER_ID=guest_id)
    assert (await chat_of(world, chat_id)).owner_id == world.bob.id


async def test_a_dismissed_operator_loses_his_customers(world: World) -> None:
    visitor = await taken(world, distribution="strictly")
    await world.unit(_dismiss, world.bob.id)
    await visitor.writes("Are you there?")
    session = await visitor.session()
    assert (session.operator_id, world.carol.id in await seated(visitor)) == (0, True)


async def _dismiss(tx: Tx, person_id: int) -> None:
    await people_rows.change(tx, person_id, active=0)
