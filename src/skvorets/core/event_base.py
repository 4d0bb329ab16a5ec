"""The base of all events; ``events.py`` has the kinds of the core, ``events_*.py`` those of its other parts.

A new file of kinds is imported by ``events.py``: what is not imported there cannot be read from the log.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all events; ``chat_id`` and ``person_id`` fields of subclasses name the audience."""

    kind: ClassVar[str]
    # Does ``person_id`` name the only person who may see the event (instead of who caused it)?
    is_personal: ClassVar[bool] = False
