"""The client's files as they are served: types, packing, caching, and what a page may do."""

from __future__ import annotations

import gzip

import aiohttp
import pytest

from support.world import World


async def test_a_module_is_served_with_its_type_and_may_be_kept(world: World) -> None:
    async with aiohttp.ClientSession(auto_decompress=False) as browser:
        async with browser.get(world.url + "/client/vendor/preact.js") as response:
            assert response.status == 200
            assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            etag, packed = response.headers["ETag"], await response.read()
        assert b"createElement" in gzip.decompress(packed)
        known = {"If-None-Match": etag}
        async with browser.get(world.url + "/client/vendor/preact.js", headers=known) as response:
            assert response.status == 304
            assert await response.read() == b""


async def test_who_cannot_unpack_gets_it_plain(world: World) -> None:
    headers = {"Accept-Encoding": "identity"}
    async with (
        aiohttp.ClientSession(headers=headers) as browser,
        browser.get(world.url + "/client/api.js") as response,
    ):
        assert "Content-Encoding" not in response.headers
        assert "export async function call" in await response.text()


@pytest.mark.parametrize(
    "path", ["/client/", "/client/nothing.js", "/client/../app.py", "/client/%2e%2e/app.py", "/client//etc/passwd"]
)
async def test_what_is_not_in_the_package_has_no_address(world: World, path: str) -> None:
    import yarl  # noqa: PLC0415 — only to keep dots as they are

    url = yarl.URL(world.url + path, encoded=True)
    async with aiohttp.ClientSession() as browser, browser.get(url) as response:
        assert response.status == 404


async def test_files_are_only_read(world: World) -> None:
    async with aiohttp.ClientSession() as browser, browser.post(world.url + "/client/api.js") as response:
        assert response.status == 405


async def test_the_library_for_frames_is_one_script_at_two_addresses(world: World) -> None:
    texts = []
    for path in ("/api/v1/", "/api/v1", "/client/bx24/bx24.js"):
        async with world.session.get(world.url + path) as response:
            assert response.status == 200
            assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
            assert "Cross-Origin-Resource-Policy" not in response.headers  # pages of others load it
            texts.append(await response.text())
    assert len(set(texts)) == 1
    assert texts[0].startswith('(() => {\n"use strict";')
    assert texts[0].endswith("})();\n")
    async with world.session.get(world.url + "/api/v1/sections") as response:  # what is below belongs to Bpium
        assert response.status == 401


async def test_only_the_page_of_applications_may_post_to_others(world: World) -> None:
    async with world.session.get(world.url + "/app/5?placement=7") as response:
        assert response.status == 200
        assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        policy = response.headers["Content-Security-Policy"]
    assert "form-action 'self' http: https:" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    async with world.session.get(world.url + "/dev") as response:
        assert "form-action 'self';" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("IM_DIALOG=chat5", "/im/chat5"),
        ("IM_DIALOG=7&IM_MESSAGE=12", "/im/7/12"),
        ("IM_DIALOG=//evil.example", "/"),
        ("IM_DIALOG=chat5%0d%0aX:1&IM_MESSAGE=1", "/"),
        ("", "/"),
    ],
)
async def test_the_vendors_address_of_the_messenger_leads_to_ours(world: World, query: str, path: str) -> None:
    async with world.session.get(f"{world.url}/online/?{query}", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (302, path)


@pytest.mark.parametrize("path", ["/", "/im", "/im/chat5/7"])
async def test_the_messenger_is_one_page_at_all_its_addresses(world: World, path: str) -> None:
    async with world.session.get(world.url + path) as response:
        assert response.status == 200
        assert "/client/messenger/main.js" in await response.text()
        assert "form-action 'self' http: https:" in response.headers["Content-Security-Policy"]
