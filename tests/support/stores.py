"""Stores of either engine for tests of the storage kernel; several on one database stand for several processes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

from skvorets.storage.postgres import PostgresStore
from skvorets.storage.sqlite import SqliteStore

AnyStore: TypeAlias = SqliteStore | PostgresStore


def make_store(database: str, folder: Path) -> AnyStore:
    """Give a store that is not started; ``database`` as the fixture of this name gives it."""
    if database:
        return PostgresStore(database, lambda identity: identity)
    return SqliteStore(folder / "skvorets.db", lambda identity: identity)


@asynccontextmanager
async def started(database: str, folder: Path) -> AsyncIterator[AnyStore]:
    """Give a started store and stop it in the end."""
    store = make_store(database, folder)
    await store.start()
    try:
        yield store
    finally:
        await store.stop()
