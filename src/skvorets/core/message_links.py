"""Links in messages: which ones a text has, and the list of those of a chat.

The list is read from the index of messages: an entry of a message with a link has a mark, so those of one chat are an
intersection inside the index. A table of links would cost every message with a link one more statement when it is sent,
and would have to be filled for the past; the index is filled behind the sends, and its version fills the past anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from skvorets.core import markup, message_search
from skvorets.core.access import Seat
from skvorets.core.markup_codes import Children
from skvorets.core.markup_nodes import Break, Image, Indent, Link, Quote
from skvorets.core.message_search import Question
from skvorets.storage.database import Tx
from skvorets.storage.message_search import HAS_FILE, HAS_LINK
from skvorets.storage.messages import Message

MAX_LINKS: Final = 20
"""Links of one message that are listed: the first ones."""
_SCHEMES = ("http://", "https://", "ftp://")
_EVERYWHERE = "://"  # what every address of these schemes holds


class FoundLink(NamedTuple):
    """An address in a text."""

    url: str
    title: str  # what is written in its place, empty for an address as such


class ChatLink(msgspec.Struct, frozen=True):
    """An address in a message of a chat."""

    message: Message
    url: str
    title: str  # what is written in its place, or what the page says of itself; may be empty


def links_in(text: str) -> list[FoundLink]:
    """Give the addresses of pages in a text, each once, in their order; not those in quotes, which others have said."""
    if _EVERYWHERE not in text:
        return []
    found: dict[str, FoundLink] = {}
    for link in _links(markup.parse(text)):
        found.setdefault(link.url, link)
    return list(found.values())[:MAX_LINKS]


def marks_of(text: str, params: Mapping[str, Any] | None) -> list[str]:
    """Give the marks by which the index knows what is in a message."""
    marks = [HAS_FILE] if params and params.get("FILE_ID") else []
    return [*marks, HAS_LINK] if links_in(text) else marks


async def links_of_chat(tx: Tx, seat: Seat, before_id: int, limit: int) -> tuple[list[ChatLink], bool]:
    """The links of messages with smaller ids (0 = all), the newest first, and whether there are more.

    ``limit`` counts messages: all links of one stand in the same answer.
    """
    question = Question(text=None, limit=limit + 1, marks=(HAS_LINK,), last_id=before_id)
    found = await message_search.search_chat(tx, seat, question)
    links = [
        ChatLink(message, link.url, link.title or titles.get(_bare(link.url), ""))
        for message, titles in ((one, _titles_of(one)) for one in found[:limit])
        for link in links_in(message.text)
    ]
    return links, len(found) > limit


def _links(nodes: Children) -> Iterator[FoundLink]:
    for node in nodes:
        if isinstance(node, Link):
            if node.address.lower().startswith(_SCHEMES):
                yield FoundLink(node.address, "" if node.is_bare else _title(node.children, node.address))
        elif isinstance(node, Image):
            if node.is_bare and node.address.lower().startswith(_SCHEMES):
                yield FoundLink(node.address, "")
        elif not isinstance(node, Quote):
            yield from _links(getattr(node, "children", ()))


def _title(nodes: Children, address: str) -> str:
    """Give the words of a link on one line; empty when they are the address itself."""
    words = " ".join("".join(_words(nodes)).split())
    return "" if words == address else words


def _words(nodes: Children) -> Iterator[str]:
    for node in nodes:
        yield " " if isinstance(node, Break | Indent) else getattr(node, "text", "")
        yield from _words(getattr(node, "children", ()))


def _titles_of(message: Message) -> dict[str, str]:
    """Give what pages say of themselves on the cards of a message, by address."""
    params = message.read_params()
    if "URL_ID" not in params:
        return {}
    cards: Sequence[Any] = params.get("ATTACH") or ()
    titles: dict[str, str] = {}
    for card in cards:
        for block in card.get("BLOCKS", ()):
            for link in block.get("RICH_LINK", ()) if isinstance(block, dict) else ():
                titles[_bare(str(link.get("LINK", "")))] = str(link.get("NAME", ""))
    return titles


def _bare(address: str) -> str:
    """Cards leave out the place in the page and write the path of a site's first page."""
    return address.partition("#")[0].rstrip("/")
