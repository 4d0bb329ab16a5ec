"""From an address to what its page says: out of the database while that is fresh, else through the guarded client."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

from skvorets.delivery.outgoing import Outgoing
from skvorets.links.pages import read_page
from skvorets.storage import link_previews
from skvorets.storage.database import Store, Tx, lock_key
from skvorets.storage.link_previews import NOTHING, LinkPreview, PageFacts

FRESH_MS: Final = 24 * 3600 * 1000
"""What a page said is believed for so long."""
FAILED_MS: Final = 10 * 60 * 1000
"""A page that could not be got, or says nothing, is asked again after so long."""
KEEP_MS: Final = 30 * 24 * 3600 * 1000
"""Rows are removed after so long."""
PAGE_TIMEOUT_S: Final = 10.0
"""For all redirects and the page together."""
MAX_PAGE_BYTES: Final = 512 * 1024
"""Of a page so much is read: heads end long before."""
PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")
# Some sites describe their pages only to programs that say what they want.
_HEADERS: Final = {"User-Agent": "Mozilla/5.0 (compatible; Skvorets; link preview)", "Accept-Language": "ru,en;q=0.8"}
_OK = 200


class PreviewFetcher:
    """Gives what pages say; an address that is being fetched is not fetched twice."""

    def __init__(self, store: Store, outgoing: Outgoing) -> None:
        """``outgoing`` is started by its owner."""
        self._store = store
        self._outgoing = outgoing
        self._under_way: dict[str, asyncio.Task[LinkPreview]] = {}

    async def previews(self, addresses: Iterable[str]) -> list[LinkPreview]:
        """What can be shown of these pages, in their order; pages that have nothing to show are left out."""
        found = await asyncio.gather(*(self._preview(address) for address in addresses))
        return [preview for preview in found if preview.facts != NOTHING]

    def stop(self) -> None:
        """Fetch nothing more."""
        for task in self._under_way.values():
            task.cancel()

    async def _preview(self, address: str) -> LinkPreview:
        task = self._under_way.get(address)
        if task is None:
            task = asyncio.create_task(self._known_or_fetched(address))
            self._under_way[address] = task
            task.add_done_callback(lambda done: self._forget(address, done))
        return await asyncio.shield(task)

    def _forget(self, address: str, done: asyncio.Task[LinkPreview]) -> None:
        del self._under_way[address]
        if not done.cancelled():
            done.exception()  # seen, even when nobody waits any more

    async def _known_or_fetched(self, address: str) -> LinkPreview:
        known = await self._store.read(_fresh, address)
        if known is not None:
            return known
        facts = await self._fetch(address)
        return await self._store.write(lock_key(f"link:{address}"), _keep, address, facts)

    async def _fetch(self, address: str) -> PageFacts:
        page = await self._outgoing.get(
            address,
            max_bytes=MAX_PAGE_BYTES,
            accept=PAGE_TYPES,
            headers=_HEADERS,
            timeout_s=PAGE_TIMEOUT_S,
            takes_start=True,
        )
        if page.failure is not None or page.status != _OK:
            return NOTHING
        return await asyncio.to_thread(read_page, page.body, page.charset, page.url)


async def _fresh(tx: Tx, address: str) -> LinkPreview | None:
    known = await link_previews.find(tx, address)
    if known is None:
        return None
    age = tx.now - known.fetched_at
    return known if age < (FAILED_MS if known.facts == NOTHING else FRESH_MS) else None


async def _keep(tx: Tx, address: str, facts: PageFacts) -> LinkPreview:
    await link_previews.remove_older(tx, tx.now - KEEP_MS)
    return await link_previews.put(tx, address, facts)
