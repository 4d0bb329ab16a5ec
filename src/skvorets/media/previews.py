"""Smaller copies of kept pictures, made when first asked for and then taken from a folder.

The folder is a cache: it may be deleted at any time, is in no backup and its files need not be whole after a crash
(what is not whole is made again). Callers ask for a few fixed sizes; the cache has one file for each of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from skvorets.core.pictures import read_picture
from skvorets.errors import ImageTooLargeError, WrongImageError
from skvorets.media.thumbnails import Thumbnail, fit_within, in_decoder, square_of
from skvorets.storage.blobs import BlobStore

MAX_SOURCE_BYTES: Final = 64 * 1024 * 1024
"""Larger files get no preview: they would be read into memory whole."""
# How the two formats that we write end: a file without it was cut off by a crash.
_ENDINGS = (b"\xff\xd9", b"IEND\xaeB`\x82")


class Preview(NamedTuple):
    """A smaller copy, ready to be served."""

    data: bytes
    media_type: str  # image/png or image/jpeg
    width: int  # pixels
    height: int  # pixels


class _Wanted(NamedTuple):
    """Which copy is meant."""

    digest: str
    form: str  # part of the cache file's name
    make: Callable[[bytes], Thumbnail]


class Previews:
    """Smaller copies of the pictures of a blob store."""

    def __init__(self, blobs: BlobStore, folder: Path) -> None:
        """Keep the copies in ``folder``, made when the first one comes."""
        self._blobs = blobs
        self._folder = folder
        self._making: dict[tuple[str, str], asyncio.Task[Preview]] = {}

    async def get(self, digest: str, max_width: int, max_height: int) -> Preview:
        """Give the picture with this digest made to fit into a rectangle of pixels, never larger than it was.

        Raises FileNotFoundError (no such blob, also when a copy of it is still in the cache), WrongImageError,
        ImageTooLargeError.
        """
        form = f"{max_width}x{max_height}"
        return await self._get(_Wanted(digest, form, lambda data: fit_within(data, max_width, max_height)))

    async def get_square(self, digest: str, side: int) -> Preview:
        """Give the middle of the picture as a square of at most ``side`` pixels. Raises like ``get``."""
        return await self._get(_Wanted(digest, f"square{side}", lambda data: square_of(data, side)))

    async def _get(self, wanted: _Wanted) -> Preview:
        """Make it once, however many ask; who stops waiting does not stop it for the others."""
        key = (wanted.digest, wanted.form)
        task = self._making.get(key)
        if task is None:
            task = asyncio.create_task(self._load_or_make(wanted))
            self._making[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(task)

    def _forget(self, key: tuple[str, str], done: asyncio.Task[Preview]) -> None:
        del self._making[key]
        if not done.cancelled():
            done.exception()  # seen, even when nobody waits any more

    async def _load_or_make(self, wanted: _Wanted) -> Preview:
        cached = await asyncio.to_thread(self._load, wanted)
        return await in_decoder(self._make, wanted) if cached is None else cached

    def _load(self, wanted: _Wanted) -> Preview | None:
        if not self._blobs.exists(wanted.digest):
            raise FileNotFoundError(wanted.digest)
        try:
            data = self._path(wanted).read_bytes()
            if not data.endswith(_ENDINGS):
                return None
            return Preview(*read_picture(data))
        except (OSError, WrongImageError):
            return None

    def _make(self, wanted: _Wanted) -> Preview:
        with self._blobs.open(wanted.digest) as file:
            data = file.read(MAX_SOURCE_BYTES + 1)
        if len(data) > MAX_SOURCE_BYTES:
            raise ImageTooLargeError
        made = Preview(*wanted.make(data))
        with contextlib.suppress(OSError):  # a full disk: the next one makes it again
            self._keep(self._path(wanted), made.data)
        return made

    def _path(self, wanted: _Wanted) -> Path:
        """Give the place in the cache; the digest is one, since the blob store knew it."""
        return self._folder / wanted.digest[:2] / f"{wanted.digest}-{wanted.form}"

    @staticmethod
    def _keep(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
