"""Refusals: an object with ``name``, ``message`` and, for values of records, ``fields``.

Source: spec ``bpium-messages.md`` §3 (names other than NotFound are inferred there).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from skvorets import errors as core
from skvorets.storage.database import ConflictError

NAMES: Final[Mapping[int, str]] = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    413: "PayloadTooLarge",
    429: "TooManyRequests",
    500: "InternalServerError",
    501: "NotImplemented",
    503: "TooManyRequests",
}
"""``name`` by HTTP status."""
BUSY_S: Final = 1
"""After so many seconds a server that is too busy may be asked again."""


class ApiError(Exception):
    """A refusal as it goes out."""

    def __init__(
        self, status: int, message: str, *, fields: Mapping[str, str] | None = None, retry_after_s: int = 0
    ) -> None:
        """Refuse with an HTTP status; ``fields`` says why by field id."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.fields = fields
        self.retry_after_s = retry_after_s

    @property
    def body(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"name": NAMES[self.status], "message": self.message}
        if self.fields is not None:
            body["fields"] = dict(self.fields)
        return body


# The first that fits; "" = the error's own words.
_KNOWN: tuple[tuple[type[Exception], int, str], ...] = (
    (core.NotFoundError, 404, ""),
    (core.CannotEditError, 403, ""),
    (core.NotAllowedError, 403, "You may not do this."),
    (core.WrongSecretError, 401, "Wrong e-mail or password."),
    (core.SecondFactorRequiredError, 401, "This person logs in with a code: use a password for programs here."),
    (core.NewPasswordRequiredError, 401, "This password is good for once: choose another one in the messenger first."),
    (core.TooLargeError, 413, ""),
    (core.CoreError, 400, ""),
)
# Wrong passwords are counted in windows of a quarter of an hour; the reference lets one wait for five minutes at most.
_PASSWORD_WAIT_S = 300


def documented(error: Exception) -> ApiError | None:
    """Give the refusal that an error of the core becomes; None for what is no refusal but a failure."""
    if isinstance(error, core.WrongValuesError):
        return ApiError(400, "Some values do not fit their fields.", fields=error.fields)
    if isinstance(error, core.TooManyAttemptsError):
        return ApiError(429, "Too many wrong passwords. Try again later.", retry_after_s=_PASSWORD_WAIT_S)
    if isinstance(error, core.OverloadedError | ConflictError):
        return ApiError(429, "Too many requests at once. Try again.", retry_after_s=BUSY_S)
    for kind, status, message in _KNOWN:
        if isinstance(error, kind):
            return ApiError(status, message or str(error) or _words(error))
    return None


def _words(error: Exception) -> str:
    """Give the first sentence of the error's own description."""
    return (type(error).__doc__ or "Refused.").strip().splitlines()[0]
