"""Reads on PostgreSQL share connections that are not reset: whatever ends a read, the next one begins anew."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from skvorets.storage.database import Tx
from skvorets.storage.postgres import MAX_READERS
from support.databases import Postgres
from support.stores import started


class RefusedError(Exception):
    """What a unit says."""


async def _sleep(tx: Tx) -> None:
    await tx.val("SELECT pg_sleep(30)")


async def _refuse(tx: Tx) -> None:
    await tx.val("SELECT 1")
    raise RefusedError


async def _fail(tx: Tx) -> None:
    await tx.val("SELECT 1 / 0")


async def _in_a_transaction_of_its_own(tx: Tx) -> bool:
    """Is this statement's transaction younger than the unit?"""
    return bool(await tx.val("SELECT now() >= to_timestamp($1 / 1000.0) - interval '5 seconds'", tx.now))


async def test_a_connection_is_clean_after_refusals_failures_and_cancelled_reads(
    postgres: Postgres, tmp_path: Path
) -> None:
    dsn = await postgres.create()
    async with started(dsn, tmp_path) as store:
        sleeping = [asyncio.create_task(store.read(_sleep)) for _ in range(MAX_READERS)]
        await asyncio.sleep(0.3)
        for task in sleeping:
            task.cancel()
        await asyncio.gather(*sleeping, return_exceptions=True)
        for unit, error in ((_refuse, RefusedError), (_fail, Exception)):
            for _ in range(MAX_READERS):
                with pytest.raises(error):
                    await store.read(unit)
        many = (store.read(_in_a_transaction_of_its_own) for _ in range(3 * MAX_READERS))
        assert await asyncio.gather(*many) == [True] * 3 * MAX_READERS
    await postgres.drop(dsn)
