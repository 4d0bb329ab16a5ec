"""What can be a favourite: messages alone, since there are no tasks and projects of Megaplan here."""

from __future__ import annotations

from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.params import Params

SUBJECT_TYPE = "message"


def message_of(params: Params) -> int:
    """Give the message that is meant. Raises ApiError."""
    if params.text("SubjectType").strip().lower() != SUBJECT_TYPE:
        raise ApiError(400, f"SubjectType must be {SUBJECT_TYPE}")
    return params.message_id("SubjectId")
