"""What is told about deliveries of events; nobody sees it but the sender. See docs/delivery.md."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from skvorets.core.event_base import Event


class DeliveriesRevived(Event, frozen=True, kw_only=True):
    """Deliveries that were finished wait again, by another process than the one that sends. Internal."""

    kind: ClassVar[str] = "delivery.revived"
    application_id: int
    lanes: list[tuple[str, int]] = msgspec.field(default_factory=list)  # target and chat
