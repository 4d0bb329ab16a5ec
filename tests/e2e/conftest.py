"""What tests in a browser share: one started Chromium for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from support.chromium import chromium


@pytest.fixture
async def chromium_browser() -> AsyncIterator[Browser]:
    """Give a started browser."""
    async with chromium() as browser:
        yield browser
