"""Statuses that people choose, and whether they are away. Rules: spec ``bitrix24-im.md`` §4.1, §4.2, §10.

    chosen   online, dnd, away, break; stays until another one is chosen
    away     by a word of the person's client (``start_idle``) until it says that he is back (``end_idle``),
             or by not being seen for longer than the configured time

The latter is found when somebody looks; nothing is written and nobody is told when the time comes.
"""

from __future__ import annotations

from typing import Final

import msgspec

from skvorets.core.audience import tell_of_person
from skvorets.core.events_people import PersonStatus
from skvorets.errors import PersonNotFoundError, WrongStatusError
from skvorets.storage import people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

STATUSES: Final = ("online", "dnd", "away", "break")
"""What may be chosen. [docs]"""
USUAL_STATUS: Final = "online"
"""Of people who have chosen none. [seed]"""


def idle_since(person: Person, now: int, away_after_ms: int) -> int:
    """Give the time (unix milliseconds) since when a person is away, 0 for present ones and who never came.

    ``away_after_ms`` without being seen count as away; 0: only who said so is.
    """
    if person.idle_since or person.kind != "human":
        return person.idle_since
    is_silent = 0 < away_after_ms <= now - person.last_seen
    return person.last_seen if is_silent else 0


async def choose_status(tx: Tx, person_id: int, status: str) -> None:
    """Choose a status. Raises WrongStatusError, PersonNotFoundError."""
    if status not in STATUSES:
        raise WrongStatusError
    await _change(tx, person_id, status=status)


async def start_idle(tx: Tx, person_id: int, since: int) -> None:
    """Say that a person is away since a time (unix milliseconds). Raises PersonNotFoundError."""
    await _change(tx, person_id, idle_since=since)


async def end_idle(tx: Tx, person_id: int) -> None:
    """Say that a person is back. Raises PersonNotFoundError."""
    await _change(tx, person_id, idle_since=0)


async def _change(tx: Tx, person_id: int, **values: str | int) -> None:
    """Set columns and tell; nothing happens when all have these values already."""
    person = await people.find(tx, person_id)
    if person is None:
        raise PersonNotFoundError
    if all(getattr(person, name) == value for name, value in values.items()):
        return
    await people.change(tx, person_id, **values)
    changed = msgspec.structs.replace(person, **values)
    status = changed.status or USUAL_STATUS
    await tell_of_person(tx, PersonStatus(subject_id=changed.id, status=status, idle_since=changed.idle_since))
