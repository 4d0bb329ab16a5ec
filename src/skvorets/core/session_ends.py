"""How sessions of browsers end before their time: rows go, and open push sockets hear of it.

A module of its own: both logging in and looking after sessions end some.
"""

from __future__ import annotations

from skvorets.core.events import record
from skvorets.core.events_people import SessionsClosed
from skvorets.storage import sessions, web_push
from skvorets.storage.database import Tx


async def end_session(tx: Tx, person_id: int, session_id: int) -> bool:
    """Log out one browser of a person; False when he has no such one."""
    if not await sessions.delete(tx, person_id, session_id):
        return False
    await _tell(tx, person_id)
    return True


async def end_sessions(tx: Tx, person_id: int, kept_id: int = 0) -> None:
    """Log out all browsers of a person, or all but one."""
    await sessions.delete_others(tx, person_id, kept_id)
    await _tell(tx, person_id)


async def _tell(tx: Tx, person_id: int) -> None:
    await web_push.delete_orphans(tx, person_id)
    await record(tx, SessionsClosed(subject_id=person_id))
