"""The company's own collection as a source of GIFs: needs nobody outside. An administrator fills it: ``skvorets gif``.

The addresses are those of ``dialects/native/gif_files.py``; that of the whole GIF ends in ``.gif``, so that a message
with it shows the picture.
"""

from __future__ import annotations

from skvorets.core.gifs import Gif, find_gifs, newest_gifs
from skvorets.storage.database import Store
from skvorets.storage.gifs import StoredGif


class GifCollection:
    """Gives the GIFs of a store."""

    def __init__(self, store: Store, base_url: str) -> None:
        """``base_url`` has no final slash."""
        self._store = store
        self._base_url = base_url

    async def search(self, phrase: str, limit: int, offset: int) -> list[Gif]:
        """Give those whose tags fit the phrase, the newest first."""
        return [self._gif(one) for one in await self._store.read(find_gifs, phrase, limit, offset)]

    async def popular(self, limit: int) -> list[Gif]:
        """Give the newest: who used which is not written down."""
        return [self._gif(one) for one in await self._store.read(newest_gifs, limit)]

    def _gif(self, one: StoredGif) -> Gif:
        address = f"{self._base_url}/files/gif/{one.digest}"
        return Gif(f"{address}/preview", f"{address}.gif", one.width, one.height, one.name)
