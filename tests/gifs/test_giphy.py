"""Giphy's API, as documented, from a server of ours: what is asked, what is made of the answer, what may go wrong."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from skvorets.core.gifs import Gif, GifsUnavailableError
from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from skvorets.gifs import giphy
from skvorets.gifs.giphy import Giphy
from support import world as worlds
from support.site import Site

KEY = "s3cret&key"
MEDIA = "https://media4.giphy.example/media/gw3IWyGkC0rsazTi"


def images(number: int = 0, **more: Any) -> dict[str, Any]:
    """Give a GIF as Giphy does, shortened."""
    forms = {
        "original": {"url": f"{MEDIA}{number}/giphy.gif", "webp": f"{MEDIA}{number}/giphy.webp", "width": "480"},
        "fixed_height": {
            "url": f"{MEDIA}{number}/200.gif",
            "webp": f"{MEDIA}{number}/200.webp",
            "width": "356",
            "height": "200",
        },
        "fixed_width_downsampled": {"url": f"{MEDIA}{number}/200w_d.gif", "webp": f"{MEDIA}{number}/200w_d.webp"},
        "fixed_width_mp4": {"mp4": f"{MEDIA}{number}/200w.mp4"},
        **more,
    }
    return {"type": "gif", "id": f"x{number}", "title": "Cat", "images": forms}


def answer(*found: dict[str, Any]) -> str:
    pagination = {"total_count": len(found), "count": len(found), "offset": 0}
    return json.dumps({"data": found, "pagination": pagination, "meta": {"status": 200, "msg": "OK"}})


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as opened:
        yield opened


@pytest.fixture
async def source(site: Site) -> AsyncIterator[Giphy]:
    async with Outgoing(OutgoingSettings(rules=AddressRules(allow_private=True))) as outgoing:
        yield Giphy(outgoing, f"{site.url}/", KEY)


def asked(site: Site) -> dict[str, list[str]]:
    """Give the parameters of the newest question."""
    return parse_qs(urlsplit(list(site.headers)[-1]).query)


async def test_a_search_asks_as_documented_and_gives_the_forms_of_the_sample(site: Site, source: Giphy) -> None:
    site.put("/v1/gifs/search", answer(images(1), images(2)), "application/json")
    assert await source.search(" весёлый кот ", 15, 30) == [
        Gif(f"{MEDIA}{number}/200w_d.webp", f"{MEDIA}{number}/200.webp", 356, 200, "Cat") for number in (1, 2)
    ]
    given = {"api_key": [KEY], "q": ["весёлый кот"], "limit": ["15"], "offset": ["30"], "rating": ["g"]}
    assert asked(site) == given


async def test_popular_ones_are_the_trending_ones(site: Site, source: Giphy) -> None:
    site.put("/v1/gifs/trending", answer(images()), "application/json; charset=utf-8")
    assert len(await source.popular(15)) == 1
    assert asked(site) == {"api_key": [KEY], "limit": ["15"], "rating": ["g"]}


async def test_other_forms_are_taken_when_the_best_are_not_there(site: Site, source: Giphy) -> None:
    only_original = {"images": {"original": {"url": f"{MEDIA}/giphy.gif"}}}
    unusable: list[dict[str, Any]] = [
        {"images": {}},
        {},
        {"images": {"original": {"url": "javascript:alert(1)"}}},
        {"images": {"original": {"url": "/relative.gif"}}},
        {"images": {"fixed_height": {"url": f"{MEDIA}/200.gif"}}},
    ]
    site.put("/v1/gifs/search", answer(*unusable, only_original), "application/json")
    assert await source.search("x", 15, 0) == [Gif(f"{MEDIA}/giphy.gif", f"{MEDIA}/giphy.gif")]


async def test_phrases_and_offsets_keep_to_giphys_limits(site: Site, source: Giphy) -> None:
    site.put("/v1/gifs/search", answer(), "application/json")
    assert await source.search("x" * 1000, 15, giphy.MAX_OFFSET + 1) == []
    assert not site.fetched
    assert await source.search("x" * 1000, 15, 0) == []
    assert asked(site)["q"] == ["x" * giphy.MAX_PHRASE]


async def test_answers_are_remembered_for_a_while_and_not_without_end(
    site: Site, source: Giphy, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/v1/gifs/search", answer(images()), "application/json")
    monkeypatch.setattr(giphy, "REMEMBERED", 2)
    for phrase in ("a", "a", "b", "c", "c"):
        assert len(await source.search(phrase, 15, 0)) == 1
    assert site.fetched["/v1/gifs/search"] == 3
    await source.search("a", 15, 0)  # the oldest was forgotten
    assert site.fetched["/v1/gifs/search"] == 4
    monkeypatch.setattr(giphy, "REMEMBER_S", -1.0)
    await source.search("d", 15, 0)
    await source.search("d", 15, 0)
    assert site.fetched["/v1/gifs/search"] == 6


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 200),
        ('{"data": 5}', "application/json", 200),
        ('{"data": [{"images": {"original": {"url": 5}}}]}', "application/json", 200),
        ("<p>", "text/html", 200),
        ('{"meta": {"status": 401, "msg": "No API key found"}}', "application/json", 401),
        ('{"meta": {"status": 429}}', "application/json", 429),
        ("{}", "application/json", 503),
    ],
)
async def test_answers_that_are_none_say_so_and_do_not_tell_the_key(
    site: Site, source: Giphy, caplog: pytest.LogCaptureFixture, body: str, content_type: str, status: int
) -> None:
    site.put("/v1/gifs/search", body, content_type, status)
    caplog.set_level(logging.DEBUG, "skvorets")
    for _ in range(2):  # a failure is not remembered
        with pytest.raises(GifsUnavailableError):
            await source.search("x", 15, 0)
    assert site.fetched["/v1/gifs/search"] == 2
    assert caplog.records
    assert "s3cret" not in caplog.text


async def test_with_a_key_the_methods_ask_giphy(site: Site, tmp_path: Path) -> None:
    config = worlds.test_config(tmp_path, "", giphy_api_key=KEY, giphy_url=site.url)
    assert KEY not in repr(config)
    site.put("/v1/gifs/search", answer(images()), "application/json")
    opened = worlds.World(config)
    await opened.open()
    try:
        found = await opened.bob.call("imbot.Giphy.list", filter={"search": "кот"}, limit=500, offset=2)
        assert found == [{"preview": f"{MEDIA}0/200w_d.webp", "original": f"{MEDIA}0/200.webp"}]
        assert (asked(site)["limit"], asked(site)["offset"]) == (["50"], ["2"])
        refusal = (500, "ERROR_UNEXPECTED_ANSWER")
        assert await opened.bob.refused("imbot.Giphy.listPopular") == refusal
    finally:
        await opened.close()
