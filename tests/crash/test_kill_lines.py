"""kill -9 while a conversation of an open line awaits something: it happens after the next start, once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from crash.conftest import PATIENCE_S, Server
from skvorets.storage import clock, line_sessions
from skvorets.storage.database import Tx
from support import world as worlds
from support.line_talks import line_bot
from support.lines import line_of, visitor_of
from support.stores import started

pytestmark = [pytest.mark.crash, pytest.mark.slow]

CUSTOMERS = 20
# Seconds until the bots lose their customers: the first server is killed before.
DUE_S = 4
# Seconds that the second server has before it is killed in the middle of it.
LIFE_S = 0.05
SWITCHED = "Чат-бот передаёт диалог оператору"


async def test_a_killed_server_fires_its_timers_after_the_restart_once(durable: str, tmp_path: Path) -> None:
    world = worlds.World(worlds.test_config(tmp_path, durable))
    await world.open()
    bot = await line_bot(world)
    line = await line_of(world, [world.bob, world.carol], bot=bot, bot_s=3600)
    for _ in range(CUSTOMERS):
        await (await visitor_of(world, line)).writes("Hi")
    due_at = clock.now_ms() + DUE_S * 1000
    await world.unit(_hurry, due_at)
    await world.close()

    server = Server(tmp_path, durable)
    try:
        await server.start()
        await server.kill()
        await asyncio.sleep(max(0.0, (due_at - clock.now_ms()) / 1000))
        await server.start()
        await asyncio.sleep(LIFE_S)
        await server.kill()
        await server.start()
        await _wait_until_done(durable, tmp_path)
    finally:
        await server.kill()
    async with started(durable, tmp_path) as store:
        lines_of_system, sessions, offers = await store.read(_seen)
    assert lines_of_system == [1] * CUSTOMERS
    assert sessions == [(5, 0, 0)] * CUSTOMERS
    assert offers == [2] * CUSTOMERS


async def _wait_until_done(database: str, folder: Path) -> None:
    async with asyncio.timeout(PATIENCE_S), started(database, folder) as store:
        for _ in range(int(PATIENCE_S / 0.1)):
            if not await store.read(line_sessions.due_timers, clock.now_ms(), 1):
                return
            await asyncio.sleep(0.1)


async def _hurry(tx: Tx, due_at: int) -> None:
    await tx.do("UPDATE line_timers SET due_at = $1", due_at)


async def _seen(tx: Tx) -> tuple[list[int], list[tuple[Any, ...]], list[int]]:
    """Give for each customer how often the system said it, the state of his conversation, and how many were asked."""
    said = await tx.rows("SELECT count(*) FROM messages WHERE text = $1 GROUP BY chat_id", SWITCHED)
    states = await tx.rows("SELECT status, operator_id, bot_id FROM line_sessions")
    offers = await tx.rows("SELECT count(*) FROM line_offers WHERE ended_at = 0 GROUP BY session_id")
    return [row[0] for row in said], [tuple(row) for row in states], [row[0] for row in offers]
