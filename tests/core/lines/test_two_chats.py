"""A customer sees his own chat and nothing else, see docs/adr/0008-two-chats-per-customer.md; what that costs."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest

from skvorets.core.lines import modes, outlets, relay
from skvorets.storage import line_sessions, people
from skvorets.storage.database import Tx
from support.files import upload
from support.line_talks import takes
from support.lines import Visitor, line_of, messages_of, visitor_of
from support.queries import count_queries
from support.world import World

# Statements of `im.message.add`: into a group, and by an operator into the chat of a line. PostgreSQL needs fewer.
COSTS = {"sqlite": {"group": 4, "line": 16}, "postgres": {"group": 2, "line": 13}}


async def talk(world: World) -> tuple[Visitor, str]:
    """Let a customer write and bob take the conversation; with the dialog of the operators' chat."""
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol]), name="Ann")
    await visitor.writes("Hi")
    await takes(world.bob, visitor)
    return visitor, f"chat{await visitor.chat_id()}"


async def test_what_both_shall_see_is_in_both_chats(world: World) -> None:
    visitor, dialog = await talk(world)
    first = await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="Good day")
    await visitor.writes("Where is my parcel?")
    assert await visitor.texts() == ["Hi", "Good day", "Where is my parcel?"]
    await world.bob.call("im.message.update", MESSAGE_ID=first, MESSAGE="Good evening")
    assert (await visitor.texts())[1] == "Good evening"
    await world.bob.call("im.message.delete", MESSAGE_ID=first)
    assert "Good evening" not in await visitor.texts()


async def test_what_is_for_operators_never_reaches_the_customer(world: World) -> None:
    visitor, dialog = await talk(world)
    known = await visitor.texts()
    whisper = await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="He is rude", SKIP_CONNECTOR="Y")
    await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="A line of the system", SYSTEM="Y")
    chat_id = await visitor.chat_id()
    hidden = {"UPLOAD_ID": await upload(world.bob, chat_id), "SILENT_MODE": "Y"}
    assert await world.bob.call("im.disk.file.commit", CHAT_ID=chat_id, **hidden)
    session_id = (await visitor.session()).id
    await world.unit(_silence, world.bob.id, session_id, True)
    silent = await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="Still rude")
    await world.unit(_silence, world.bob.id, session_id, False)
    await world.bob.call("im.message.update", MESSAGE_ID=whisper, MESSAGE="He is very rude")
    await world.bob.call("im.message.update", MESSAGE_ID=silent, MESSAGE="Still very rude")
    await world.bob.call("im.message.like", MESSAGE_ID=whisper)
    await world.bob.call("im.message.delete", MESSAGE_ID=silent)
    assert await visitor.texts() == known
    assert len(await messages_of(world, chat_id)) > len(known) + 3


async def test_nobody_else_sits_in_the_customers_chat(world: World) -> None:
    visitor, dialog = await talk(world)
    client = await visitor.client()
    for actor in (world.alice, world.bob):
        assert await actor.refused("im.dialog.messages.get", DIALOG_ID=f"chat{client.client_chat_id}")
        assert await actor.refused("im.chat.user.add", CHAT_ID=client.client_chat_id, USERS=[world.carol.id])
    assert await world.bob.call("im.dialog.messages.get", DIALOG_ID=dialog)


@pytest.mark.parametrize("writes_operator", [True, False])
async def test_both_copies_are_written_or_none(world: World, *, writes_operator: bool) -> None:
    visitor, dialog = await talk(world)
    client = await visitor.client()
    before = [one.id for one in await messages_of(world, client.chat_id)]
    # What writes the second copy breaks, after the first one was written.
    broken = (outlets, "post_message") if writes_operator else (relay, "_in_own_chat")
    with mock.patch.object(*broken, side_effect=_BrokenError):
        if writes_operator:
            assert (await world.bob.ask("im.message.add", DIALOG_ID=dialog, MESSAGE="Good day")).status == 500
        else:
            with pytest.raises(_BrokenError):
                await visitor.writes("Where is my parcel?")
    assert [one.id for one in await messages_of(world, client.chat_id)] == before
    assert await visitor.texts() == ["Hi"]
    await visitor.writes("Hello?")  # the line goes on
    assert (await visitor.texts())[-1] == "Hello?"


async def test_how_many_statements_a_message_costs(world: World) -> None:
    _, dialog = await talk(world)
    group = f"chat{await world.chat(world.bob, world.carol)}"
    counted: dict[str, Any] = {}
    for name, where in (("group", group), ("line", dialog)):
        await world.bob.call("im.message.add", DIALOG_ID=where, MESSAGE="once")
        with count_queries(world) as queries:
            await world.bob.call("im.message.add", DIALOG_ID=where, MESSAGE="twice")
        counted[name] = queries.count
    assert counted == COSTS["postgres" if world.config.database else "sqlite"]


class _BrokenError(Exception):
    pass


async def _silence(tx: Tx, operator_id: int, session_id: int, is_on: bool) -> None:  # noqa: FBT001 — through a queue
    person, session = await people.find(tx, operator_id), await line_sessions.find(tx, session_id)
    assert person is not None
    assert session is not None
    await modes.set_silent(tx, person, session, is_on=is_on)
