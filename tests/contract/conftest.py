"""The generated tests call everything with everything: on PostgreSQL that takes its time."""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        callspec = getattr(item, "callspec", None)
        if "contract" in item.path.parts and callspec and callspec.params.get("engine") == "postgres":
            item.add_marker(pytest.mark.slow)
