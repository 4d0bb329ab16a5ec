"""Tests of the live chat do not wait as those do who ask for too much."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from skvorets.dialects.widget import endpoint


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with mock.patch.object(endpoint, "PAUSE_S", 0):
        yield
