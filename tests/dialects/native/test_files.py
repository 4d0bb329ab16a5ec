"""The door of pictures: only pictures, with their type, cacheable, harmless to a browser."""

from __future__ import annotations

import pytest
from multidict import CIMultiDictProxy

from support.pictures import picture, png, size_in
from support.world import World


async def fetch(
    world: World, path: str, method: str = "GET", **headers: str
) -> tuple[int, CIMultiDictProxy[str], bytes]:
    async with world.session.request(method, world.url + path, headers=headers) as response:
        return response.status, response.headers, await response.read()


@pytest.mark.parametrize(("form", "side"), [("", 200), ("/hr", 600)])
async def test_a_picture_is_served_with_its_type_and_nothing_else_may_be_made_of_it(
    world: World, form: str, side: int
) -> None:
    digest = world.app.blobs.put(picture("JPEG", (1200, 900)))
    status, headers, body = await fetch(world, f"/files/avatar/{digest}{form}")
    assert (status, size_in(body)) == (200, (side, side))
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


async def test_a_known_picture_is_not_sent_again(world: World) -> None:
    digest = world.app.blobs.put(picture())
    _, small, _ = await fetch(world, f"/files/avatar/{digest}")
    _, large, _ = await fetch(world, f"/files/avatar/{digest}/hr")
    assert small["ETag"] != large["ETag"]
    status, _, body = await fetch(world, f"/files/avatar/{digest}", **{"If-None-Match": small["ETag"]})
    assert (status, body) == (304, b"")


async def test_the_head_alone_may_be_asked_for_and_nothing_be_posted(world: World) -> None:
    digest = world.app.blobs.put(picture())
    assert (await fetch(world, f"/files/avatar/{digest}", "HEAD"))[::2] == (200, b"")
    assert (await fetch(world, f"/files/avatar/{digest}", "POST"))[0] == 405


async def test_only_the_two_sizes_exist(world: World) -> None:
    digest = world.app.blobs.put(picture())
    for form in ("/", "/hr/", "/5000", "/hr/hr"):
        expected = 200 if form == "/" else 404
        assert (await fetch(world, f"/files/avatar/{digest}{form}"))[0] == expected


@pytest.mark.parametrize(
    "path",
    ["", "/", "/avatar", "/avatar/", "/avatar/x", "/avatar/" + "0" * 64, "/avatar/..%2f..%2fskvorets.db", "/other"],
)
async def test_whatever_is_no_picture_is_not_found(world: World, path: str) -> None:
    assert (await fetch(world, f"/files{path}"))[0] == 404


@pytest.mark.parametrize("data", [b"<script>alert(1)</script>", png(), picture(size=(64, 64))[:60]])
async def test_a_page_or_a_broken_picture_in_the_blob_store_is_not_served(world: World, data: bytes) -> None:
    digest = world.app.blobs.put(data)
    assert (await fetch(world, f"/files/avatar/{digest}"))[0] == 404
