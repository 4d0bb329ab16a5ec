"""Web push as a whole: what the composition root starts and stops."""

from __future__ import annotations

import asyncio
from collections.abc import Container
from pathlib import Path
from urllib.parse import urlsplit

from skvorets.config import Config
from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from skvorets.storage.database import Store
from skvorets.storage.event_log import Position
from skvorets.web_push.follower import PushFollower
from skvorets.web_push.sender import AT_ONCE, Sender


class WebPushService:
    """Tells browsers without an open page while the server runs."""

    def __init__(self, config: Config, store: Store, here: Container[int], wake: asyncio.Event) -> None:
        """``here`` are people with an open page, always current; ``wake`` is set whenever the event log grew."""
        self._outgoing = Outgoing(_settings(config))
        self._follower = PushFollower(store, Sender(store, self._outgoing, contact_of(config)), here, wake)

    @property
    def position(self) -> Position:
        """Up to where this process has read the log."""
        return self._follower.position

    async def start(self) -> None:
        """Follow the log."""
        await self._outgoing.start()
        await self._follower.start()

    async def stop(self) -> None:
        """Tell nobody anything more."""
        await self._follower.stop()
        await self._outgoing.close()


def contact_of(config: Config) -> str:
    """Say how people who run a push service reach ours (RFC 8292 §2.1)."""
    parts = urlsplit(config.base_url)
    return config.base_url if parts.scheme == "https" else f"mailto:webmaster@{parts.hostname}"


def _settings(config: Config) -> OutgoingSettings:
    """A client of its own: slow push services bind no connections of handlers.

    The networks that are open for handlers are not open here: everybody may subscribe, and push services are public.
    """
    return OutgoingSettings(
        rules=AddressRules(allow_private=config.allow_private_handlers),
        trusted_ca=Path(config.trusted_ca) if config.trusted_ca else None,
        max_connections=AT_ONCE,
        max_connections_per_host=AT_ONCE,
    )
