"""Refusals: an HTTP status, a code for programs, a text for people. ``{"error": {"code", "message"}}``."""

from __future__ import annotations

from skvorets.errors import LineClosedError, LineNotFoundError, LineServerError, OverloadedError
from skvorets.storage.database import ConflictError


class ApiError(Exception):
    """A refusal; ``code`` is stable, ``message`` may be reworded."""

    def __init__(self, status: int, code: str, message: str, *, retry_after_s: int = 0) -> None:
        """Refuse with this HTTP status."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after_s = retry_after_s


def malformed() -> ApiError:
    """Refuse what cannot be read."""
    return ApiError(400, "malformed", "The body is not as documented.")


def unsigned() -> ApiError:
    """Refuse what is not signed by a server that we know; why is nobody's business."""
    return ApiError(401, "wrong_signature", "The request is not signed by a server that is known here.")


def too_many() -> ApiError:
    """Ask for a pause."""
    return ApiError(429, "too_many_requests", "Come back later.", retry_after_s=5)


_KNOWN: tuple[tuple[type[Exception], ApiError], ...] = (
    (LineNotFoundError, ApiError(404, "no_such_line", "There is no such line.")),
    (LineClosedError, ApiError(403, "line_closed", "The line does not take this.")),
    (LineServerError, ApiError(503, "cannot_reach_you", "Your server does not answer as it should.", retry_after_s=5)),
    (OverloadedError, ApiError(503, "busy", "Too many changes at once.", retry_after_s=5)),
    (ConflictError, ApiError(503, "busy", "Too many changes at once.", retry_after_s=5)),
)


def documented(error: Exception) -> ApiError | None:
    """Give the refusal that an error becomes; None for what is no refusal but a failure."""
    if isinstance(error, ApiError):
        return error
    return next((refusal for kind, refusal in _KNOWN if isinstance(error, kind)), None)
