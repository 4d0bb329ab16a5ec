"""What browsers of visitors load: the loader, the page of the frame, its files."""

from __future__ import annotations

import re
from typing import Any

import pytest

from skvorets.core.lines.settings import WidgetLooks
from skvorets.dialects.widget.pages import version
from skvorets.storage import lines
from skvorets.storage.database import Tx
from support.lines import line_of
from support.world import World


async def load(world: World, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, Any]:
    async with world.session.request(method, world.url + path, headers=headers) as response:
        assert "Set-Cookie" not in response.headers
        assert response.headers.get("X-Content-Type-Options", "nosniff") == "nosniff"
        return response.status, await response.read(), response.headers


def policy_of(headers: Any) -> dict[str, str]:
    parts = (one.strip().partition(" ") for one in headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


async def test_the_loader_is_kept_for_a_while(world: World) -> None:
    status, body, headers = await load(world, "/widget.js")

    assert status == 200
    assert b"Skvorets" in body
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Cache-Control"] == "public, max-age=3600, stale-while-revalidate=86400"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Content-Encoding"] == "gzip"
    again = await load(world, "/widget.js?v=2", **{"If-None-Match": headers["ETag"]})
    assert again[:2] == (304, b"")
    assert (await load(world, "/widget.js", "POST"))[0] == 405
    assert (await load(world, "/widget.js/x"))[0] == 404


async def test_the_page_runs_nothing_but_our_own_files(world: World) -> None:
    line = await line_of(world, [world.alice])

    status, body, headers = await load(world, f"/widget/{line.code}")

    host = world.url.partition("://")[2]
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "X-Frame-Options" not in headers
    assert policy_of(headers) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob: http: https:",
        "media-src": "'self'",
        "font-src": "'self'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "connect-src": f"'self' ws://{host} wss://{host}",
        "frame-ancestors": "*",
    }
    assert b"{{version}}" not in body


async def test_only_the_lines_sites_may_show_it(world: World) -> None:
    looks = WidgetLooks(sites=["https://shop.example", "http://localhost:8000"])
    line = await line_of(world, [world.alice], widget=looks)

    _, _, headers = await load(world, f"/widget/{line.code}")

    assert policy_of(headers)["frame-ancestors"] == "'self' https://shop.example http://localhost:8000"


async def test_a_strange_host_does_not_get_into_the_policy(world: World) -> None:
    line = await line_of(world, [world.alice])

    _, _, headers = await load(world, f"/widget/{line.code}", Host="a; script-src *")

    assert policy_of(headers)["connect-src"] == "'self'"
    assert policy_of(headers)["script-src"] == "'self'"


async def test_all_that_the_page_names_is_there_for_ever(world: World) -> None:
    line = await line_of(world, [world.alice])
    _, page, _ = await load(world, f"/widget/{line.code}")

    addresses = re.findall(r'(?:src|href)="(/widget/static/[^"]+)"', page.decode())

    assert addresses
    for address in addresses:
        status, body, headers = await load(world, address)
        assert status == 200, address
        assert body
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


async def test_another_version_is_not_kept_for_ever(world: World) -> None:
    status, _, headers = await load(world, "/widget/static/0123/widget/loader.js")

    assert (status, headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "path",
    [
        "/widget/static/{version}/widget/frame.html",
        "/widget/static/{version}/client/messenger.html",
        "/widget/static/{version}/widget/../app.py",
        "/widget/static/{version}/widget/%2e%2e/config.py",
        "/widget/static/{version}/config.py",
        "/widget/static/{version}/",
        "/widget/static/",
        "/widget/static",
        "/widget/",
        "/widget",
        "/widget/unknown",
        "/widget/ffffffffffffffffffffffffffffffff",
        "/widget/ffffffffffffffffffffffffffffffff/x",
    ],
)
async def test_other_addresses_lead_nowhere(world: World, path: str) -> None:
    status, body, headers = await load(world, path.format(version=version()))

    assert (status, body) == (404, b"Not found\n")
    assert headers["Cache-Control"] == "no-store"


async def test_a_line_that_is_off_has_no_page(world: World) -> None:
    line = await line_of(world, [world.alice])
    await world.unit(_switch_off, line.id)

    assert (await load(world, f"/widget/{line.code}"))[0] == 404


async def _switch_off(tx: Tx, line_id: int) -> None:
    await lines.change(tx, line_id, active=0)
