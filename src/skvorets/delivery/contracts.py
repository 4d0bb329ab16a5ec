"""What delivery asks of a dialect: delivery knows when and how often, the dialect knows what and to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from skvorets.core.events import Event
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, NewDelivery
from skvorets.storage.event_log import StoredEvent

NETWORK_EVENT: Final = "NETWORK"
"""Name in the delivery log of what goes to another server about a line; ``data`` is a ``NetworkWanted``."""


class Request(Protocol):
    """One POST, ready to be sent."""

    @property
    def body(self) -> bytes:
        """The form."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the dialect, spelled as they go out."""

    @property
    def secrets(self) -> Sequence[str]:
        """One or two keys (``whsec_…``) to sign with: the present one, and the one before during a rotation."""


class EventDialect(Protocol):
    """Turns events of the log into deliveries, and deliveries into requests. Runs inside units of work."""

    async def concerns(self, tx: Tx, stored: StoredEvent) -> bool:
        """May this event cause a delivery? Must be quick: it is asked for every event, in the order of the log."""

    async def plan(self, tx: Tx, event: Event) -> Sequence[NewDelivery]:
        """Say which deliveries an event causes now. May record further events."""

    async def build(self, tx: Tx, delivery: Delivery) -> Request | None:
        """Build the request with fresh tokens; None when nobody is left to send it to."""
