"""The manifest and the service worker: what makes the messenger an app."""

from __future__ import annotations

import io
import re
from importlib import resources

import pytest
from PIL import Image

from skvorets.dialects.native.installing import manifest, preferred_language
from support.world import World

CLIENT = resources.files("skvorets").joinpath("client")


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en-US,en;q=0.9,ru;q=0.8", "en"),
        ("de,fr;q=0.9", "ru"),
        ("de,en;q=0.3,ru;q=0.2", "en"),
        ("", "ru"),
        ("enough,rule", "ru"),
        ("en;q=0", "ru"),
        (",;=" * 10_000, "ru"),
    ],
)
def test_the_language_is_the_one_that_the_browser_likes_best(header: str, wanted: str) -> None:
    assert preferred_language(header, "ru") == wanted


async def test_the_manifest_speaks_the_browsers_language(world: World) -> None:
    found = {}
    for language in ("ru", "en"):
        async with world.session.get(
            f"{world.url}/manifest.webmanifest", headers={"Accept-Language": language}
        ) as response:
            assert response.status == 200
            assert response.content_type == "application/manifest+json"
            assert "Accept-Language" in response.headers["Vary"]
            found[language] = await response.json(content_type=None)
    assert [found["ru"]["name"], found["en"]["name"]] == ["Скворец", "Skvorets"]
    assert (found["en"]["start_url"], found["en"]["scope"], found["en"]["display"]) == ("/", "/", "standalone")
    assert {"192x192", "512x512", "any"} <= {icon["sizes"] for icon in found["en"]["icons"]}
    assert "maskable" in {icon["purpose"] for icon in found["en"]["icons"]}


def test_icons_are_as_large_as_the_manifest_says() -> None:
    icons: list[dict[str, str]] = list(manifest("en")["icons"])  # type: ignore[call-overload]
    for icon in icons:
        data = CLIENT.joinpath(icon["src"].removeprefix("/client/")).read_bytes()
        if icon["type"] == "image/png":
            picture = Image.open(io.BytesIO(data))
            assert "x".join(map(str, picture.size)) == icon["sizes"]
            corner = picture.convert("RGBA").getpixel((0, 0))
            assert isinstance(corner, tuple)
            assert (corner[3] == 255) == (icon["purpose"] == "maskable"), "systems cut maskable icons themselves"


async def test_the_worker_carries_the_version_that_pages_have(world: World) -> None:
    async with world.session.get(f"{world.url}/sw.js") as response:
        assert response.status == 200
        assert response.content_type == "text/javascript"
        assert response.headers["Cache-Control"] == "no-cache"
        etag, text = response.headers["ETag"], await response.text()
    match = re.match(r'const VERSION = "([0-9a-f]{32})";\n', text)
    assert match is not None
    async with world.session.get(f"{world.url}/") as page:
        assert page.headers["X-Client-Version"] == match[1]
    async with world.session.get(f"{world.url}/sw.js", headers={"If-None-Match": etag}) as again:
        assert again.status == 304
    async with world.session.post(f"{world.url}/sw.js") as refused:
        assert refused.status == 405
