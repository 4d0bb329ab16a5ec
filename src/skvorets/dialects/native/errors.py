"""Refusals of the native API: an HTTP status, a code for programs, a text for people.

{"error": {"code": "not_found", "message": "There is no such chat."}}
"""

from __future__ import annotations

from skvorets import errors as core
from skvorets.storage.database import ConflictError


class ApiError(Exception):
    """A refusal; ``code`` is stable, ``message`` may be reworded."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """Refuse with this HTTP status."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


# From the particular to the general: the first class that fits is taken.
_KNOWN: tuple[tuple[type[Exception], int, str, str], ...] = (
    (core.TooManyAttemptsError, 429, "too_many_attempts", "Too many attempts. Try again in 15 minutes."),
    (core.NewPasswordRequiredError, 401, "new_password_required", "This password was good for once: choose another."),
    (core.SecondFactorRequiredError, 401, "second_factor_required", "Give the code of your second factor as well."),
    (core.WrongCodeError, 401, "wrong_code", "Wrong code."),
    (core.WrongSecretError, 401, "wrong_secret", "Wrong login or password."),
    (core.ChatNotFoundError, 404, "no_such_chat", "There is no such chat, or you may not see it."),
    (core.PersonNotFoundError, 404, "no_such_person", "There is no such person."),
    (core.MessageNotFoundError, 404, "no_such_message", "There is no such message, or you may not see it."),
    (core.NoSuchFileError, 404, "no_such_file", "There is no such file, or you may not see it."),
    (core.CommandNotFoundError, 404, "no_such_command", "There is no such command here."),
    (core.NotFoundError, 404, "not_found", "There is no such thing, or you may not see it."),
    (core.LastAdministratorError, 409, "last_administrator", "Nobody would be left who may administer."),
    (core.OwnAccountError, 409, "own_account", "Another administrator must do this."),
    (core.NotAllowedError, 403, "not_allowed", "You may not do this."),
    (core.EmptyMessageError, 400, "empty_message", "A message needs words or files."),
    (core.EmptyTitleError, 400, "empty_title", "A title is needed."),
    (core.WrongColorError, 400, "wrong_color", "There is no such colour."),
    (core.SessionClosedError, 409, "session_closed", "This conversation is finished already."),
    (core.WrongOperatorError, 400, "wrong_operator", "This person cannot serve customers, or does so already."),
    (core.NotALineChatError, 400, "not_a_line_chat", "This chat is none of an open line."),
    (core.NothingChangedError, 409, "nothing_changed", "It is so already."),
    (core.WrongProtocolError, 400, "wrong_protocol", "The address must begin with http:// or https://."),
    (core.WrongKeysError, 400, "wrong_keys", ""),
    (core.WrongAddressError, 400, "wrong_address", "This address cannot be called from here."),
    (core.WeakPasswordError, 400, "weak_password", ""),
    (core.WrongNameError, 400, "wrong_name", "This name cannot be used."),
    (core.EmptyNameError, 400, "empty_name", "A name is needed."),
    (core.WrongEmailError, 400, "wrong_email", "This is no e-mail address."),
    (core.WrongTimeError, 400, "wrong_time", "This date or time cannot be used."),
    (core.ImageTooLargeError, 400, "image_too_large", "The picture is larger than 5000×5000."),
    (core.WrongImageError, 400, "wrong_image", "A PNG, JPEG, GIF or WebP is wanted."),
    (core.WrongStatusError, 400, "wrong_status", "There is no such status."),
    (core.TakenError, 409, "taken", "This name or address belongs to another one."),
    (ConflictError, 503, "busy", "Too many changes at once. Try again."),
    (core.CoreError, 400, "refused", ""),
)


def documented(error: Exception) -> ApiError | None:
    """Give the refusal that the core's error becomes; None for what is no refusal but a failure."""
    for kind, status, code, message in _KNOWN:
        if isinstance(error, kind):
            return ApiError(status, code, message or str(error) or _words(error))
    return None


def _words(error: Exception) -> str:
    """Give the first sentence of the error's own description."""
    return (type(error).__doc__ or "Refused.").strip().splitlines()[0]
