"""``/api/gifs``: animations for a message.

GET /api/gifs?find=&offset=&limit=   those that fit the words; without words those that are liked most just now

They come from the company's provider; one that does not answer gives 502 gifs_unavailable.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core.gifs import GifsUnavailableError
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, route

_MOST = 50


class GifsWanted(msgspec.Struct, frozen=True):
    """Which animations are looked for."""

    find: Annotated[str, msgspec.Meta(max_length=200)] = ""
    offset: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 24


class GifView(msgspec.Struct, frozen=True, rename="camel"):
    """An animation."""

    url: str  # to be sent: a message with it shows the picture
    preview_url: str  # a small picture
    width: int  # of the whole one, pixels; 0 = not known
    height: int
    name: str  # may be empty


class Gifs(msgspec.Struct, frozen=True):
    """The answer."""

    gifs: list[GifView]


@route("GET", "/api/gifs", query=GifsWanted, mode="free")
async def find_gifs(call: Call[GifsWanted]) -> Gifs:
    """Find animations."""
    given, source = call.given, call.services.gifs
    phrase = given.find.strip()
    try:
        if phrase:
            found = await source.search(phrase, given.limit, given.offset)
        else:
            found = [] if given.offset else await source.popular(given.limit)
    except GifsUnavailableError:
        raise ApiError(502, "gifs_unavailable", "The service of GIFs does not answer.") from None
    return Gifs([GifView(one.original, one.preview, one.width, one.height, one.name) for one in found])
