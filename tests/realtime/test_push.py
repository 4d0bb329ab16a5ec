"""The push socket through the real door: what comes, in which order, and what never comes."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack
from typing import Any

import msgspec
import pytest

from skvorets.core import access, applications, chats, members, messages, people, webhooks
from skvorets.core.access import Dialog
from skvorets.core.events import DialogChanged, record
from skvorets.realtime import arrival, door, frames, session, tickets
from skvorets.storage import applications as application_rows
from skvorets.storage import event_log
from skvorets.storage.database import Tx
from support.push import Push, listen, refusal_of, ticket_of
from support.world import Actor, World


async def say(actor: Actor, chat_id: int, text: str) -> int:
    message_id: int = await actor.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    return message_id


async def remove(world: World, actor: Actor, chat_id: int, person: Actor) -> None:
    async def unit(tx: Tx) -> None:
        seat = await access.chat_of_member(tx, actor.person, Dialog(chat_id=chat_id))
        await members.remove_member(tx, actor.person, seat, person.id)

    await world.unit(unit)


async def invite(world: World, actor: Actor, chat_id: int, person: Actor, *, shows_history: bool = True) -> None:
    async def unit(tx: Tx) -> None:
        seat = await access.chat_of_member(tx, actor.person, Dialog(chat_id=chat_id))
        await members.add_members(tx, actor.person, seat, [person.id], shows_history=shows_history)

    await world.unit(unit)


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


# ---------------------------------------------------------------- coming again


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


# ---------------------------------------------------------------- tickets and doors


async def test_a_ticket_is_good_once(world: World) -> None:
    ticket = await ticket_of(world.bob)
    async with Push(world, ticket):
        assert await refusal_of(world, f"?ticket={ticket}") == (401, "not_recognised")


async def test_a_ticket_is_good_for_half_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tickets.TICKET_S == 30
    monkeypatch.setattr(tickets, "TICKET_S", -1)
    ticket = await ticket_of(world.bob)
    assert await refusal_of(world, f"?ticket={ticket}") == (401, "not_recognised")


async def test_a_ticket_that_we_did_not_write_opens_nothing(world: World) -> None:
    ticket = await ticket_of(world.bob)
    forged = ticket[:8] + ("A" if ticket[8] != "A" else "B") + ticket[9:]
    for wrong in (forged, "", "x", "%D1%8F" * len(ticket), ticket + "A", "A" * 10_000 + ticket[:4]):
        assert await refusal_of(world, f"?ticket={wrong[:4000]}") == (401, "not_recognised")
    assert await refusal_of(world, "") == (401, "not_recognised")


async def test_a_token_opens_the_door_as_well(world: World) -> None:
    application = await world.install()
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(await world.bob.through(application)) as bob:
        await say(world.alice, chat_id, "by token")
        await bob.texts("by token")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"auth":5}',
        b'{"auth":{"a":1}}',
        b'{"auth":"a","webhook":"b"}',
        b'{"auth":"' + b"a" * 5000 + b'"}',
        b"[" * 4000,
    ],
)
async def test_a_malformed_request_for_a_ticket_is_refused(world: World, body: bytes) -> None:
    answer = await world.post("/push/ticket", body, "application/json")
    assert (answer.status, answer.body) == (400, {"error": "malformed"})


async def test_unknown_credentials_get_no_ticket(world: World) -> None:
    narrow = await world.webhook(world.bob, "task")
    for shown in (
        {"auth": "no such token"},
        {"webhook": "1/secret"},
        {"webhook": "nonsense"},
        {"webhook": narrow.path.removeprefix("/rest/").rstrip("/")},  # may not read messages
    ):
        answer = await world.post("/push/ticket", msgspec.json.encode(shown), "application/json")
        assert (answer.status, answer.body) == (401, {"error": "not_recognised"})


async def test_wrong_doors_are_refused(world: World) -> None:
    assert (await world.get("/push/ticket")).status == 405
    assert (await world.post("/push/ws")).status == 405
    assert (await world.get("/push/elsewhere")).status == 404
    ticket = await ticket_of(world.bob)
    plain = await world.get(f"/push/ws?ticket={ticket}")
    assert (plain.status, plain.body) == (400, {"error": "not_a_websocket"})
    async with Push(world, ticket):  # and the ticket is still good
        pass


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1.evil.example", "null", "http://[", "127.0.0.1"]
)
async def test_a_page_of_another_site_cannot_connect(world: World, origin: str) -> None:
    ticket = await ticket_of(world.bob)
    assert await refusal_of(world, f"?ticket={ticket}", Origin=origin) == (403, "foreign_origin")


async def test_our_own_page_can_connect(world: World) -> None:
    async with await listen(world.bob, Origin=world.config.base_url):
        pass


async def test_one_person_has_a_bounded_number_of_sockets(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MAX_SOCKETS", 2)
    async with await listen(world.bob), await listen(world.bob), await listen(world.alice):
        assert await refusal_of(world, f"?ticket={await ticket_of(world.bob)}") == (429, "too_many_sockets")
    await _until_gone(world)
    async with await listen(world.bob):
        pass


# ---------------------------------------------------------------- losing it


async def test_a_disabled_person_loses_his_sockets_before_the_next_message(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)

    async def disable_and_say(tx: Tx) -> None:
        await people.change_person(tx, world.bob.id, active=0)
        seat = await chats.seat_to_write(tx, world.alice.person, Dialog(chat_id=chat_id))
        new = messages.NewMessage(chat=seat.chat, author_id=world.alice.id, actor_id=world.alice.id, text="gone")
        await messages.post_message(tx, new)

    async with await listen(world.bob) as bob, await listen(world.carol) as carol:
        early = await ticket_of(world.bob)
        await world.unit(disable_and_say)
        await carol.texts("gone")
        assert (await bob.rest(), await bob.close_code()) == ([], session.VOID_IDENTITY)
    late = await world.session.ws_connect(f"{world.url}/push/ws", params={"ticket": early})
    assert (await late.receive()).data == session.VOID_IDENTITY


async def test_a_revoked_webhook_loses_its_sockets_and_others_stay(world: World) -> None:
    second = await world.webhook(world.bob, "im")
    every = await world.app.store.read(application_rows.every_webhook)
    async with await listen(second) as revoked, await listen(world.bob) as kept:
        await world.unit(webhooks.revoke_webhook, every[-1].id)
        assert await revoked.close_code() == session.VOID_IDENTITY
        assert await kept.rest() == []
        assert not kept.socket.closed


async def test_a_new_installation_ends_the_sockets_of_the_old_one(world: World) -> None:
    application = await world.install()
    async with await listen(await world.bob.through(application)) as bob:
        await world.unit(applications.install_application, world.alice.person, application.id)
        assert await bob.close_code() == session.VOID_IDENTITY


async def test_a_slow_reader_is_cut_and_comes_again_without_loss(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MAX_UNSENT_BYTES", 64 * 1024)
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    async with await listen(world.bob) as slow, await listen(world.carol) as quick:
        position = slow.position
        # Small buffers of the system, so that those of the program fill soon.
        connection: Any = slow.socket._conn
        connection.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        [sending] = world.app.hub._people[world.bob.id]
        sending.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        connection.transport.pause_reading()
        texts = [f"{number:03}" + "x" * 20_000 for number in range(200)]
        sent = 0
        for text in texts:
            await say(world.alice, chat_id, text[:20_000])
            sent += 1
            if not world.app.hub.count_of(world.bob.id):
                break
        assert world.app.hub.count_of(world.bob.id) == 0, "never cut"
        assert world.app.hub.count_of(world.carol.id) == 1
        connection.transport.resume_reading()
        await quick.texts(texts[sent - 1][:20_000])
    async with await listen(world.bob, position) as again:
        first = await again.frame()
    assert first["type"] == "reset" or first["data"]["text"].startswith("000")


async def test_heartbeats_carry_the_position_and_silent_sockets_go(world: World) -> None:
    hub = world.app.hub
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob, await listen(world.stranger) as stranger:
        await say(world.alice, chat_id, "x")
        await bob.texts("x")
        rest = await bob.rest()
        hub.beat(hub.sessions())
        last = rest[-1]["position"] if rest else bob.position
        assert await bob.frame() == {"type": "heartbeat", "position": last}
        assert await stranger.frame() == {"type": "heartbeat", "position": last}
        for one in hub.sessions():
            one.is_heard = one.identity.person_id == world.bob.id
        hub.beat(hub.sessions())
        assert (await bob.frame())["type"] == "heartbeat"
        await stranger.close_code()
        assert (hub.count_of(world.stranger.id), hub.count_of(world.bob.id)) == (0, 1)


async def test_a_pong_keeps_a_socket(world: World) -> None:
    hub = world.app.hub
    async with await listen(world.bob) as bob:
        hub.beat(hub.sessions())
        assert not hub.sessions()[0].is_heard
        await bob.frame()
        await bob.rest()  # the client answers the ping while it reads
        assert hub.sessions()[0].is_heard


async def test_a_socket_ends_with_its_credential(world: World) -> None:
    async with await listen(world.bob) as bob:
        one = world.app.hub.sessions()[0]
        one.identity = msgspec.structs.replace(one.identity, expires_at=1)
        world.app.hub.beat([one])
        assert await bob.close_code() == session.VOID_IDENTITY


async def test_what_the_other_side_says_changes_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(world.bob) as bob:
        await bob.socket.send_str("hello?")
        await bob.socket.send_bytes(b"\0\xff")
        await say(world.alice, chat_id, "still on")
        await bob.texts("still on")
        await bob.socket.send_str("x" * (door.MAX_INCOMING + 1))
        assert await bob.close_code() == 1009


async def test_nothing_is_remembered_of_who_left(world: World) -> None:
    await world.chat(world.alice, world.bob)
    async with await listen(world.bob), await listen(world.alice):
        pass
    await _until_gone(world)
    hub = world.app.hub
    assert (hub._people, hub._listeners, hub._arriving) == ({}, {}, set())


async def test_the_server_says_goodbye(world: World) -> None:
    async with await listen(world.bob) as bob:
        await world.app.hub.stop()
        assert await bob.close_code() == session.GOING_AWAY
    await world.app.hub.start()  # for the end of the test


async def _until_gone(world: World) -> None:
    async with asyncio.timeout(5):
        while world.app.hub.sessions():  # noqa: ASYNC110 — a client's goodbye is no event of ours
            await asyncio.sleep(0.005)
