"""Who names a blob: every column that holds digests of the blob store.

A blob that none of them names is only wasted space (``storage/blobs.py``). A new column that names blobs is added here,
or its blobs are lost with the next cleaning: a test compares this list with the schema.
"""

from __future__ import annotations

from collections.abc import Collection

from skvorets.storage.database import Tx

# Table and column. Files stand below: deleted ones keep their bytes for a while.
NAMING = (
    ("people", "avatar"),
    ("chats", "avatar"),
    ("gifs", "digest"),
    ("chat_apps", "icon"),
    ("record_uploads", "digest"),
    ("lines", "avatar"),
)
# Bytes of a deleted file are kept for so long: who reads it, copies it or backs it up now is not disturbed.
KEEP_DELETED_MS = 24 * 3600 * 1000
_OF_FILES = (
    "SELECT DISTINCT digest FROM files WHERE digest = ANY($1) AND digest <> '' AND (deleted_at = 0 OR deleted_at > $2)"
)


async def named_among(tx: Tx, digests: Collection[str]) -> set[str]:
    """Those of the digests that some row names. Ask for hundreds at once: all pictures are looked at."""
    wanted = sorted(digests)
    if not wanted:
        return set()
    found = {row[0] for row in await tx.rows(_OF_FILES, wanted, tx.now - KEEP_DELETED_MS)}
    for table, column in NAMING:
        rows = await tx.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY($1)", wanted)
        found.update(row[0] for row in rows)
    return found
