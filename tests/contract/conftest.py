"""The generated tests call everything with everything: that takes its time and is no part of the quick tier."""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.name == "test_bad_input.py":
            item.add_marker(pytest.mark.slow)
