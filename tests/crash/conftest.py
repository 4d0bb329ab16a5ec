"""A real server that is killed and comes back, on a database as durable as a real one."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

# Seconds that anything may take on a busy machine before the test fails.
PATIENCE_S = 30.0
# Seconds until an unanswered program tries again.
AGAIN_S = 0.05


class Server:
    """A server in a process of its own, which comes back on another port each time."""

    def __init__(self, folder: Path, database: str) -> None:
        self._options = ["--data-dir", str(folder), "--listen", "127.0.0.1:0", "--allow-private-handlers"]
        self._options += ["--database", database] if database else []
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "skvorets", "serve", *self._options), stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            line = (await self._process.stdout.readline()).decode()
        assert line.startswith("listening on "), line
        self.url = line.removeprefix("listening on ").strip()

    async def kill(self) -> None:
        if self._process is not None:
            self.url = ""
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


@pytest.fixture
async def durable(database: str) -> AsyncIterator[str]:
    """Give the database with the durability of a real one; the tests' server takes it easy otherwise."""
    await _alter(database, "SET synchronous_commit TO on")
    yield database
    await _alter(database, "RESET synchronous_commit")


async def _alter(database: str, change: str) -> None:
    if database:
        connection: Any = await asyncpg.connect(database)
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute(f"ALTER DATABASE {name} {change}")
        await connection.close()
