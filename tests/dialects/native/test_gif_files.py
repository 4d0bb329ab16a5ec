"""The door of GIFs: what is in the collection and nothing else, cacheable, harmless to a browser."""

from __future__ import annotations

import aiohttp
import pytest

from skvorets.core.gifs import remove_gif
from support.gifs import put_gif
from support.pictures import picture, size_in
from support.world import World


async def fetch(
    world: World, path: str, method: str = "GET", **headers: str
) -> tuple[int, aiohttp.ClientResponse, bytes]:
    async with world.session.request(method, world.url + path, headers=headers) as response:
        return response.status, response, await response.read()


async def test_the_animation_is_served_as_it_was_added(world: World) -> None:
    digest = await put_gif(world, "кот", 300, 200)
    status, response, body = await fetch(world, f"/files/gif/{digest}.gif")
    assert (status, body) == (200, picture("GIF", (300, 200)))
    assert response.headers["Content-Type"] == "image/gif"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    again, _, nothing = await fetch(world, f"/files/gif/{digest}.gif", **{"If-None-Match": response.headers["ETag"]})
    assert (again, nothing) == (304, b"")


async def test_the_preview_is_smaller(world: World) -> None:
    digest = await put_gif(world, "кот", 800, 400)
    status, response, body = await fetch(world, f"/files/gif/{digest}/preview")
    assert (status, size_in(body)) == (200, (200, 100))
    assert response.headers["Content-Type"] == "image/jpeg"


async def test_the_addresses_of_the_method_lead_here(world: World) -> None:
    await put_gif(world, "кот")
    [found] = await world.bob.call("imbot.Giphy.list", filter={"search": "кот"})
    for address in found.values():
        status, _, _ = await fetch(world, address.removeprefix(world.config.base_url))
        assert status == 200


async def test_only_the_collection_is_served(world: World) -> None:
    secret = world.app.blobs.put(picture("GIF", (9, 9)))
    gone = await put_gif(world, "кот")
    await world.unit(remove_gif, 1)
    lost = await put_gif(world, "кот", 77)
    world.app.blobs.path(lost).unlink()
    for digest in (secret, gone, lost, "0" * 64):
        for form in (".gif", "/preview"):
            assert (await fetch(world, f"/files/gif/{digest}{form}"))[0] == 404


@pytest.mark.parametrize("path", ["", "x", "../avatar/x", "{}", "{}.png", "{}.gif/", "{}/preview/x", "{}.gif%00"])
async def test_other_addresses_are_not_found(world: World, path: str) -> None:
    digest = await put_gif(world, "кот")
    assert (await fetch(world, f"/files/gif/{path.format(digest)}"))[0] == 404


async def test_nothing_can_be_sent_here(world: World) -> None:
    digest = await put_gif(world, "кот")
    status, response, _ = await fetch(world, f"/files/gif/{digest}.gif", "POST")
    assert (status, response.headers["Allow"]) == (405, "GET, HEAD")
