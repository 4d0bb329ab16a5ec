"""What happens to drafts. See core/drafts.py."""

from __future__ import annotations

from typing import ClassVar

from skvorets.core.event_base import Event


class DraftChanged(Event, frozen=True, kw_only=True):
    """A person has begun to write something else, or nothing any more. For the person."""

    kind: ClassVar[str] = "draft.changed"
    is_personal: ClassVar[bool] = True
    chat_id: int
    person_id: int
    text: str  # empty together with reply_to_id = 0: forgotten
    reply_to_id: int  # 0 = nothing is answered
    changed_at: int  # unix milliseconds
