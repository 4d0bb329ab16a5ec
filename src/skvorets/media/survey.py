"""What lies in the folder of blobs, counted beside the server's work; and clearing what no row names.

    walk the folder in pieces (a thread) ─► which of these are named? (a short read) ─► sums ─► remembered

Counting a large folder takes minutes, so a page shows the last sums with their time. A blob goes only when no row names
it and it was put there more than a day ago, which is looked at once more when it goes (``FolderBlobs.remove_unused``).
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec

from skvorets.storage import blob_names
from skvorets.storage.blobs import FolderBlobs, Kept
from skvorets.storage.database import Store

# Blobs looked at in one piece, and removed in one piece.
PIECE = 500
# A blob is put there before its row is committed: so long nobody takes it for unneeded.
MIN_AGE_MS = 24 * 3600 * 1000

_log = logging.getLogger(__name__)


class Survey(msgspec.Struct, frozen=True, rename="camel"):
    """What was counted. Sizes in bytes."""

    at: int  # when it ended, unix milliseconds
    blobs: int
    blob_bytes: int
    previews: int
    preview_bytes: int
    unnamed: int  # blobs that no row names, older than a day
    unnamed_bytes: int


class Cleared(msgspec.Struct, frozen=True):
    """What was removed."""

    count: int
    bytes: int


class StorageSurvey:
    """Counts in the background, one count at a time."""

    def __init__(self, store: Store, blobs: FolderBlobs, previews: Path) -> None:
        """Nothing is counted before it is asked for."""
        self._store = store
        self._blobs = blobs
        self._previews = previews
        self._task: asyncio.Task[None] | None = None
        self._busy = asyncio.Lock()
        self.latest: Survey | None = None

    @property
    def is_counting(self) -> bool:
        """Is a count under way?"""
        return self._task is not None and not self._task.done()

    def begin(self) -> None:
        """Count anew, unless that is under way."""
        if not self.is_counting:
            self._task = asyncio.create_task(self._count_and_log())

    async def stop(self) -> None:
        """End counting."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def count(self) -> Survey:
        """Count everything; remembered as ``latest``."""
        async with self._busy:
            number = size = unnamed = unnamed_size = 0
            before = _now() - MIN_AGE_MS
            async for piece, unnamed_ones in self._pieces(before):
                number += len(piece)
                size += sum(one.size for one in piece)
                unnamed += len(unnamed_ones)
                unnamed_size += sum(one.size for one in unnamed_ones)
            previews, preview_size = await asyncio.to_thread(_sum_of_folder, self._previews)
            self.latest = Survey(_now(), number, size, previews, preview_size, unnamed, unnamed_size)
            return self.latest

    async def clear(self) -> Cleared:
        """Remove the blobs that no row names; the sums are counted anew."""
        async with self._busy:
            number = size = 0
            before = _now() - MIN_AGE_MS
            async for _, unnamed in self._pieces(before):
                freed = await asyncio.to_thread(self._remove, unnamed, before)
                number += len(freed)
                size += sum(freed)
        await self.count()
        return Cleared(number, size)

    async def _pieces(self, before: int) -> AsyncIterator[tuple[list[Kept], list[Kept]]]:
        """Walk: each piece, and those of it that are old and that no row names."""
        walk = self._blobs.every()
        while piece := await asyncio.to_thread(_take, walk):
            old = {one.digest: one for one in piece if one.kept_at < before}
            named = await self._store.scan(blob_names.named_among, list(old))
            yield piece, [one for digest, one in old.items() if digest not in named]

    def _remove(self, unnamed: list[Kept], before: int) -> list[int]:
        return [freed for one in unnamed if (freed := self._blobs.remove_unused(one.digest, before))]

    async def _count_and_log(self) -> None:
        try:
            await self.count()
        except Exception:  # noqa: BLE001 — logged in full; the next look counts again
            _log.exception("the folder of files cannot be counted")


def _take(walk: Iterator[Kept]) -> list[Kept]:
    return list(itertools.islice(walk, PIECE))


def _sum_of_folder(folder: Path) -> tuple[int, int]:
    """How many files lie below a folder, and their sizes; what goes meanwhile is not counted."""
    number = size = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                number, size = number + 1, size + path.stat().st_size
    return number, size


def _now() -> int:
    return time.time_ns() // 1_000_000
