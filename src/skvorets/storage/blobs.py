"""Where pictures and files lie: by the digest of their bytes, beside the database.

A blob is written, flushed to the disk and renamed into its place *before* the row that names it is committed: a row
never names what is not there. A blob that no row names after a failure is only wasted space.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO, Protocol

# SHA-256 in hex: also what an address may name, so no other path can be asked for.
_DIGEST = re.compile(r"[0-9a-f]{64}")


class BlobStore(Protocol):
    """Bytes by their digest. All functions block for the time of a disk access: call them in a thread."""

    def put(self, data: bytes) -> str:
        """Keep the bytes durably; their digest (64 hex digits). Keeping the same bytes again costs nothing."""

    def open(self, digest: str) -> BinaryIO:
        """Open a blob for reading. Raises FileNotFoundError, also for what is no digest."""

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
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _flush_folders(path.parent, self._folder)
        return digest

    def open(self, digest: str) -> BinaryIO:
        """Open the file of a blob."""
        return self.path(digest).open("rb")

    def exists(self, digest: str) -> bool:
        """Is there such a file?"""
        return bool(_DIGEST.fullmatch(digest)) and self.path(digest).exists()


def _flush_folders(folder: Path, root: Path) -> None:
    """Make the names durable, too: the new file's and those of folders made for it."""
    for each in (folder, folder.parent, root):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
