"""Where pictures and files lie: by the digest of their bytes, beside the database.

A blob is written, flushed to the disk and renamed into its place *before* the row that names it is committed: a row
never names what is not there. A blob that no row names after a failure is only wasted space, which administrators can
clear (``media/survey.py``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Protocol, Self

# SHA-256 in hex: also what an address may name, so no other path can be asked for.
_DIGEST = re.compile(r"[0-9a-f]{64}")


UNFINISHED_S: Final = 24 * 3600
"""A piece of a blob is what a crash left when nothing was added for so long, seconds."""
_UNFINISHED = ".new-"
_NS_PER_MS = 1_000_000


class Kept(NamedTuple):
    """A blob as the folder knows it."""

    digest: str
    size: int  # bytes
    kept_at: int  # when it was put there last, unix milliseconds


class BlobWriter(Protocol):
    """A blob that comes in pieces, on the disk as it comes. Leaving ``with`` unfinished forgets it.

    All functions block for the time of a disk access: call them in a thread.
    """

    def write(self, piece: bytes) -> None:
        """Add bytes."""

    def finish(self) -> str:
        """Keep it durably; its digest."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """Forget what was not finished."""


class BlobStore(Protocol):
    """Bytes by their digest. All functions block for the time of a disk access: call them in a thread."""

    def put(self, data: bytes) -> str:
        """Keep the bytes durably; their digest (64 hex digits). Keeping the same bytes again costs nothing."""

    def begin(self) -> BlobWriter:
        """Begin a blob that comes in pieces."""

    def open(self, digest: str) -> BinaryIO:
        """Open a blob for reading, from any place of it. Raises FileNotFoundError, also for what is no digest."""

    def exists(self, digest: str) -> bool:
        """Is there such a blob?"""


class FolderBlobs:
    """Blobs as files ``ab/cd/abcd…`` of one folder."""

    def __init__(self, folder: Path) -> None:
        """Keep the blobs in ``folder``, made when the first one comes."""
        self._folder = folder

    def path(self, digest: str) -> Path:
        """Give the place of a blob. Raises FileNotFoundError for what is no digest."""
        if not _DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return self._folder / digest[:2] / digest[2:4] / digest

    def put(self, data: bytes) -> str:
        """Write, flush, rename: after a crash the blob is whole or not there."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if _renew(path):
            _flush_folders(path.parent, self._folder)  # another thread may have named it a moment ago
            return digest
        with self.begin() as writer:
            writer.write(data)
            return writer.finish()

    def begin(self) -> FolderBlob:
        """Begin a file beside the others; it gets its name when its digest is known."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return FolderBlob(self, self._folder)

    def remove_unfinished(self) -> None:
        """Remove what crashes have left."""
        for path in self._folder.glob(f"{_UNFINISHED}*"):
            if path.stat().st_mtime < time.time() - UNFINISHED_S:
                path.unlink(missing_ok=True)

    def open(self, digest: str) -> BinaryIO:
        """Open the file of a blob."""
        return self.path(digest).open("rb")

    def exists(self, digest: str) -> bool:
        """Is there such a file?"""
        return bool(_DIGEST.fullmatch(digest)) and self.path(digest).exists()

    def every(self) -> Iterator[Kept]:
        """Walk through all blobs, folder by folder. What comes or goes meanwhile may or may not be seen."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if _DIGEST.fullmatch(path.name):
                with contextlib.suppress(FileNotFoundError):
                    found = path.stat()
                    yield Kept(path.name, found.st_size, found.st_mtime_ns // _NS_PER_MS)

    def remove_unused(self, digest: str, before: int) -> int:
        """Remove a blob that nobody names, unless it was put there again since ``before`` (unix milliseconds).

        Bytes that became free. It is set aside first: whoever puts the same bytes at this moment either finds it gone
        and writes them anew, or has renewed it, and then it is put back.
        """
        path = self.path(digest)
        aside = path.with_name(f"{_UNFINISHED}{digest}")
        try:
            path.rename(aside)
        except FileNotFoundError:
            return 0
        found = aside.stat()
        if found.st_mtime_ns // _NS_PER_MS >= before:
            aside.rename(path)
            return 0
        aside.unlink()
        return found.st_size


class FolderBlob:
    """A blob that is being written into a folder."""

    def __init__(self, blobs: FolderBlobs, folder: Path) -> None:
        """Write below ``folder``."""
        self._blobs = blobs
        self._folder = folder
        self._digest = hashlib.sha256()
        handle, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
        self._file = os.fdopen(handle, "wb")
        self._temporary = Path(name)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was not finished."""
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def write(self, piece: bytes) -> None:
        """Add bytes."""
        self._digest.update(piece)
        self._file.write(piece)

    def finish(self) -> str:
        """Flush, then rename, then flush the names."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        digest = self._digest.hexdigest()
        path = self._blobs.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        if _renew(path):
            self._temporary.unlink()
        else:
            self._temporary.replace(path)
        _flush_folders(path.parent, self._folder)
        return digest


def _renew(path: Path) -> bool:
    """Is there such a blob? Then it counts as put there now, so that it is not taken for something nobody needs."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _flush_folders(folder: Path, root: Path) -> None:
    """Make the names durable, too: the new file's and those of folders made for it."""
    for each in (folder, folder.parent, root):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
