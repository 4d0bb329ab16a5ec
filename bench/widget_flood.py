"""Does a visitor who floods the live chat slow the operators down? `python -m bench.widget_flood`

An operator posts ten messages a second into a chat of employees. In turns: nobody floods; a flooder process floods
another server on this machine; the same one floods the operator's. It sends a visitor's messages as fast as 32
connections can and tries to open 1,000 sockets. Printed: `im.message.add` in each kind of turn, what the server used,
the ratio of the last two kinds (the machine is as busy in both), and what the flood got.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp

from skvorets.app import App
from skvorets.config import Config, read_config
from skvorets.core import applications, people
from skvorets.core.people import NewPerson
from skvorets.storage import lines
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.lines import Line, QueueEntry

TURNS, TURN_S, EVERY_S = 6, 3.0, 0.1
CONNECTIONS, SOCKETS = 32, 1_000
CODE = "0123456789abcdef" * 2
HERE, ELSEWHERE = 18_765, 18_766  # ports of the measured server and of the other one


async def prepare(config: Config) -> str:
    """Make an operator with a webhook, and a line; the path of the webhook."""

    async def unit(tx: Tx) -> str:
        person = await people.add_person(tx, NewPerson(first_name="Ann", admin=True))
        line_id = await lines.insert(tx, Line(0, CODE, "Support", "", "", 1, 0, 0, "{}", person.id, tx.now, 0))
        await lines.set_queue(tx, line_id, [QueueEntry(person_id=person.id)])
        return f"/rest/{person.id}/{await applications.create_webhook(tx, person, ('im',))}/"

    app = App(config)
    await app.start()
    try:
        return await app.store.write(DIRECTORY_KEY, unit)
    finally:
        await app.stop()


async def operate(path: str, seconds: float) -> list[float]:
    """Post at a steady pace; how long each post took, milliseconds."""
    taken: list[float] = []
    async with aiohttp.ClientSession() as session:
        chat = await ask(session, f"{path}im.chat.add.json", {"TITLE": "Team", "USERS": [path.split("/")[2]]})
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begin = time.perf_counter()
            await ask(
                session, f"{path}im.message.add.json", {"DIALOG_ID": f"chat{chat['result']}", "MESSAGE": "x" * 100}
            )
            taken.append((time.perf_counter() - begin) * 1000)
            await asyncio.sleep(max(0.0, EVERY_S - (time.perf_counter() - begin)))
    return taken


async def ask(session: aiohttp.ClientSession, path: str, body: Any, port: int = HERE) -> Any:
    """Post JSON that must succeed."""
    async with session.post(_url(port) + path, json=body) as response:
        response.raise_for_status()
        return await response.json(content_type=None)


def flood(results: Any, port: int, seconds: float) -> None:
    """Be the flooder: another process."""
    results.put(asyncio.run(_flood(port, seconds)))


async def _flood(port: int, seconds: float) -> dict[str, int]:
    seen: collections.Counter[str] = collections.Counter()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        token = (await ask(session, "/widget/api/visitors", {"line": CODE}, port))["token"]
        headers = {"Authorization": f"Bearer {token}"}
        end = time.monotonic() + seconds

        async def write(number: int) -> None:
            while time.monotonic() < end:
                number += CONNECTIONS
                body = {"text": "flood", "clientId": str(number)}
                async with session.post(f"{_url(port)}/widget/api/messages", json=body, headers=headers) as response:
                    seen[f"message {response.status}"] += 1

        async def listen(number: int) -> None:
            await asyncio.sleep(seconds * number / SOCKETS)  # one after the other, all of the time
            ticket = ""
            async with session.post(f"{_url(port)}/widget/api/ticket", headers=headers) as response:
                seen[f"ticket {response.status}"] += 1
                if response.status == 200:
                    ticket = (await response.json())["ticket"]
            try:
                async with session.ws_connect(f"{_url(port)}/push/ws", params={"ticket": ticket}):
                    seen["socket open"] += 1
                    await asyncio.sleep(max(0.0, end - time.monotonic()))
            except aiohttp.WSServerHandshakeError as refusal:
                seen[f"socket {refusal.status}"] += 1

        await asyncio.gather(*(write(one) for one in range(CONNECTIONS)), *(listen(one) for one in range(SOCKETS)))
    return dict(seen)


def cpu_of(pid: int) -> float:
    """Give how much of a processor a process has used, seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(path: str, server: int) -> None:
    """Take turns and print what came out."""
    taken: dict[str, list[float]] = {"quiet": [], "elsewhere": [], "here": []}
    used = dict.fromkeys(taken, 0.0)
    seen: collections.Counter[str] = collections.Counter()
    for _ in range(TURNS):
        for kind, port in (("quiet", 0), ("elsewhere", ELSEWHERE), ("here", HERE)):
            results: Any = multiprocessing.Queue()
            flooder = multiprocessing.Process(target=flood, args=(results, port, TURN_S + 1))
            if port:
                flooder.start()
                await asyncio.sleep(1)
            begin = cpu_of(server)
            taken[kind] += await operate(path, TURN_S)
            used[kind] += cpu_of(server) - begin
            if port:
                got = await asyncio.to_thread(results.get)
                seen.update(got if kind == "here" else {})
                flooder.join()
    for kind, values in taken.items():
        share = f"{used[kind] / TURNS / TURN_S:.0%} of a processor"
        print(f"{kind:10} median {statistics.median(values):6.2f} ms   p95 {_p95(values):6.2f} ms   server: {share}")
    here, elsewhere = taken["here"], taken["elsewhere"]
    median = statistics.median(here) / statistics.median(elsewhere)
    print(f"here to elsewhere: median {median:.2f}   p95 {_p95(here) / _p95(elsewhere):.2f}")
    print(dict(sorted(seen.items())))


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def wait_for_server(port: int) -> None:
    """Come back when it listens; half a minute at most."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)


@contextlib.contextmanager
def server_at(port: int) -> Iterator[tuple[str, int]]:
    """Run a server in a folder of its own; the path of the operator's webhook, and the process."""
    with tempfile.TemporaryDirectory() as folder:
        listen = f"127.0.0.1:{port}"
        path = asyncio.run(prepare(read_config({}, data_dir=Path(folder), listen=listen)))
        command = [sys.executable, "-m", "skvorets", "serve", "--data-dir", folder, "--listen", listen]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_for_server(port)
            yield path, server.pid
        finally:
            server.terminate()
            server.wait()


def main() -> None:
    """Start both servers, measure, stop them."""
    with server_at(ELSEWHERE), server_at(HERE) as (path, process):
        asyncio.run(measure(path, process))


if __name__ == "__main__":
    main()
