"""Refusals of the widget's API: an HTTP status, a code for programs, a text for people.

{"error": {"code": "no_such_message", "message": "There is no such message."}}
"""

from __future__ import annotations

from skvorets import errors as core
from skvorets.storage.database import ConflictError


class ApiError(Exception):
    """A refusal; ``code`` is stable, ``message`` may be reworded."""

    def __init__(self, status: int, code: str, message: str, *, retry_after_s: int = 0) -> None:
        """Refuse with this HTTP status; after so many seconds it may be tried again (0 = it would not help)."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after_s = retry_after_s


# From the particular to the general: the first class that fits is taken.
_KNOWN: tuple[tuple[type[Exception], int, str, str], ...] = (
    (core.LineNotFoundError, 404, "no_such_line", "There is no such line."),
    (core.LineClosedError, 403, "closed", "Nobody takes messages here now."),
    (core.MessageNotFoundError, 404, "no_such_message", "There is no such message."),
    (core.CommandNotFoundError, 404, "no_such_command", "The message has no such button."),
    (core.NotFoundError, 404, "not_found", "There is no such thing."),
    (core.CannotEditError, 403, "not_allowed", "This message cannot be changed any more."),
    (core.NotAllowedError, 403, "not_allowed", "You may not do this."),
    (core.EmptyMessageError, 400, "empty_message", "A message needs words or files."),
    (core.EmptyNameError, 400, "empty_name", "A name is needed."),
    (core.WrongEmailError, 400, "wrong_email", "This is no e-mail address."),
    (core.SessionClosedError, 409, "session_closed", "The conversation is over."),
    (core.NothingChangedError, 409, "nothing_changed", "It is so already."),
    (core.OverloadedError, 503, "busy", "Too many changes at once. Try again."),
    (ConflictError, 503, "busy", "Too many changes at once. Try again."),
    (core.CoreError, 400, "refused", "This cannot be done."),
)


def documented(error: Exception) -> ApiError | None:
    """Give the refusal that the core's error becomes; None for what is no refusal but a failure."""
    for kind, status, code, message in _KNOWN:
        if isinstance(error, kind):
            return ApiError(status, code, message, retry_after_s=1 if status == 503 else 0)  # noqa: PLR2004 — HTTP
    return None
