"""Push sockets of browsers: they end with the session; who changed is told to those who may know him."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import msgspec

from skvorets.core import logins, people, sessions
from skvorets.realtime.session import VOID_IDENTITY
from skvorets.storage import sessions as session_rows
from skvorets.storage.database import Tx
from support.browsers import Browser, browser_of
from support.push import Push, listen, say
from support.world import World


async def socket_of(world: World, browser: Browser, since: str | None = None, **headers: str) -> Push:
    return Push(world, (await browser.call("POST", "/api/push/ticket"))["ticket"], since, **headers)


async def test_logging_out_ends_the_sockets_of_that_browser_alone(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    async with (
        browser_of(world, world.bob) as first,
        browser_of(world, world.bob) as second,
        await socket_of(world, first) as ended,
        await socket_of(world, second) as kept,
        await listen(world.bob) as program,
    ):
        late = (await first.call("POST", "/api/push/ticket"))["ticket"]
        await first.call("DELETE", "/api/session")
        assert await ended.close_code() == VOID_IDENTITY
        await say(world.alice, chat_id, "still there?")
        await kept.texts("still there?")
        await program.texts("still there?")
        refused = await world.session.ws_connect(f"{world.url}/push/ws", params={"ticket": late})
        assert (await refused.receive()).data == VOID_IDENTITY


async def test_closing_another_browser_ends_its_sockets(world: World) -> None:
    async with (
        browser_of(world, world.bob) as old,
        browser_of(world, world.bob) as new,
        await socket_of(world, old) as ended,
        await socket_of(world, new) as kept,
    ):
        [other] = [one["id"] for one in await new.get("/api/sessions") if not one["isCurrent"]]
        await new.call("DELETE", f"/api/sessions/{other}")
        assert await ended.close_code() == VOID_IDENTITY
        assert await kept.rest() == []
        assert not kept.socket.closed


async def test_a_new_password_ends_the_sockets_of_browsers(world: World) -> None:
    async def change(tx: Tx) -> None:
        await logins.set_password_hash(tx, world.bob.id, "bob", logins.hash_password("correct horse"))

    async with browser_of(world, world.bob) as browser, await socket_of(world, browser) as socket:
        await world.unit(change)
        assert await socket.close_code() == VOID_IDENTITY


async def test_a_disabled_person_loses_the_sockets_of_his_browsers(world: World) -> None:
    async def disable(tx: Tx) -> None:
        await people.change_person(tx, world.bob.id, active=0)

    async with browser_of(world, world.bob) as browser, await socket_of(world, browser) as socket:
        await world.unit(disable)
        assert await socket.close_code() == VOID_IDENTITY


async def test_a_socket_ends_when_its_session_is_over(world: World) -> None:
    async with browser_of(world, world.bob) as browser, await socket_of(world, browser) as socket:
        [one] = world.app.hub.sessions()
        [session] = await world.app.store.read(session_rows.of_person, world.bob.id)
        assert one.identity.expires_at * 1000 <= session.expires_at < (one.identity.expires_at + 1) * 1000
        one.identity = msgspec.structs.replace(one.identity, expires_at=1)
        world.app.hub.beat([one])
        assert await socket.close_code() == VOID_IDENTITY


async def test_a_page_that_knows_the_server_by_another_name_can_connect(world: World) -> None:
    async with browser_of(world, world.bob) as browser, await socket_of(world, browser, Origin=world.url):
        pass


async def test_everybody_inside_and_outsiders_who_share_a_chat_hear_of_a_changed_person(world: World) -> None:
    async def rename(tx: Tx, person_id: int) -> None:
        await people.change_person(tx, person_id, first_name="Robert")

    await world.chat(world.alice, world.bob, world.outsider)
    async with await listen(world.stranger) as inside, await listen(world.outsider) as outside:
        await world.unit(rename, world.bob.id)
        await world.unit(rename, world.carol.id)
        heard = [[(one["type"], one["data"]["subject_id"]) for one in await each.rest()] for each in (inside, outside)]
    assert heard == [
        [("person.updated", world.bob.id), ("person.updated", world.carol.id)],
        [("person.updated", world.bob.id)],
    ]


async def test_a_session_that_is_not_there_ends_nothing(world: World) -> None:
    async with browser_of(world, world.bob) as browser, await socket_of(world, browser) as socket:
        await world.unit(sessions.open_session, world.bob.person, "", "")
        assert await socket.rest() == []
        assert not socket.socket.closed


async def test_through_cuts_at_any_moment_nothing_is_lost_or_doubled(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    dice = random.Random(7)  # where it is cut
    async with browser_of(world, world.bob) as browser:
        async with await socket_of(world, browser) as first:
            position = first.position
        writing = asyncio.create_task(_write(world, chat_id, 120))
        heard: list[str] = []
        while "119" not in heard:
            async with await socket_of(world, browser, position) as socket:
                for _ in range(dice.randrange(1, 12)):
                    frame = await socket.frame()
                    position = frame["position"]
                    if frame["type"] == "message.added":
                        heard.append(frame["data"]["text"])
                    if "119" in heard:
                        break
                connection: Any = socket.socket._conn
                connection.transport.abort()  # the cable is pulled: no goodbye, and what was on its way is lost
        await writing
    assert heard == [str(number) for number in range(120)]


async def _write(world: World, chat_id: int, count: int) -> None:
    for number in range(count):
        await say(world.alice, chat_id, str(number))
