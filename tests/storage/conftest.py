"""Stores for the tests of the storage kernel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from skvorets.storage.postgres import PostgresStore
from support.stores import AnyStore, started


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[AnyStore]:
    async with started(database, tmp_path) as opened:
        yield opened


@pytest.fixture
async def postgres_store(postgres: Any) -> AsyncIterator[PostgresStore]:
    dsn = await postgres.create()
    opened = PostgresStore(dsn, lambda identity: identity)
    await opened.start()
    yield opened
    await opened.stop()
    await postgres.drop(dsn)
