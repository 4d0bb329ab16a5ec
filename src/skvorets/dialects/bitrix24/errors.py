"""The documented error codes, texts and HTTP statuses, and what the core's refusals become by default.

Source: spec ``bitrix24-transport.md`` §4, ``bitrix24-im.md`` §1.1. A method's row may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from skvorets import errors
from skvorets.core import content_errors


class Fault(msgspec.Struct, frozen=True):
    """One documented error: what stands on the wire."""

    code: str
    text: str
    status: int = 400


class ApiError(Exception):
    """A refusal in the dialect's own words."""

    def __init__(self, fault: Fault, *, text: str = "", **extra: Any) -> None:
        """Refuse with a documented error; ``text`` replaces its text, ``extra`` keys stand beside it."""
        super().__init__(fault.code)
        self.fault = fault if not text else Fault(fault.code, text, fault.status)
        self.extra = extra


# ---- transport
NO_AUTH_FOUND = Fault("NO_AUTH_FOUND", "Wrong authorization data", 401)
INVALID_TOKEN = Fault("invalid_token", "Unable to get application by token", 401)
EXPIRED_TOKEN = Fault("expired_token", "The access token provided has expired", 401)
APPLICATION_NOT_FOUND = Fault("APPLICATION_NOT_FOUND", "Application not found", 401)
AUTHORIZATION_ERROR = Fault("authorization_error", "Unable to authorize user", 401)
USER_ACCESS_ERROR = Fault("user_access_error", "The user does not have access to the application.", 403)
INSUFFICIENT_SCOPE = Fault(
    "insufficient_scope", "The request requires higher privileges than provided by the access token", 403
)
INSUFFICIENT_SCOPE_WEBHOOK = Fault(
    "insufficient_scope", "The request requires higher privileges than provided by the webhook token", 403
)
INVALID_CREDENTIALS = Fault("INVALID_CREDENTIALS", "Invalid request credentials", 401)
WRONG_AUTH_TYPE = Fault("WRONG_AUTH_TYPE", "Current authorization type is denied for this method", 403)
NOT_BY_SESSION = Fault("WRONG_AUTH_TYPE", "Access for this method not allowed by session authorization.", 403)
ACCESS_DENIED = Fault("ACCESS_DENIED", "Access denied!", 403)
APPLICATION_REQUIRED = Fault("ACCESS_DENIED", "Access denied! Application context required", 403)
ADMINISTRATOR_REQUIRED = Fault("ACCESS_DENIED", "Access denied! Administrator authorization required", 403)
CLIENT_ID_REQUIRED = Fault("ACCESS_DENIED", "Access denied! Client ID not specified", 403)
METHOD_NOT_FOUND = Fault("ERROR_METHOD_NOT_FOUND", "Method not found!", 404)
ERROR_ARGUMENT = Fault("ERROR_ARGUMENT", "Argument is null or empty")
ERROR_CORE = Fault("ERROR_CORE", "Unknown error")
QUERY_LIMIT_EXCEEDED = Fault("QUERY_LIMIT_EXCEEDED", "Too many requests", 503)
OPERATION_TIME_LIMIT = Fault("OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.", 429)
OVERLOAD_LIMIT = Fault("OVERLOAD_LIMIT", "REST API is blocked due to overload.", 503)
BATCH_LENGTH_EXCEEDED = Fault("ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded")
BATCH_METHOD_NOT_ALLOWED = Fault("ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage", 405)
INTERNAL_SERVER_ERROR = Fault("INTERNAL_SERVER_ERROR", "Internal server error", 500)
# The reference's web server answers these two with a page of its own; programs expect JSON everywhere.
REQUEST_TOO_LARGE = Fault("ERROR_CORE", "Request is too large", 413)
REQUEST_UNREADABLE = Fault("ERROR_CORE", "Request could not be read")
WRONG_ENCODING = Fault("WRONG_ENCODING", "Wrong response encoding", 500)
WRONG_TRANSPORT = Fault("INTERNAL_WRONG_TRANSPORT", "Wrong transport!", 500)

# ---- messenger
DIALOG_ID_EMPTY = Fault("DIALOG_ID_EMPTY", "Dialog ID can't be empty")
CHAT_ID_EMPTY = Fault("CHAT_ID_EMPTY", "Chat ID can't be empty")
USER_ID_EMPTY = Fault("USER_ID_EMPTY", "User ID can't be empty")
USER_NOT_FOUND = Fault("USER_NOT_FOUND", "User not found")
MESSAGE_ID_ERROR = Fault("MESSAGE_ID_ERROR", "Message ID can't be empty")
MESSAGE_EMPTY = Fault("MESSAGE_EMPTY", "Message can't be empty")
ACCESS_ERROR = Fault("ACCESS_ERROR", "You do not have access to the specified dialog", 403)
ACTION_UNAVAILABLE = Fault("ACCESS_ERROR", "Action unavailable", 403)
CANT_EDIT_MESSAGE = Fault("CANT_EDIT_MESSAGE", "Time has expired for modification or you don't have access", 403)
ATTACH_ERROR = Fault("ATTACH_ERROR", "Incorrect attach params")
ATTACH_OVERSIZE = Fault("ATTACH_OVERSIZE", "You have exceeded the maximum allowable size of attach")
KEYBOARD_ERROR = Fault("KEYBOARD_ERROR", "Incorrect keyboard params")
KEYBOARD_OVERSIZE = Fault("KEYBOARD_OVERSIZE", "You have exceeded the maximum allowable size of keyboard")
MENU_ERROR = Fault("MENU_ERROR", "Incorrect menu params")
MENU_OVERSIZE = Fault("MENU_OVERSIZE", "You have exceeded the maximum allowable size of menu")
PARAMS_ERROR = Fault("PARAMS_ERROR", "Incorrect params")
WRONG_REQUEST = Fault("WRONG_REQUEST", "Something went wrong")
WITHOUT_CHANGES = Fault("WITHOUT_CHANGES", "Action completed without changes")

# ---- bots
BOT_ID_ERROR = Fault("BOT_ID_ERROR", "Bot not found")
APP_ID_ERROR = Fault("APP_ID_ERROR", "Bot was installed by another rest application")

# What a refusal of the core becomes where the method's row says nothing. The first class that fits counts.
DEFAULTS: Mapping[type[Exception], Fault] = {
    content_errors.AttachTooLargeError: ATTACH_OVERSIZE,
    content_errors.AttachInvalidError: ATTACH_ERROR,
    content_errors.KeyboardTooLargeError: KEYBOARD_OVERSIZE,
    content_errors.KeyboardInvalidError: KEYBOARD_ERROR,
    content_errors.MenuTooLargeError: MENU_OVERSIZE,
    content_errors.MenuInvalidError: MENU_ERROR,
    errors.OverloadedError: QUERY_LIMIT_EXCEEDED,
    errors.CannotEditError: CANT_EDIT_MESSAGE,
    errors.EmptyMessageError: MESSAGE_EMPTY,
    errors.MessageNotFoundError: MESSAGE_ID_ERROR,
    errors.BotNotFoundError: BOT_ID_ERROR,
    errors.NotOwnerError: APP_ID_ERROR,
    errors.NothingChangedError: WITHOUT_CHANGES,
    errors.GeneralChatError: ACTION_UNAVAILABLE,
    errors.FixedChatError: ACTION_UNAVAILABLE,
    errors.TooLargeError: ERROR_ARGUMENT,
    errors.NotFoundError: ACCESS_ERROR,
    errors.NotAllowedError: ACCESS_ERROR,
}


def fault_of(error: Exception, rows: Mapping[type[Exception], Fault]) -> Fault | None:
    """Find the documented error for a refusal: the method's rows first, then the defaults; None = not a refusal."""
    for table in (rows, DEFAULTS):
        for kind, fault in table.items():
            if isinstance(error, kind):
                return fault
    return ERROR_CORE if isinstance(error, errors.CoreError) else None
