"""What an HTML page says about itself: Open Graph, then Twitter's words, then the plain title and description.

Reads the head of the page only, and no more than it is given; never raises. Source: the Open Graph protocol (ogp.me).
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from skvorets.links.charsets import decode
from skvorets.storage.link_previews import NOTHING, PageFacts

MAX_TITLE: Final = 250
MAX_DESCRIPTION: Final = 500
"""Characters that are kept; what is longer ends with …"""
MAX_PICTURE_ADDRESS: Final = 2_000
_MAX_KEPT: Final = 4_000  # characters of one value that are looked at
_MAX_PX: Final = 20_000
# Tags and texts that are looked at: a usual head has hundreds, this many take a twentieth of a second.
_MAX_PIECES: Final = 20_000
_TITLES: Final = ("og:title", "twitter:title", "title")
_DESCRIPTIONS: Final = ("og:description", "twitter:description", "description")
_PICTURES: Final = ("og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src")
_WANTED: Final = frozenset({*_TITLES, *_DESCRIPTIONS, *_PICTURES, "og:image:width", "og:image:height"})
_JOINER: Final = "\u200d"  # of emoji and of letters that change their shape
_NUMBER = re.compile(r"[0-9]{1,5}")


def read_page(body: bytes, charset: str, url: str) -> PageFacts:
    """Read the page that was got from ``url``; ``charset`` is what the answer says, perhaps empty."""
    values = _values(decode(body, charset))
    title = _shortened(_first(values, _TITLES), MAX_TITLE)
    if not title:
        return NOTHING
    picture = _picture(_first(values, _PICTURES), url)
    width, height = (_pixels(values.get(f"og:image:{side}", "")) for side in ("width", "height"))
    is_sized = bool(picture and width and height)
    return PageFacts(
        title,
        _shortened(_first(values, _DESCRIPTIONS), MAX_DESCRIPTION),
        picture,
        width if is_sized else 0,
        height if is_sized else 0,
    )


class _HeadEndsError(Exception):
    """Everything that counts has been read."""


class _Head(HTMLParser):
    """Collects the values of ``meta`` and the title until the head ends. The first of a name counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self._title: list[str] | None = None
        self._pieces = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count()
        if tag == "body":
            raise _HeadEndsError
        if tag == "meta":
            given = dict(reversed(attrs))  # the first of a name counts here, too
            name = (given.get("property") or given.get("name") or "").strip().lower()
            content = given.get("content")
            if name in _WANTED and content and content.strip():
                self.values.setdefault(name, content[:_MAX_KEPT])
        elif tag == "title" and "title" not in self.values:
            self._title = []

    def handle_endtag(self, tag: str) -> None:
        self._count()
        if tag == "head":
            raise _HeadEndsError
        if tag == "title" and self._title is not None:
            self.values["title"] = "".join(self._title)[:_MAX_KEPT]
            self._title = None

    def handle_data(self, data: str) -> None:
        self._count()
        if self._title is not None:
            self._title.append(data[:_MAX_KEPT])

    def _count(self) -> None:
        self._pieces += 1
        if self._pieces > _MAX_PIECES:
            raise _HeadEndsError


def _values(page: str) -> dict[str, str]:
    head = _Head()
    with contextlib.suppress(_HeadEndsError, AssertionError):  # the library asserts what it believes of declarations
        # Never closed: a page that was cut ends somewhere, and what is left unfinished does not count.
        head.feed(page)
    return head.values


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _line(values.get(name, "")))), "")


def _line(text: str) -> str:
    """Give one line without control characters, among them those that turn the direction of writing."""
    return " ".join("".join(one if _is_shown(one) else " " for one in text).split())


def _is_shown(character: str) -> bool:
    return character == _JOINER or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _picture(given: str, base: str) -> str:
    """Give the whole address of the picture; empty when it is none that a browser may load."""
    if not given or len(given) > MAX_PICTURE_ADDRESS:
        return ""
    try:
        address = urljoin(base, given)
        parts = urlsplit(address)
    except ValueError:
        return ""
    # "https://" alone means the page itself.
    is_usable = parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address and address != base
    return address if is_usable and len(address) <= MAX_PICTURE_ADDRESS else ""


def _pixels(text: str) -> int:
    match = _NUMBER.match(text.strip())
    number = int(match[0]) if match else 0
    return number if number <= _MAX_PX else 0
