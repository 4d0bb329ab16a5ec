"""Commands run as a person runs them, on a database of either engine; the server does not run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from skvorets.__main__ import main
from skvorets.app import open_store
from skvorets.config import Config, read_config
from skvorets.core import logins, people
from skvorets.core.people import NewPerson
from skvorets.storage.database import DIRECTORY_KEY, Tx
from support.databases import Postgres


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands on one database."""

    def __init__(self, data_dir: Path, database: str, capture: pytest.CaptureFixture[str]) -> None:
        """Read what is printed from ``capture``."""
        self.options = ["--data-dir", str(data_dir), *(["--database", database] if database else [])]
        self.config: Config = read_config({}, data_dir=data_dir, database=database)
        self.capture = capture

    def run(self, *words: str) -> Said:
        """Run one command."""
        code = main([*words, *self.options])
        out, err = self.capture.readouterr()
        return Said(code, out, err)

    def done(self, *words: str) -> str:
        """Run a command that must succeed; what it printed."""
        said = self.run(*words)
        assert (said.code, said.err) == (0, "")
        return said.out

    def unit(self, fn: Callable[..., Awaitable[Any]], *given: Any) -> Any:
        """Run a unit of work on the database."""

        async def run() -> Any:
            store = open_store(self.config)
            await store.start()
            try:
                return await store.write(DIRECTORY_KEY, fn, *given)
            finally:
                await store.stop()

        return asyncio.run(run())


async def add_anna(tx: Tx) -> None:
    """Add an administrator without the time that a password takes; a unit for ``Shell.unit``."""
    person = await people.add_person(tx, NewPerson(first_name="Anna", admin=True))
    await logins.set_password_hash(tx, person.id, "anna", "$argon2id$none")


@pytest.fixture
def shell(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shell]:
    """Give a shell on a fresh database."""
    if engine == "sqlite":
        yield Shell(tmp_path / "data", "", capsys)
        return
    server: Postgres = request.getfixturevalue("postgres")
    dsn = asyncio.run(server.create())
    yield Shell(tmp_path / "data", dsn, capsys)
    asyncio.run(server.drop(dsn))
