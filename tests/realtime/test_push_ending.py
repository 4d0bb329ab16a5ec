"""How push sockets end: lost rights, slow readers, silence, the server's goodbye."""

from __future__ import annotations

import socket
from typing import Any

import msgspec
import pytest

from skvorets.core import applications, chats, messages, people, webhooks
from skvorets.core.access import Dialog
from skvorets.realtime import door, session
from skvorets.storage import applications as application_rows
from skvorets.storage.database import Tx
from support.push import listen, say, ticket_of, until_gone
from support.world import World


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
    await until_gone(world)
    hub = world.app.hub
    assert (hub._people, hub._listeners, hub._arriving) == ({}, {}, set())


async def test_the_server_says_goodbye(world: World) -> None:
    async with await listen(world.bob) as bob:
        await world.app.hub.stop()
        assert await bob.close_code() == session.GOING_AWAY
    await world.app.hub.start()  # for the end of the test
