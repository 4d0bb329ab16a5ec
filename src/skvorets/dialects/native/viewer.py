"""Who looks at what the native API shows, and what the looks of things depend on beside their rows."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import msgspec

from skvorets.dialects.native.registry import Call
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# The part of the services that tells who has an open push socket: Container[int] of ids of people.
PRESENCE = "presence"
_MINUTE_MS = 60 * 1000
_NOBODY: frozenset[int] = frozenset()


class Viewer(msgspec.Struct, frozen=True):
    """One reader at one moment."""

    person: Person
    base_url: str
    language: str  # ru or en
    away_after_ms: int  # not seen for longer = away; 0: only who says so is
    now: int  # unix milliseconds
    here: Container[int]  # who has an open connection

    def avatar(self, digest: str) -> str:
        """Give the address of a small square picture, empty when there is none."""
        return f"{self.base_url}/files/avatar/{digest}" if digest else ""

    def picture(self, digest: str) -> str:
        """Give the address of the same picture for cards, empty when there is none."""
        return f"{self.base_url}/files/avatar/{digest}/hr" if digest else ""


def viewer_of(tx: Tx, call: Call[Any]) -> Viewer:
    """Say who reads the answer of a call."""
    config = call.services.config
    return Viewer(
        person=call.person,
        base_url=config.base_url,
        language=call.person.language or config.language,
        away_after_ms=config.away_after_minutes * _MINUTE_MS,
        now=tx.now,
        here=call.services.parts.get(PRESENCE, _NOBODY),
    )
