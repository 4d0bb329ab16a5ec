"""What tests in a browser share: a started Chromium, a page of messages without a server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from support.chromium import chromium
from support.gallery import Gallery, gallery_of


@pytest.fixture
async def chromium_browser() -> AsyncIterator[Browser]:
    """Give a started browser."""
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one_browser() -> AsyncIterator[Browser]:
    """Give one browser for all: each test has a page of its own."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def gallery(one_browser: Browser) -> AsyncIterator[Gallery]:
    """Give a page of messages."""
    async with gallery_of(one_browser) as shown:
        yield shown
