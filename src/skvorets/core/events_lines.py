"""Events of open lines: a conversation began, was taken, finished … Rules: spec ``bitrix24-openlines.md`` §3."""

from __future__ import annotations

from typing import ClassVar

from skvorets.core.event_base import Event


class LineSessionChanged(Event, frozen=True, kw_only=True):
    """A conversation with a customer changed: load its chat anew. For the operators' chat."""

    kind: ClassVar[str] = "line.session"
    chat_id: int
    session_id: int
    line_id: int
    client_id: int
    # started, waiting, offered, taken, skipped, transferred, asked, answered, silent, pinned, finishing, rated, closed,
    # spam, client (his name or page)
    change: str
    status: int
    actor_id: int = 0  # 0 = the system
    operator_id: int = 0


class LineClientChanged(Event, frozen=True, kw_only=True):
    """What a customer sees of his conversation changed: who serves him, whether he is asked to rate. For his chat."""

    kind: ClassVar[str] = "line.client"
    chat_id: int
    session_id: int
    # started, waiting, taken, rating, rated, closed, read
    change: str
    operator_id: int = 0
