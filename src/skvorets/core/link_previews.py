"""Cards of links in messages (`URL_PREVIEW`): which links get one, and what a message with cards looks like.

    post ──► event ──► links/follower.py fetches the pages ──► show_cards: params URL_ID, URL_ONLY, ATTACH of RICH_LINK

Addresses written without a code get cards; those in quotes, and addresses of pictures, which are shown themselves, do
not. A message has either cards or an attachment of its own. Source: seed, sample of `im.dialog.messages.get` and
"Ссылки"; bitrix24-imbot §8 (RICH_LINK), §9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import msgspec

from skvorets.core.attach import TRANSPARENT, normalise_attach
from skvorets.core.events import MessageChanged, record
from skvorets.core.markup import parse
from skvorets.core.markup_codes import Children
from skvorets.core.markup_nodes import Link, Quote
from skvorets.storage import messages
from skvorets.storage.database import Tx
from skvorets.storage.link_previews import LinkPreview

MAX_LINKS: Final = 3
"""Links of a message that get cards: the first ones. Undocumented; more would be a wall of cards."""
MAX_ADDRESS_CHARS: Final = 2_000
"""Longer addresses get no card: three of them must fit into an attachment of 30 KB."""

_PARAMS: Final = ("URL_ID", "URL_ONLY", "ATTACH")


class Links(NamedTuple):
    """What a text has to offer."""

    addresses: tuple[str, ...]  # as they are fetched and shown, each once
    is_all: bool  # does the text consist of one link and nothing else?


NO_LINKS: Final = Links((), is_all=False)


def links_of(text: str) -> Links:
    """Give the links of a text that get cards."""
    if "://" not in text:
        return NO_LINKS
    tree = parse(text.strip())
    found = dict.fromkeys(address for link in _bare_links(tree) if (address := _whole(link.address)))
    return Links(tuple(found)[:MAX_LINKS], len(tree) == 1 and isinstance(tree[0], Link) and tree[0].is_bare)


def reconsider(params: dict[str, Any], before: str, text: str, *, is_wanted: bool) -> None:
    """Take the cards out of a message's params when its new text has other links, or wants none."""
    if "URL_ID" not in params:
        return
    links = links_of(text)
    if not is_wanted or links.addresses != links_of(before).addresses:
        take_out(params)
    elif links.is_all:
        params["URL_ONLY"] = "Y"
    else:
        params.pop("URL_ONLY", None)


def take_out(params: dict[str, Any]) -> None:
    """Take the cards out of a message's params; an attachment of its own stays."""
    if "URL_ID" in params:
        for name in _PARAMS:
            params.pop(name, None)


async def show_cards(tx: Tx, message_id: int, addresses: Sequence[str], found: Sequence[LinkPreview]) -> bool:
    """Show cards under a message whose links were these; False when it has become another one meanwhile.

    It does not count as edited, and no bot hears of it.
    """
    message = await messages.find(tx, message_id)
    if message is None or message.deleted_at:
        return False
    params, links = message.read_params(), links_of(message.text)
    if params.get("ATTACH") or "URL_ID" in params or links.addresses != tuple(addresses):
        return False
    params["URL_ID"] = [preview.id for preview in found]
    if links.is_all:
        params["URL_ONLY"] = "Y"
    params["ATTACH"] = normalise_attach(list(map(_card, found)), default_color=TRANSPARENT, now_s=0)
    await messages.change(tx, msgspec.structs.replace(message, params=msgspec.json.encode(params).decode()))
    await record(
        tx,
        MessageChanged(
            id=message.id,
            chat_id=message.chat_id,
            author_id=message.author_id,
            actor_id=0,
            created_at=message.created_at,
            edited_at=message.edited_at,
            text=message.text,
            params=params,
        ),
    )
    return True


def _card(preview: LinkPreview) -> dict[str, object]:
    facts = preview.facts
    link: dict[str, object] = {"NAME": facts.title, "LINK": preview.address, "DESC": facts.description}
    if facts.picture:
        link["PREVIEW"] = facts.picture
        link["PREVIEW_SIZE"] = {"WIDTH": facts.width, "HEIGHT": facts.height}
    # COMPAT(bitrix24): the number of the link stands here as text. [seed]
    return {"ID": str(preview.id), "BLOCKS": [{"RICH_LINK": [link]}], "COLOR": TRANSPARENT}


def _bare_links(nodes: Children) -> Iterator[Link]:
    for node in nodes:
        if isinstance(node, Link):
            if node.is_bare:
                yield node
        elif not isinstance(node, Quote):
            yield from _bare_links(getattr(node, "children", ()))


def _whole(address: str) -> str:
    """Give the address of a page with its path, without the place in the page; empty when it gets no card."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(address) > MAX_ADDRESS_CHARS:
        return ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
