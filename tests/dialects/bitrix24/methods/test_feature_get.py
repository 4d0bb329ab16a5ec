"""``feature.get``."""

from __future__ import annotations

import pytest

from support.world import World


@pytest.mark.parametrize(
    ("code", "value"), [("rest_offline_extended", "Y"), ("REST_AUTH_CONNECTOR", "Y"), ("rest_nothing", "N")]
)
async def test_what_there_is_is_available(world: World, code: str, value: str) -> None:
    assert await world.bob.call("feature.get", CODE=code) == {"value": value}


@pytest.mark.parametrize("code", [None, "", "0", 0, [], {"a": 1}])
async def test_an_empty_code_is_refused(world: World, code: object) -> None:
    answer = await world.bob.ask("feature.get", CODE=code)
    assert answer == (400, {"error": "CODE_EMPTY", "error_description": "CODE can't be empty"})
