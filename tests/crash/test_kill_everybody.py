"""kill -9 of the server, of the handler and of the relay between them, at any moment, while people write.

What must be true afterwards, of every message that was acknowledged:

    safe              its event was noted by the handler; or it was on its way when the handler died, and then it is a
                      dead letter that says so. Noted twice only when the server (or the relay) died during the POST.
    at-least-once     its event was noted.
    pull by a relay   as safe.

Each dialog's events in order, a repetition with a higher number, nothing that nobody wrote.
``CRASH_KILLS=50`` makes a long run of it; figures are printed (``-s``).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sqlite3
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import asyncpg
import pytest

from skvorets.core import applications
from support import world as worlds
from support.killing import AGAIN_S, PATIENCE_S, Mortal, Server, Writer, free_port
from support.pulling import Puller, bot_for, pulling_application

pytestmark = [pytest.mark.crash, pytest.mark.slow]

HERE = Path(__file__).parent
KILLS = int(os.environ.get("CRASH_KILLS", "2"))
# Seconds between two kills.
QUIETEST_S, LONGEST_S = 0.1, 0.8
# Seconds between two messages of a writer: enough to keep all busy, few enough that a long run can be checked.
WRITER_PAUSE_S = 0.01 if KILLS < 10 else 0.04
# What may have been under way at a kill: one event of each dialog.
IN_DOUBT = {"sent_then_lost", "sent_then_timeout", "bad_answer"}


class Note(NamedTuple):
    """What the handler noted of one POST."""

    id: str
    attempt: int
    event: str
    text: str


class Cast(NamedTuple):
    """All that can be killed, and the file of the handler."""

    server: Server
    mortals: list[Mortal]
    notes: Path


@pytest.mark.parametrize("way", ["safe", "at-least-once", "pull"])
async def test_every_event_of_an_acknowledged_message_arrives_as_the_profile_promises(
    durable: str, tmp_path: Path, way: str
) -> None:
    seed = int(os.environ.get("CRASH_SEED", "20240615"))
    chance = random.Random(f"{seed} {way}")
    world = worlds.World(worlds.test_config(tmp_path, durable))
    await world.open()
    people = [world.alice, world.bob, world.carol, world.stranger]
    cast, bot_id = await _prepare(world, tmp_path, durable, way)
    await world.close()
    killed = Counter[str]()
    async with aiohttp.ClientSession() as session:
        writers = [Writer(cast.server, session, f"P{one.id}", one.path, bot_id) for one in people]
        for one in cast.mortals:
            await one.start()
        writing = [asyncio.create_task(one.run(WRITER_PAUSE_S)) for one in writers]
        try:
            for number in range(KILLS):
                await asyncio.sleep(chance.uniform(QUIETEST_S, LONGEST_S))
                victim = cast.mortals[number % len(cast.mortals)]
                await victim.kill()
                killed[victim.name] += 1
                await asyncio.sleep(chance.choice([0.0, 0.1, 0.3]))
                await victim.start()
            for writer in writers:
                writer.is_stopping = True
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.gather(*writing)
            await _until_finished(durable, tmp_path)
        finally:
            for task in writing:
                task.cancel()
            await asyncio.gather(*writing, return_exceptions=True)
            for one in reversed(cast.mortals):
                await one.kill()
    sent = {text for one in writers for text in one.acknowledged}
    rows = await _deliveries(durable, tmp_path)
    _check(way, sent, _read(cast.notes), rows, killed)


async def _prepare(world: worlds.World, folder: Path, database: str, way: str) -> tuple[Cast, int]:
    notes, handler_port, server_port = folder / "notes", free_port(), free_port()
    url = f"http://127.0.0.1:{handler_port}/bot"
    puller = await pulling_application(world)
    if way != "pull":
        change = applications.Settings(transport="push", delivery=way)
        await world.unit(applications.change_settings, 0, puller.application.id, change)
    bot = await bot_for(puller, "echo", url)
    server = Server(folder, database, program=(str(HERE / "impatient_server.py"),), port=server_port)
    handler = Mortal(
        "handler", sys.executable, str(HERE / "noting_handler.py"), str(handler_port), str(notes), ready="handling"
    )
    mortals: list[Mortal] = [server, handler]
    if way == "pull":
        mortals.append(_relay(puller, server_port, url))
    return Cast(server, mortals, notes), bot.id


def _relay(puller: Puller, server_port: int, url: str) -> Mortal:
    words = ["--server", f"http://127.0.0.1:{server_port}", "--app", puller.application.client_id]
    words += ["--secret", puller.secret, "--to", url]
    return Mortal("relay", sys.executable, "-m", "skvorets", "relay", *words, ready="connected")


def _read(path: Path) -> list[Note]:
    return [Note(**json.loads(line)) for line in path.read_text().splitlines()]


def _check(way: str, sent: set[str], notes: list[Note], rows: list[tuple[int, str, str]], killed: Counter[str]) -> None:
    messages = [one for one in notes if one.event == "ONIMBOTMESSAGEADD"]
    counts = Counter(one.text for one in messages)
    dead = {row_id: failure for row_id, state, failure in rows if state == "dead"}
    noted = {int(one.id.rpartition("-")[2]) for one in notes}
    repeated = sum(count - 1 for count in counts.values())
    figures = {
        "kills": dict(killed),
        "acknowledged": len(sent),
        "noted": len(counts),
        "repeated": repeated,
        "dead": len(dead),
        "dead and not noted": len(dead.keys() - noted),
    }
    print(f"\n{way}: {figures}")  # noqa: T201 — the figures of the run
    assert len(sent) > 5 * KILLS
    assert counts.keys() <= sent, "events that nobody caused"
    # One event per message, and one for the bot's coming into each dialog.
    assert len(rows) == len(sent) + len({text.partition(" ")[0] for text in sent})
    assert {state for _, state, _ in rows} <= {"delivered", "dead"}
    assert {row_id for row_id, state, _ in rows if state == "delivered"} <= noted, "delivered, and not there"
    if way == "at-least-once":
        assert not dead
        assert counts.keys() == sent
    else:
        assert set(dead.values()) <= IN_DOUBT, dead
        assert len(dead) <= killed["handler"] * 4
        assert repeated <= (killed["server"] + killed["relay"]) * 4
    _check_order(messages)
    attempts: dict[str, list[int]] = {}
    for one in notes:
        attempts.setdefault(one.id, []).append(one.attempt)
    for numbers in attempts.values():  # a repetition says that it is one
        assert numbers == sorted(set(numbers)), numbers


def _check_order(messages: list[Note]) -> None:
    last: dict[str, int] = {}
    for one in messages:
        name, _, number = one.text.partition(" ")
        assert int(number) >= last.get(name, 0), (one, last)
        last[name] = int(number)


async def _until_finished(database: str, folder: Path) -> None:
    """Wait until nothing is left to be sent, as long as something becomes less."""
    fewest, ends_at = sys.maxsize, 0.0
    while rows := [row for row in await _deliveries(database, folder) if row[1] not in {"delivered", "dead"}]:
        if len(rows) < fewest:
            fewest, ends_at = len(rows), time.monotonic() + PATIENCE_S
        assert time.monotonic() < ends_at, rows[:5]
        await asyncio.sleep(4 * AGAIN_S)
    await asyncio.sleep(4 * AGAIN_S)  # for what must not come


async def _deliveries(database: str, folder: Path) -> list[tuple[int, str, str]]:
    """Look into the database beside the server: id, state and failure of all deliveries."""
    sql = "SELECT id, state, failure FROM deliveries ORDER BY id"
    if database:
        connection: Any = await asyncpg.connect(database)
        try:
            return [(row[0], row[1], row[2]) for row in await connection.fetch(sql)]
        finally:
            await connection.close()
    file = sqlite3.connect(f"file:{folder / 'skvorets.db'}?mode=ro", uri=True)
    try:
        return [(row[0], row[1], row[2]) for row in file.execute(sql)]
    finally:
        file.close()
