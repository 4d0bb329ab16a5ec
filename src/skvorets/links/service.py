"""Cards of links as a whole: what the composition root starts and stops."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from skvorets.config import Config
from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from skvorets.links import places
from skvorets.links.fetching import PreviewFetcher
from skvorets.links.follower import LinkFollower
from skvorets.links.places import KEY
from skvorets.storage.database import Store
from skvorets.storage.event_log import Position

MAX_CONNECTIONS: Final = 48
"""To all sites together: three for each message that is being worked on."""
MAX_CONNECTIONS_PER_SITE: Final = 4


class LinkService:
    """Fetches pages while the server runs, unless that is switched off."""

    def __init__(self, config: Config, store: Store, wake: asyncio.Event) -> None:
        """``wake`` is set whenever the event log grew."""
        self._is_on = config.link_previews
        self._store = store
        self._outgoing = Outgoing(_settings(config))
        self._follower = LinkFollower(store, PreviewFetcher(store, self._outgoing), wake)

    @property
    def position(self) -> Position:
        """Up to where this process has read the log."""
        return self._follower.position

    async def start(self) -> None:
        """Take up what waits, then follow the log."""
        if not self._is_on:
            await self._store.write(KEY, places.forget_place)
            return
        await self._outgoing.start()
        await self._follower.start()

    async def stop(self) -> None:
        """Fetch nothing more."""
        if self._is_on:
            await self._follower.stop()
            await self._outgoing.close()


def _settings(config: Config) -> OutgoingSettings:
    """A client of its own: slow sites bind no connections of handlers.

    The networks that are open for handlers are not open here: everybody may write a link, also people from outside.
    """
    return OutgoingSettings(
        rules=AddressRules(allow_private=config.allow_private_handlers),
        trusted_ca=Path(config.trusted_ca) if config.trusted_ca else None,
        max_connections=MAX_CONNECTIONS,
        max_connections_per_host=MAX_CONNECTIONS_PER_SITE,
    )
