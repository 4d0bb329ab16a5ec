"""Refusals of the Megaplan dialect: an HTTP status and a text in the usual envelope.

{"status": {"code": "error", "message": "Message not found"}, "params": {…}, "data": []}
Source: spec ``megaplan-messages.md`` §5.2.
"""

from __future__ import annotations

from skvorets import errors as core
from skvorets.storage.database import ConflictError


class ApiError(Exception):
    """A refusal; the text is for people and may be reworded."""

    def __init__(self, status: int, message: str, *, retry_after_s: int = 0) -> None:
        """Refuse with this HTTP status."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_after_s = retry_after_s


# One and the same for a missing or malformed header, an unknown pair and a wrong signature.
NOT_SIGNED = "Authorization failed: the request is not signed, or its signature is wrong"
_LATER_S = 60
_ATTEMPTS_LATER_S = 15 * 60

# From the particular to the general: the first class that fits is taken. An empty text: the error's own.
_KNOWN: tuple[tuple[type[Exception], int, str], ...] = (
    (core.TooManyAttemptsError, 429, "Too many attempts. Try again in 15 minutes"),
    (core.OverloadedError, 429, "Too many requests"),
    (
        core.SecondFactorRequiredError,
        401,
        "This account has a second factor: log in with a password for programs, made in the settings of Skvorets",
    ),
    (core.NewPasswordRequiredError, 401, "This password was good for once: choose another one in Skvorets first"),
    (core.WrongSecretError, 401, "Wrong login or password"),
    (core.MessageNotFoundError, 404, "Message not found"),
    (core.PersonNotFoundError, 404, "Employee not found"),
    (core.NoSuchFileError, 404, "File not found"),
    (core.DepartmentNotFoundError, 404, "Department not found"),
    (core.NotFoundError, 404, "Object not found"),
    (core.NotAllowedError, 403, "Access denied"),
    (core.EmptyMessageError, 400, "Model[Content] is required"),
    (core.EmptyNameError, 400, "Model[Attaches]: a file needs a name"),
    (core.WrongRecipientError, 400, "Model[To]: nobody can be written to with the id {0}"),
    (core.TooLargeError, 400, ""),
    (ConflictError, 503, "Too many changes at once. Try again"),
    (core.CoreError, 400, ""),
)


def documented(error: Exception) -> ApiError | None:
    """Give the refusal that the core's error becomes; None for what is no refusal but a failure."""
    for kind, status, message in _KNOWN:
        if isinstance(error, kind):
            text = message.format(*error.args) if message else str(error) or "Refused"
            return ApiError(status, text, retry_after_s=_retry_after(error))
    return None


def _retry_after(error: Exception) -> int:
    if isinstance(error, core.TooManyAttemptsError):
        return _ATTEMPTS_LATER_S
    return _LATER_S if isinstance(error, core.OverloadedError) else 0
