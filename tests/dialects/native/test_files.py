"""The door of pictures: only pictures, with their type, cacheable, harmless to a browser."""

from __future__ import annotations

import pytest
from multidict import CIMultiDictProxy

from support.pictures import png
from support.world import World


async def fetch(
    world: World, path: str, method: str = "GET", **headers: str
) -> tuple[int, CIMultiDictProxy[str], bytes]:
    async with world.session.request(method, world.url + path, headers=headers) as response:
        return response.status, response.headers, await response.read()


async def test_a_picture_is_served_with_its_type_and_nothing_else_may_be_made_of_it(world: World) -> None:
    digest = world.app.blobs.put(png())
    status, headers, body = await fetch(world, f"/files/avatar/{digest}")
    assert (status, body) == (200, png())
    assert headers["Content-Type"] == "image/png"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


async def test_a_known_picture_is_not_sent_again(world: World) -> None:
    digest = world.app.blobs.put(png())
    _, headers, _ = await fetch(world, f"/files/avatar/{digest}")
    status, _, body = await fetch(world, f"/files/avatar/{digest}", **{"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")


async def test_the_head_alone_may_be_asked_for_and_nothing_be_posted(world: World) -> None:
    digest = world.app.blobs.put(png())
    assert (await fetch(world, f"/files/avatar/{digest}", "HEAD"))[::2] == (200, b"")
    assert (await fetch(world, f"/files/avatar/{digest}", "POST"))[0] == 405


@pytest.mark.parametrize(
    "path",
    ["", "/", "/avatar", "/avatar/", "/avatar/x", "/avatar/" + "0" * 64, "/avatar/..%2f..%2fskvorets.db", "/other"],
)
async def test_whatever_is_no_picture_is_not_found(world: World, path: str) -> None:
    assert (await fetch(world, f"/files{path}"))[0] == 404


async def test_a_page_in_the_blob_store_is_not_served(world: World) -> None:
    digest = world.app.blobs.put(b"<script>alert(1)</script>")
    assert (await fetch(world, f"/files/avatar/{digest}"))[0] == 404
