"""kill -9 at any moment: what was acknowledged is there, what was planned is delivered, nothing is there twice.

A real server process is killed at random moments while people write to a bot, the bot's handler listens and one of the
writers listens by push; it is started again each time. Everybody behaves as a careful program does: what was not
acknowledged is sent again under the same TEMPLATE_ID, and push asks for what came ``since``.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec
import pytest

from crash.conftest import AGAIN_S, PATIENCE_S, Server
from skvorets.core import reads
from skvorets.core.stems import stems_of
from skvorets.storage import members as member_rows
from skvorets.storage import message_search
from skvorets.storage.database import Tx
from skvorets.storage.message_search import Window
from support import world as worlds
from support.handlers import Handlers, HandlerScript, Received
from support.killing import Writer
from support.stores import started
from support.talks import indexing
from support.wire_events import listening_bot

pytestmark = [pytest.mark.crash, pytest.mark.slow]

KILLS = 2
# Seconds between the start of the traffic and the kill.
QUIETEST_S, LONGEST_S = 0.2, 1.0


class Listener:
    """A push client that comes again with the last position it knows."""

    def __init__(self, server: Server, session: aiohttp.ClientSession, webhook: str) -> None:
        self.heard: list[int] = []
        self.position = ""
        self.is_there = asyncio.Event()
        self._server = server
        self._session = session
        self._shown = webhook.removeprefix("/rest/").rstrip("/")

    async def run(self) -> None:
        while True:
            with contextlib.suppress(aiohttp.ClientError, ValueError, TimeoutError):
                await self._listen()
            await asyncio.sleep(AGAIN_S)

    async def _listen(self) -> None:
        async with self._session.post(f"{self._server.url}/push/ticket", json={"webhook": self._shown}) as response:
            query = {"ticket": (await response.json())["ticket"]}
        if self.position:
            query["since"] = self.position
        async with self._session.ws_connect(f"{self._server.url}/push/ws", params=query) as socket:
            async for message in socket:
                frame = msgspec.json.decode(message.data)
                assert frame["type"] != "reset"
                self.position = frame["position"]
                self.is_there.set()
                if frame["type"] == "message.added":
                    self.heard.append(frame["data"]["id"])


@pytest.fixture
async def handlers() -> AsyncIterator[Handlers]:
    async with Handlers() as opened:
        yield opened


@pytest.mark.parametrize("seed", [20240614])
async def test_a_killed_server_loses_and_repeats_nothing(
    durable: str, tmp_path: Path, handlers: Handlers, seed: int
) -> None:
    chance = random.Random(seed)
    script = handlers.at("/bot")
    world = worlds.World(worlds.test_config(tmp_path, durable))
    await world.open()
    people = [world.alice, world.bob, world.carol, world.stranger]
    bot = await listening_bot(world, script)
    await world.close()

    server = Server(tmp_path, durable)
    async with aiohttp.ClientSession() as session:
        writers = [Writer(server, session, f"P{one.id}", one.path, bot.id) for one in people]
        listener = Listener(server, session, people[0].path)
        await server.start()
        listening = asyncio.create_task(listener.run())
        await asyncio.wait_for(listener.is_there.wait(), PATIENCE_S)
        writing = [asyncio.create_task(one.run()) for one in writers]
        try:
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(QUIETEST_S, LONGEST_S))
                await server.kill()
                await server.start()
            for one in writers:
                one.is_stopping = True
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.gather(*writing)
                await _until_heard(script, writers, listener, listening)
        finally:
            for task in (*writing, listening):
                task.cancel()
            await asyncio.gather(*writing, listening, return_exceptions=True)
            await server.kill()
    sent = {text: message_id for one in writers for text, message_id in one.acknowledged.items()}
    assert len(sent) >= 10 * KILLS
    _check_deliveries(script, sent)
    assert listener.heard == sorted(writers[0].acknowledged.values())
    async with started(durable, tmp_path) as store:
        await _check_messages(await store.read(_every_message), sent)
        for chat_id in await store.read(_chat_ids):
            await store.read(_check_counters, chat_id)
        async with indexing(store) as index:
            assert await index.catch_up()
            await store.read(_check_index, sent)


async def _until_heard(
    script: HandlerScript, writers: list[Writer], listener: Listener, listening: asyncio.Task[None]
) -> None:
    """Wait until everything that was acknowledged has reached the handler and the listener."""
    wanted = sum(len(one.acknowledged) for one in writers)
    own = len(writers[0].acknowledged)
    while len({one.header("webhook-id") for one in _of_messages(script)}) < wanted or len(listener.heard) < own:
        await asyncio.sleep(AGAIN_S)
        if listening.done():
            listening.result()
    await asyncio.sleep(4 * AGAIN_S)  # for what must not come


def _of_messages(script: HandlerScript) -> list[Received]:
    return [one for one in script.requests if one.body.startswith(b"event=ONIMBOTMESSAGEADD")]


def _texts(script: HandlerScript) -> list[str]:
    return [one.form["data"]["PARAMS"]["MESSAGE"] for one in _of_messages(script)]


def _check_deliveries(script: HandlerScript, sent: dict[str, int]) -> None:
    """Each was delivered; again only what was on its way when the server was killed, one of each dialog at most."""
    counts = Counter(_texts(script))
    assert counts.keys() == sent.keys()
    assert max(counts.values()) <= KILLS + 1
    repeated = sum(count - 1 for count in counts.values())
    assert repeated <= KILLS * len({text.partition(" ")[0] for text in sent})
    attempts: dict[str, list[int]] = {}
    for one in script.requests:
        attempts.setdefault(one.header("webhook-id"), []).append(int(one.header("webhook-attempt")))
    for numbers in attempts.values():  # a repetition says that it is one
        assert numbers == sorted(set(numbers)), numbers


async def _check_messages(rows: list[tuple[int, str, str]], sent: dict[str, int]) -> None:
    found = {text: message_id for message_id, text, _ in rows}
    assert found == sent
    assert len(rows) == len(sent)
    assert all(client_id == text for _, text, client_id in rows)


async def _every_message(tx: Tx) -> list[tuple[int, str, str]]:
    rows = await tx.rows("SELECT id, text, client_id FROM messages WHERE client_id IS NOT NULL ORDER BY id")
    logged = await tx.val("SELECT count(*) FROM events WHERE kind = 'message.added'")
    assert logged == await tx.val("SELECT count(*) FROM messages")
    assert await tx.val("SELECT count(*) FROM deliveries WHERE state <> 'delivered'") == 0
    return [(row[0], row[1], row[2]) for row in rows]


async def _check_index(tx: Tx, sent: dict[str, int]) -> None:
    """Each message is found by its author's word, once."""
    for name in {text.partition(" ")[0] for text in sent}:
        found = await message_search.hits(tx, stems_of(name), Window(limit=len(sent) + 1))
        assert found == sorted((one for text, one in sent.items() if text.startswith(f"{name} ")), reverse=True)


async def _chat_ids(tx: Tx) -> list[int]:
    return [row[0] for row in await tx.rows("SELECT id FROM chats")]


async def _check_counters(tx: Tx, chat_id: int) -> None:
    """Compare what the chat and its members say with a count by hand."""
    rows = await tx.rows("SELECT id, seq, author_id FROM messages WHERE chat_id = $1 ORDER BY seq", chat_id)
    assert [row[1] for row in rows] == list(range(1, len(rows) + 1))
    ids = await member_rows.ids_of(tx, chat_id)
    for person_id in ids:
        found = await member_rows.chat_and_member(tx, chat_id, person_id)
        assert found is not None
        chat, member = found
        assert member is not None
        assert (chat.last_seq, chat.last_message_id) == ((rows[-1][1], rows[-1][0]) if rows else (0, 0))
        assert chat.member_count == len(ids)
        unread = sum(seq > member.read_seq and author != person_id for _, seq, author in rows)
        assert await reads.unread_in(tx, chat, member) == unread
