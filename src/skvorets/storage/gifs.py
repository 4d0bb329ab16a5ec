"""Rows of ``gifs`` and ``gif_words``: the company's own collection, which an administrator fills."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.words import range_of


class StoredGif(msgspec.Struct, frozen=True):
    """One animation; the bytes lie in the blob store."""

    id: int
    digest: str
    name: str  # of the file that was added
    tags: str  # as written, separated by commas
    size: int  # bytes
    width: int  # pixels
    height: int
    added_at: int  # unix milliseconds


_COLUMNS = ", ".join(StoredGif.__struct_fields__)
_PUT = (
    "INSERT INTO gifs (digest, name, tags, size, width, height, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (digest) DO UPDATE SET name = excluded.name, tags = excluded.tags RETURNING id"
)
_HAS_WORD = "EXISTS (SELECT 1 FROM gif_words w WHERE w.gif_id = g.id AND w.word >= ${} AND w.word < ${})"


async def put(tx: Tx, gif: StoredGif, words: Collection[str]) -> int:
    """Add one, or give other tags to the one with these bytes; its id. ``gif.id`` does not matter."""
    gif_id: int = await tx.val(_PUT, gif.digest, gif.name, gif.tags, gif.size, gif.width, gif.height, gif.added_at)
    await tx.do("DELETE FROM gif_words WHERE gif_id = $1", gif_id)
    for word in sorted(words):
        await tx.do("INSERT INTO gif_words (word, gif_id) VALUES ($1, $2)", word, gif_id)
    return gif_id


async def remove(tx: Tx, gif_id: int) -> bool:
    """Remove one; False when there is none."""
    await tx.do("DELETE FROM gif_words WHERE gif_id = $1", gif_id)
    return bool(await tx.do("DELETE FROM gifs WHERE id = $1", gif_id))


async def is_known(tx: Tx, digest: str) -> bool:
    """Is there one with these bytes?"""
    return await tx.val("SELECT 1 FROM gifs WHERE digest = $1", digest) is not None


async def every(tx: Tx) -> list[StoredGif]:
    """All of them, oldest first."""
    return [StoredGif(*row) for row in await tx.rows(f"SELECT {_COLUMNS} FROM gifs ORDER BY id")]


async def newest(tx: Tx, words: Collection[str], limit: int, offset: int) -> list[StoredGif]:
    """Those of whose words some begin with each of the given ones, the newest first; without words all."""
    args: list[object] = []
    tests = []
    for word in words:
        args += range_of(word)
        tests.append(_HAS_WORD.format(len(args) - 1, len(args)))
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    rows = await tx.rows(
        f"SELECT {', '.join(f'g.{name}' for name in StoredGif.__struct_fields__)} FROM gifs g{where}"
        f" ORDER BY g.id DESC LIMIT ${len(args) + 1} OFFSET ${len(args) + 2}",
        *args,
        limit,
        offset,
    )
    return [StoredGif(*row) for row in rows]
