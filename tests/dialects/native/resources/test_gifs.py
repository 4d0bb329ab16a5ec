"""``/api/gifs``: animations of the company's provider."""

from __future__ import annotations

import pytest

from skvorets.core.gifs import Gif, GifsUnavailableError
from support.browsers import Browser, RefusedError, browser_of
from support.files import fetch
from support.gifs import put_gif
from support.messenger import refusal
from support.world import World


async def test_gifs_are_found_by_their_tags_and_the_newest_without_words(world: World) -> None:
    digest = await put_gif(world, "кот, весёлый", 300, 200)
    await put_gif(world, "собака", 10, 10)
    async with browser_of(world, world.bob) as bob:
        [found] = (await bob.get("/api/gifs?find=%D0%BA%D0%BE%D1%82"))["gifs"]
        assert found == {
            "url": f"{world.config.base_url}/files/gif/{digest}.gif",
            "previewUrl": f"{world.config.base_url}/files/gif/{digest}/preview",
            "width": 300,
            "height": 200,
            "name": "a.gif",
        }
        assert (await fetch(world, found["previewUrl"])).status == 200
        assert [one["width"] for one in (await bob.get("/api/gifs"))["gifs"]] == [10, 300]
        assert len((await bob.get("/api/gifs?limit=1"))["gifs"]) == 1
        assert (await bob.get("/api/gifs?offset=1"))["gifs"] == []
        for query in ("?limit=0", "?limit=51", "?offset=-1", "?find=" + "x" * 201):
            assert await refusal(bob, "GET", f"/api/gifs{query}") == "400 malformed"


async def test_a_silent_provider_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> list[Gif]:
        raise GifsUnavailableError

    monkeypatch.setattr(type(world.app.gifs), "popular", fail)
    async with browser_of(world, world.bob) as bob:
        assert await refusal(bob, "GET", "/api/gifs") == "502 gifs_unavailable"


async def test_who_is_not_logged_in_gets_nothing(world: World) -> None:
    async with Browser(world.url) as nobody:
        for path in ("/api/gifs", "/api/notifications", "/api/search/messages?find=x", "/api/chats/1/messages"):
            with pytest.raises(RefusedError, match="401 not_logged_in"):
                await nobody.get(path)
