"""The push socket through the real door: what comes, in which order, and what never comes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from skvorets.core import messages, people
from skvorets.core.events import DialogChanged, record
from skvorets.realtime import frames
from skvorets.storage import event_log
from skvorets.storage.database import Tx
from support.push import invite, listen, remove, say
from support.world import World


async def test_a_member_sees_each_message_as_it_is_committed(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        for text in ("one", "two", "три"):
            message_id = await say(world.alice, chat_id, text)
            frame = await bob.message()
            assert frame.keys() == {"type", "position", "chatId", "at", "data"}
            assert (frame["chatId"], frame["data"]["id"], frame["data"]["text"]) == (chat_id, message_id, text)
            assert frame["at"] == frame["data"]["created_at"]


async def test_the_order_is_the_order_of_the_log(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        await asyncio.gather(*(say(world.alice, chat_id, f"m{number}") for number in range(40)))
        seen = [(await bob.message())["data"]["seq"] for _ in range(40)]
    assert seen == sorted(seen)
    assert len(set(seen)) == 40


async def test_nobody_else_hears_of_it(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.stranger) as stranger, await listen(world.bob) as bob:
        await say(world.alice, chat_id, "between us")
        await bob.message()
        assert await stranger.rest() == []


async def test_both_sockets_of_one_person_get_everything_once(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as first, await listen(world.bob) as second:
        await say(world.alice, chat_id, "twice")
        for each in (first, second):
            await each.texts("twice")
            assert [frame for frame in await each.rest() if frame["type"] == "message.added"] == []
        await first.socket.close()
        await say(world.alice, chat_id, "still there")
        await second.texts("still there")


async def test_two_hundred_sockets_get_one_message_that_is_encoded_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    encoded: list[str] = []
    original = frames.event_frame

    def count(stored: event_log.StoredEvent) -> bytes:
        encoded.append(stored.kind)
        return original(stored)

    async with AsyncExitStack() as stack:
        people_ = (world.alice, world.bob, world.carol)
        sockets = [await stack.enter_async_context(await listen(people_[number % 3])) for number in range(200)]
        monkeypatch.setattr(frames, "event_frame", count)
        await say(world.alice, chat_id, "to all")
        for socket in sockets:
            assert (await socket.message())["data"]["text"] == "to all"
    assert encoded.count("message.added") == 1


async def test_a_new_member_hears_of_it_and_from_then_on(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.carol) as carol:
        await say(world.alice, chat_id, "before")
        await invite(world, world.alice, chat_id, world.carol)
        frame = await carol.frame()
        assert (frame["type"], frame["data"]["person_ids"]) == ("members.joined", [world.carol.id])
        await say(world.bob, chat_id, "welcome")
        assert "before" not in await carol.texts("welcome")


async def test_an_ex_member_gets_nothing_after_the_event_of_his_leaving(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    async with await listen(world.bob) as bob, await listen(world.carol) as carol:
        await asyncio.gather(
            *(say(world.alice, chat_id, f"m{number}") for number in range(10)),
            remove(world, world.alice, chat_id, world.bob),
            *(say(world.alice, chat_id, f"n{number}") for number in range(10)),
        )
        await say(world.alice, chat_id, "secret")
        everything = await carol.rest()
        heard = await bob.rest()
    leaving = next(number for number, frame in enumerate(everything) if frame["type"] == "members.left")
    assert heard == everything[: leaving + 1]


async def test_a_member_without_history_does_not_see_old_messages_when_they_are_changed(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    old = await say(world.alice, chat_id, "old")
    await invite(world, world.alice, chat_id, world.carol, shows_history=False)
    async with await listen(world.carol) as carol, await listen(world.bob) as bob:
        start = carol.position
        change = messages.MessageChange(text="old, but changed")
        await world.unit(messages.change_message, world.alice.person, old, change)
        new = await say(world.alice, chat_id, "new")
        assert [frame["type"] for frame in await bob.rest()][:1] == ["message.changed"]
        seen = await carol.rest()
    assert old not in [frame["data"].get("id") for frame in seen]
    assert new in [frame["data"].get("id") for frame in seen]
    async with await listen(world.carol, start) as again:
        assert [frame["position"] for frame in await again.rest()] == [frame["position"] for frame in seen]


async def test_a_personal_event_goes_to_that_person_only(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)

    async def mute(tx: Tx) -> None:
        await record(tx, DialogChanged(chat_id=chat_id, person_id=world.bob.id, changed=["muted"]))

    async with await listen(world.alice) as alice, await listen(world.bob) as bob:
        await world.unit(mute)
        frame = await bob.frame()
        assert (frame["type"], frame["data"]["changed"]) == ("dialog.changed", ["muted"])
        assert await alice.rest() == []


async def test_internal_events_never_leave_the_server(world: World) -> None:
    async with await listen(world.bob) as bob:
        await world.unit(people.add_person, people.NewPerson(first_name="New", kind="guest"))
        await world.install()
        assert await bob.rest() == []
