"""``/health`` tells everybody whether the server works, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from support.world import World


async def test_a_working_server_says_so(world: World) -> None:
    async with world.session.get(f"{world.url}/health") as response:
        assert response.status == 200
        assert await response.json() == {"status": "ok"}
        assert response.headers["Cache-Control"] == "no-store"


async def test_without_its_database_it_is_down(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise OSError("postgresql://user:secret@host is away")

    monkeypatch.setattr(world.app.store, "read", broken)
    async with world.session.get(f"{world.url}/health") as response:
        assert response.status == 503
        assert await response.json() == {"status": "down"}


@pytest.mark.parametrize(("verb", "path", "status"), [("POST", "/health", 405), ("GET", "/health/more", 404)])
async def test_there_is_nothing_else(world: World, verb: str, path: str, status: int) -> None:
    async with world.session.request(verb, world.url + path) as response:
        assert response.status == status
