"""Servers that fetch the pages that messages link to, and a site with pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from support.cards import Launch
from support.site import Site
from support.world import World, test_config


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as opened:
        yield opened


@pytest.fixture
async def launch(database: str, tmp_path: Path) -> AsyncIterator[Launch]:
    async with AsyncExitStack() as running:

        async def open_world(before: World | None = None, **settings: object) -> World:
            world = World(test_config(tmp_path, database, **{"link_previews": True, **settings}))
            await world.open(before.cast if before else None)
            running.push_async_callback(world.close)
            return world

        yield open_world


@pytest.fixture
async def linking(launch: Launch) -> World:
    return await launch()
