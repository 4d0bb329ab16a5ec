"""What tests in a browser share: a started Chromium, a page of messages without a server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from support.chromium import chromium
from support.gallery import Gallery, gallery_of

# A browser on a busy machine sometimes needs longer than a test waits. Such a test may be played once more; what fails
# twice fails, and pytest's summary names what was played again.
_AGAIN = pytest.mark.flaky(reruns=1)
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what is played in a browser be played once more."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(_AGAIN)


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
