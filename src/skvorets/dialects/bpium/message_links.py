"""Attachments that are links to files elsewhere: blocks of a rich attachment in the stored message.

So people see them in the messenger, and links that bots attach are seen here. Source: spec ``bpium-messages.md`` §4.3.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import msgspec

from skvorets.core import colors
from skvorets.core.attach import TRANSPARENT, normalise_attach
from skvorets.core.content_errors import ContentError
from skvorets.core.content_values import fields_of, members_of, positive_int, trimmed, web_address
from skvorets.dialects.bpium.errors import ApiError

MAX_URL_CHARS: Final = 2_000
MAX_TITLE_CHARS: Final = 255
MAX_MIME_CHARS: Final = 127
UNKNOWN: Final = "application/octet-stream"
# Where the type of a file stands that the link's own words do not tell.
_TYPE = "TYPE"
# Kinds of blocks with something to open; cards of links in the text (RICH_LINK) are no attachments.
_KINDS = ("FILE", "IMAGE", "LINK")
_MILLISECONDS = 1000


class Link(msgspec.Struct, frozen=True):
    """A file elsewhere."""

    url: str
    title: str
    size: int | None
    mime_type: str


def read_link(given: Mapping[str, Any]) -> Link:
    """Read a link of a request. Raises ApiError."""
    url = given.get("url") or given.get("src")
    title, size, mime_type = given.get("title"), given.get("size"), given.get("mimeType")
    is_address = isinstance(url, str) and len(url) <= MAX_URL_CHARS and url.lower().startswith(("http://", "https://"))
    if not is_address or web_address(url) is None:
        raise ApiError(400, "An attachment needs the id of an uploaded file, or the http or https address of another.")
    if title is not None and not isinstance(title, str):
        raise ApiError(400, "The title of an attachment is a text.")
    if mime_type is not None and not (isinstance(mime_type, str) and len(mime_type) <= MAX_MIME_CHARS):
        raise ApiError(400, "The mimeType of an attachment is a short text.")
    if size is not None and (isinstance(size, bool) or not isinstance(size, int | float | str)):
        raise ApiError(400, "The size of an attachment is a number.")
    address = trimmed(url)
    name = trimmed(title)[:MAX_TITLE_CHARS] or _name_in(address)
    return Link(address, name, positive_int(size), trimmed(mime_type))


def to_attach(links: Sequence[Link], now: int) -> list[dict[str, Any]]:
    """Give the stored form of links; ``now`` is unix milliseconds. Raises ApiError when they are too much for one."""
    if not links:
        return []
    files = [{"NAME": one.title, "LINK": one.url, "SIZE": one.size} for one in links]
    try:
        color = colors.hex_of(colors.CHAT_COLORS[0])
        attach = normalise_attach([{"FILE": files}], default_color=color, now_s=now // _MILLISECONDS)
    except ContentError:
        raise ApiError(400, "These attachments take more than 30 KB.") from None
    stored: list[dict[str, Any]] = attach or []
    for file, link in zip(stored[0]["BLOCKS"][0]["FILE"], links, strict=True):
        if link.mime_type and link.mime_type != _type_of(link.title, link.url):
            file[_TYPE] = link.mime_type
    return stored


def links_of(attach: object) -> Iterator[Link]:
    """Give the links of a stored attachment."""
    for one in members_of(attach):
        fields = fields_of(one)
        if fields.get("COLOR") == TRANSPARENT:
            continue
        for block in members_of(fields.get("BLOCKS")):
            kinds = fields_of(block)
            for kind in _KINDS:
                for item in members_of(kinds.get(kind)):
                    if link := _link(fields_of(item)):
                        yield link


def _link(item: Mapping[str, object]) -> Link | None:
    url = web_address(item.get("LINK"))
    if url is None:
        return None
    title = trimmed(item.get("NAME")) or _name_in(url)
    return Link(url, title, positive_int(item.get("SIZE")), trimmed(item.get(_TYPE)) or _type_of(title, url))


def _type_of(title: str, url: str) -> str:
    return mimetypes.guess_type(title)[0] or mimetypes.guess_type(_path_of(url))[0] or UNKNOWN


def _name_in(url: str) -> str:
    """Give the last part of an address's path; the address itself when there is none."""
    return unquote(_path_of(url).rstrip("/").rpartition("/")[2])[:MAX_TITLE_CHARS].strip() or url[:MAX_TITLE_CHARS]


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
