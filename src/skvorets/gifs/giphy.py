"""Giphy as a source of GIFs, asked through the guarded client. Source: developers.giphy.com, "Search", "Trending".

    GET /v1/gifs/search?api_key=…&q=…&limit=…&offset=…&rating=g
    GET /v1/gifs/trending?api_key=…&limit=…&rating=g
    {"data": [{"title", "images": {NAME: {"url", "webp", "width", "height"}}}]}

The key stands in the address: addresses and what becomes of them are never logged here.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import msgspec

from skvorets.core.content_values import web_address
from skvorets.core.gifs import MAX_NAME, Gif, GifsUnavailableError
from skvorets.delivery.outgoing import Outgoing

TIMEOUT_S: Final = 10.0
MAX_ANSWER_BYTES: Final = 4 * 1024 * 1024
"""Fifty GIFs in all their forms are a fifth of it."""
REMEMBER_S: Final = 600.0
"""An answer is given again for so long: keys have few calls, and people ask for the same."""
REMEMBERED: Final = 200
"""Answers that are remembered."""
MAX_PHRASE: Final = 50
"""Characters of a phrase that Giphy takes."""
MAX_OFFSET: Final = 4_999
"""The largest that Giphy takes."""
MAX_PIXELS: Final = 10_000
"""A greater width or height is not believed."""
# A company's messenger shows what is for everybody.
_RATING: Final = "g"
# Forms of a GIF, best first; those of the seed's sample (200w_d, 200) are the first ones.
_PREVIEWS: Final = ("fixed_width_downsampled", "fixed_width", "fixed_width_small", "original")
_ORIGINALS: Final = ("fixed_height", "original", "downsized")
_OK: Final = 200

_log = logging.getLogger(__name__)


class _Picture(msgspec.Struct):
    url: str = ""
    webp: str = ""
    # Numbers as text.
    width: object = None
    height: object = None


class _Found(msgspec.Struct):
    images: dict[str, _Picture] = {}
    title: str = ""


class _Answer(msgspec.Struct):
    data: list[_Found] = []


class Giphy:
    """Asks Giphy with one key."""

    def __init__(self, outgoing: Outgoing, base_url: str, api_key: str) -> None:
        """``outgoing`` is started by its owner; ``base_url`` has no final slash."""
        self._outgoing = outgoing
        self._base_url = base_url.rstrip("/")
        self._api_key = api_key
        self._answers: dict[tuple[str, str], tuple[float, list[Gif]]] = {}  # with the time until when they are good

    async def search(self, phrase: str, limit: int, offset: int) -> list[Gif]:
        """Give those that fit a phrase."""
        if offset > MAX_OFFSET:
            return []
        return await self._ask("search", {"q": phrase.strip()[:MAX_PHRASE], "limit": limit, "offset": offset})

    async def popular(self, limit: int) -> list[Gif]:
        """Give those that are in fashion."""
        return await self._ask("trending", {"limit": limit})

    async def _ask(self, what: str, params: Mapping[str, str | int]) -> list[Gif]:
        question = (what, urlencode({**params, "rating": _RATING}))
        now = time.monotonic()
        until, known = self._answers.get(question, (0.0, []))
        if until > now:
            return known
        found = await self._fetch(*question)
        self._answers[question] = (now + REMEMBER_S, found)
        while len(self._answers) > REMEMBERED:
            del self._answers[next(iter(self._answers))]
        return found

    async def _fetch(self, what: str, query: str) -> list[Gif]:
        page = await self._outgoing.get(
            f"{self._base_url}/v1/gifs/{what}?{urlencode({'api_key': self._api_key})}&{query}",
            max_bytes=MAX_ANSWER_BYTES,
            accept=("application/json",),
            headers={"User-Agent": "Skvorets"},
            timeout_s=TIMEOUT_S,
        )
        if page.failure is not None or page.status != _OK:
            _log.warning("Giphy did not answer: %s", page.failure.kind if page.failure else page.status)
            raise GifsUnavailableError
        try:
            answer = msgspec.json.decode(page.body, type=_Answer)
        except msgspec.MsgspecError:
            _log.warning("Giphy's answer cannot be read")
            raise GifsUnavailableError from None
        return [gif for one in answer.data if (gif := _gif(one)) is not None]


def _gif(found: _Found) -> Gif | None:
    preview, original = _best(found.images, _PREVIEWS), _best(found.images, _ORIGINALS)
    if preview is None or original is None:
        return None
    address, picture = original
    return Gif(preview[0], address, _pixels(picture.width), _pixels(picture.height), found.title[:MAX_NAME])


def _best(images: Mapping[str, _Picture], forms: tuple[str, ...]) -> tuple[str, _Picture] | None:
    """Give the first address there is, with its picture; WebP first, as in the seed's sample."""
    for picture in (images[form] for form in forms if form in images):
        for text in (picture.webp, picture.url):
            address = web_address(text)
            if address and not address.startswith("/"):
                return address, picture
    return None


def _pixels(given: object) -> int:
    """Read a size; 0 for what is none."""
    text = str(given)[:6]
    number = int(text) if text.isascii() and text.isdigit() else 0
    return number if number <= MAX_PIXELS else 0
