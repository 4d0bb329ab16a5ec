"""Rows of ``link_previews``: what pages say about themselves, as it was when they were fetched."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from skvorets.storage.database import Tx

REMOVED_AT_ONCE: Final = 100
"""Old rows that are removed with each new one."""


class PageFacts(msgspec.Struct, frozen=True):
    """What a page says about itself."""

    title: str  # empty: there is nothing to show
    description: str = ""
    picture: str = ""  # an address
    width: int = 0  # of the picture, pixels; 0 = not said
    height: int = 0


NOTHING: Final = PageFacts("")


class LinkPreview(msgspec.Struct, frozen=True):
    """One row."""

    id: int
    address: str
    fetched_at: int  # unix milliseconds
    facts: PageFacts


_COLUMNS = "id, address, fetched_at, title, description, picture, width, height"
_FIND = f"SELECT {_COLUMNS} FROM link_previews WHERE digest = $1"
_PUT = (
    "INSERT INTO link_previews (digest, address, fetched_at, title, description, picture, width, height)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (digest) DO UPDATE SET fetched_at = excluded.fetched_at,"
    " title = excluded.title, description = excluded.description, picture = excluded.picture, width = excluded.width,"
    " height = excluded.height RETURNING id"
)


async def find(tx: Tx, address: str) -> LinkPreview | None:
    """The row of an address, however old."""
    row = await tx.row(_FIND, _digest(address))
    return None if row is None else LinkPreview(row[0], row[1], row[2], PageFacts(*row[3:]))


async def put(tx: Tx, address: str, facts: PageFacts) -> LinkPreview:
    """Keep what was fetched just now; an address keeps its id."""
    given = (facts.title, facts.description, facts.picture, facts.width, facts.height)
    preview_id: int = await tx.val(_PUT, _digest(address), address, tx.now, *given)
    return LinkPreview(preview_id, address, tx.now, facts)


async def remove_older(tx: Tx, before: int) -> int:
    """Remove some of the rows fetched before a time, unix milliseconds; how many."""
    return await tx.do(
        "DELETE FROM link_previews WHERE id IN"
        " (SELECT id FROM link_previews WHERE fetched_at < $1 ORDER BY fetched_at LIMIT $2)",
        before,
        REMOVED_AT_ONCE,
    )


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
