"""Programs that are killed in the middle of their work, and a writer who does not mind. For tests/crash."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from pathlib import Path
from typing import Protocol

import aiohttp

# Seconds that anything may take on a busy machine before the test fails.
PATIENCE_S = 60.0
# Seconds until an unanswered program tries again.
AGAIN_S = 0.05


class Mortal:
    """A program in a process of its own, which can be killed and started again."""

    def __init__(self, name: str, *words: str, ready: str) -> None:
        """``ready``: how the line begins that says that it works; the rest of it is ``self.said``."""
        self.name = name
        self.said = ""
        self._words = words
        self._ready = ready
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it says that it works."""
        self._process = await asyncio.create_subprocess_exec(*self._words, stdout=asyncio.subprocess.PIPE)
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            while self._ready not in (line := (await self._process.stdout.readline()).decode()):
                assert line, f"{self.name} ended at once"
        self.said = line.partition(self._ready)[2].strip()
        self._drain = asyncio.create_task(_drain(self._process.stdout))

    async def kill(self) -> None:
        """SIGKILL, whatever it is doing."""
        if self._process is not None:
            self.said = ""
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            await self._drain


class Server(Mortal):
    """The server; at another port each time unless one is given."""

    def __init__(
        self, folder: Path, database: str, *, program: tuple[str, ...] = ("-m", "skvorets"), port: int = 0
    ) -> None:
        """``program``: how Python is told to run it."""
        options = ["--data-dir", str(folder), "--listen", f"127.0.0.1:{port}", "--allow-private-handlers"]
        options += ["--database", database] if database else []
        super().__init__("server", sys.executable, *program, "serve", *options, ready="listening on ")

    @property
    def url(self) -> str:
        """Where it listens; empty while it is dead."""
        return self.said


class Reachable(Protocol):
    """A server that is at some address, or dead."""

    @property
    def url(self) -> str:
        """Where it listens; empty while it is dead."""


class Writer:
    """A program that writes to the bot as one person until it is told to stop."""

    def __init__(self, server: Reachable, session: aiohttp.ClientSession, name: str, webhook: str, bot_id: int) -> None:
        self.name = name
        self.acknowledged: dict[str, int] = {}  # text -> id of the message
        self.is_stopping = False
        self._server = server
        self._session = session
        self._webhook = webhook
        self._bot_id = bot_id

    async def run(self, pause_s: float = 0.0) -> None:
        """Write one message after another; what was not acknowledged is sent again under the same TEMPLATE_ID."""
        number = 0
        while not self.is_stopping:
            number += 1
            text = f"{self.name} {number}"
            while text not in self.acknowledged:
                await self._try(text)
            await asyncio.sleep(pause_s)

    async def _try(self, text: str) -> None:
        body = {"DIALOG_ID": self._bot_id, "MESSAGE": text, "TEMPLATE_ID": text}
        try:
            url = f"{self._server.url}{self._webhook}im.message.add.json"
            async with self._session.post(url, json=body) as response:
                answer = await response.json()
        except (aiohttp.ClientError, ValueError, TimeoutError):  # nobody there, or gone in the middle
            await asyncio.sleep(AGAIN_S)
            return
        assert response.status == 200, answer
        self.acknowledged[text] = answer["result"]


def free_port() -> int:
    """Give a port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


async def _drain(stream: asyncio.StreamReader) -> None:
    while await stream.read(65536):
        pass
