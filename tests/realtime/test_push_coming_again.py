"""Who comes again to the push socket gets what he missed, or hears that it cannot be told."""

from __future__ import annotations

import asyncio

import pytest

from skvorets.realtime import arrival
from skvorets.storage import event_log
from skvorets.storage.database import Tx
from support.push import Push, invite, listen, refusal_of, remove, say, ticket_of
from support.world import Actor, World


async def test_who_comes_again_gets_what_he_missed_and_then_the_rest(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        await say(world.alice, chat_id, "seen")
        await bob.texts("seen")
        position = bob.position
    missed = [await say(world.alice, chat_id, f"missed {number}") for number in range(3)]
    async with await listen(world.bob, position) as bob:
        assert bob.position == position  # hello says where the missed ones begin
        assert [(await bob.message())["data"]["id"] for _ in missed] == missed
        live = await say(world.alice, chat_id, "live")
        assert (await bob.message())["data"]["id"] == live


async def test_who_missed_nothing_gets_nothing(world: World) -> None:
    await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        position = bob.position
    async with await listen(world.bob, position) as bob:
        assert bob.position == position
        assert await bob.rest() == []


async def test_no_gap_and_no_repetition_while_others_write(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        position = bob.position
    writing = asyncio.gather(*(_write_slowly(world.alice, chat_id, name) for name in "abcd"))
    seen: list[str] = []
    for round_ in range(30):
        async with await listen(world.bob, position) as bob:
            for _ in range(2 if round_ < 29 else 0):
                seen.append((await bob.message())["data"]["text"])
                position = bob.position
            if round_ == 29:
                await writing
                seen += [one["data"]["text"] for one in await bob.rest() if one["type"] == "message.added"]
    expected = [f"{name}{number}" for name in "abcd" for number in range(20)]
    assert sorted(seen) == sorted(expected)


async def _write_slowly(actor: Actor, chat_id: int, name: str) -> None:
    for number in range(20):
        await say(actor, chat_id, f"{name}{number}")
        await asyncio.sleep(0.005)


async def test_what_was_missed_of_a_chat_that_was_left_is_only_that(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        position = bob.position
    await say(world.alice, chat_id, "while away")
    await remove(world, world.alice, chat_id, world.bob)
    await say(world.alice, chat_id, "behind his back")
    async with await listen(world.bob, position) as bob:
        assert [(one["type"], one["chatId"]) for one in await bob.rest()] == [("members.left", chat_id)]


async def test_what_was_missed_of_a_new_chat_begins_with_joining(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.carol) as carol:
        position = carol.position
    await say(world.alice, chat_id, "before")
    await invite(world, world.alice, chat_id, world.carol)
    await say(world.alice, chat_id, "after")
    async with await listen(world.carol, position) as carol:
        seen = await carol.rest()
    assert seen[0]["type"] == "members.joined"
    assert seen[-1]["data"]["text"] == "after"
    assert "before" not in [one["data"].get("text") for one in seen]


@pytest.mark.parametrize("since", ["0-999999", "99999999-1", "7-1"])
async def test_an_unknown_position_is_answered_by_reset(world: World, since: str) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob, since) as bob:
        hello = bob.position
        assert await bob.frame() == {"type": "reset", "position": hello}
        await say(world.alice, chat_id, "goes on")
        await bob.texts("goes on")


async def test_a_position_that_was_pruned_is_answered_by_reset_and_the_end_of_the_log_is_not(world: World) -> None:
    await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        position = bob.position

    async def prune(tx: Tx) -> int:
        return await event_log.prune(tx, before=tx.now + 10_000, below_id=2**40)

    chat_id = await world.chat(world.alice, world.bob)
    assert await world.unit(prune) > 0
    end = ""
    for old in ("0-0", position):
        async with await listen(world.bob, old) as bob:
            assert (await bob.frame())["type"] == "reset"
            end = bob.position
    async with await listen(world.bob, end) as bob:
        assert await bob.rest() == []
    await say(world.alice, chat_id, "later")
    async with await listen(world.bob, end) as bob:
        assert await bob.texts("later") == ["later"]


async def test_too_much_to_tell_is_answered_by_reset(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        position = bob.position
    for number in range(6):
        await say(world.alice, chat_id, f"m{number}" * 20)
    for limit, value in (("MAX_ROWS", 5), ("MAX_EVENTS", 5), ("MAX_CHARACTERS", 200)):
        with monkeypatch.context() as patch:
            patch.setattr(arrival, limit, value)
            async with await listen(world.bob, position) as bob:
                assert (await bob.frame())["type"] == "reset", limit
    async with await listen(world.bob, position) as bob:
        assert len(await bob.texts("m5" * 20)) == 6


@pytest.mark.parametrize("since", ["", "5", "a-b", "0-1-2", "-1-5", "0-1%20", f"0-{'9' * 30}", "0-9223372036854775808"])
async def test_a_malformed_position_is_refused(world: World, since: str) -> None:
    ticket = await ticket_of(world.bob)
    assert await refusal_of(world, f"?ticket={ticket}&since={since}") == (400, "malformed")
    async with Push(world, ticket):  # and the ticket is still good
        pass
