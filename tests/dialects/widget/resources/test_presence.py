"""A visitor who reads, types and listens; what he gets of what operators do."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from skvorets.core.events import PersonChanged, TypingStarted, record
from skvorets.realtime.customers import MAX_OF_ADDRESS, MAX_OF_CUSTOMER
from skvorets.storage import people
from skvorets.storage.database import Tx
from support.lines import line_of
from support.push import Push, refusal_of, until_gone
from support.widgets import Refused, client_of, mark_as_spam, window_of
from support.world import World


async def test_operators_see_that_the_visitor_types(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    await window.post("typing")  # before his first message there is nobody to see it
    await window.say("Good day")

    assert await window.post("typing") is None

    chat_id = (await client_of(window)).chat_id
    assert [(one.chat_id, one.actor_id) for one in await world.events("typing.started")] == [  # type: ignore[attr-defined]
        (chat_id, window.person_id)
    ]


async def test_reading_is_seen_on_both_sides(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    mine = await window.say("Good day")
    chat_id = (await client_of(window)).chat_id
    assert (await window.get("messages"))["seenId"] == 0
    twin = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Hello")  # who answers has read
    page = await window.get("messages")
    answer = page["messages"][-1]
    assert page["readId"] == mine["id"]
    assert page["seenId"] >= mine["id"]

    await window.post("read", messageId=answer["id"])

    assert (await window.get("messages"))["readId"] == answer["id"]
    reads: list[Any] = [one for one in await world.events("dialog.read") if one.reader_id == window.person_id]  # type: ignore[attr-defined]
    assert twin in [one.message_id for one in reads if one.chat_id == chat_id]
    assert (await window.post("hello", line=window.line.code if window.line else ""))["unread"] == 0


async def test_a_socket_brings_what_is_said_and_typed(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    await window.say("Good day")
    client = await client_of(window)
    chat_id, own_id = client.chat_id, client.client_chat_id
    async with await window.listen() as push:
        await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Hello")
        await world.alice.call("im.dialog.writing", DIALOG_ID=f"chat{chat_id}")
        frames = await push.rest()

    kinds = [one["type"] for one in frames]
    assert {"message.added", "line.client", TypingStarted.kind} <= set(kinds)
    assert {one["chatId"] for one in frames if "chatId" in one} == {own_id}


async def test_a_ticket_is_good_once(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    answer = await window.post("ticket")
    assert answer.keys() == {"ticket", "expiresIn"}

    async with Push(world, answer["ticket"]):
        pass
    assert await refused(world, answer["ticket"]) == (401, "not_recognised")


async def test_sockets_of_a_visitor_are_limited(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    other = await window_of(world, window.line)  # type: ignore[arg-type]
    open_ones = [await window.listen() for _ in range(MAX_OF_CUSTOMER)]
    for one in open_ones:
        await one.__aenter__()
    ticket = (await window.post("ticket"))["ticket"]

    assert await refused(world, ticket) == (429, "too_many_sockets")

    async with await other.listen():
        pass
    await open_ones[0].__aexit__(None, None, None)
    await until_fewer(world, MAX_OF_CUSTOMER)
    async with Push(world, ticket):  # it was not spent by the refusal
        pass
    for one in open_ones[1:]:
        await one.__aexit__(None, None, None)
    await until_gone(world)
    assert not world.app.push._customers._customers
    assert not world.app.push._customers._addresses


async def test_sockets_of_an_address_are_limited(world: World) -> None:
    line = await line_of(world, [world.alice])
    sockets = world.app.push._customers
    for number in range(MAX_OF_ADDRESS):
        assert sockets.enter(10_000 + number, "127.0.0.1")
    window = await window_of(world, line)

    assert await refused(world, (await window.post("ticket"))["ticket"]) == (429, "too_many_sockets")
    for number in range(MAX_OF_ADDRESS):
        sockets.leave(10_000 + number, "127.0.0.1")
    async with await window.listen():
        pass


async def test_a_blocked_visitors_sockets_end(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    await window.say("Buy my goods")
    async with await window.listen() as push:
        await mark_as_spam(window, world.alice)
        assert await push.close_code() == 4401


async def test_a_disabled_visitors_sockets_end(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    async with await window.listen() as push:
        await world.unit(_disable, window.person_id)
        assert await push.close_code() == 4401
    with pytest.raises(Refused, match="401 wrong_token"):
        await window.get("messages")


async def _disable(tx: Tx, person_id: int) -> None:
    await people.change(tx, person_id, active=0)
    await record(tx, PersonChanged(subject_id=person_id))


async def refused(world: World, ticket: str) -> tuple[int, str]:
    return await refusal_of(world, f"?ticket={ticket}")


async def until_fewer(world: World, count: int) -> None:
    async with asyncio.timeout(5):
        while sum(world.app.push._customers._customers.values()) >= count:  # noqa: ASYNC110 — no event of ours
            await asyncio.sleep(0.005)
