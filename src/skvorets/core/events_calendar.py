"""What happens to the events of the calendar. See core/calendar.py."""

from __future__ import annotations

from typing import ClassVar

from skvorets.core.event_base import Event


class CalendarEventChanged(Event, frozen=True, kw_only=True):
    """An event was added, changed or deleted, or somebody answered: load it anew. Internal."""

    kind: ClassVar[str] = "calendar.changed"
    event_id: int
    actor_id: int
    change: str  # added, changed, deleted, answered
    # Who takes part in the meeting, also those who did until now.
    involved: list[int]
