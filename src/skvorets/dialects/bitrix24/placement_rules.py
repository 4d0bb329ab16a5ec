"""What all ``placement.*`` methods check: an application's token, an administrator, the code of a place.

Source: spec ``bitrix24-imbot.md`` §12.1; docs ``placement.bind``.
"""

from __future__ import annotations

from skvorets.core.placements import PLACES
from skvorets.dialects.bitrix24.errors import ACCESS_DENIED, ERROR_ARGUMENT, ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call
from skvorets.storage.applications import Application

_NO_APPLICATION = Fault(
    "WRONG_AUTH_TYPE", "Current authorization type is denied for this method Application context required", 403
)
# The right that every place of the messenger needs beside ``placement``.
MESSENGER = "im"


def calling_application(call: Call) -> Application:
    """Give the application of the caller's token. Raises ApiError WRONG_AUTH_TYPE for webhooks."""
    if call.caller.application is None:
        raise ApiError(_NO_APPLICATION)
    return call.caller.application


def managed_application(call: Call) -> Application:
    """Give the application; only administrators bind its places. Raises ApiError WRONG_AUTH_TYPE, ACCESS_DENIED."""
    application = calling_application(call)
    if not call.caller.person.admin:
        raise ApiError(ACCESS_DENIED)
    return application


def known_places(scopes: frozenset[str]) -> list[str]:
    """Give the codes of the places that these rights open."""
    return list(PLACES) if MESSENGER in scopes else []


def required(name: str, value: str) -> str:
    """Give a text that must be there. Raises ApiError ERROR_ARGUMENT."""
    if not value.strip():
        raise ApiError(ERROR_ARGUMENT, text=f"Argument '{name}' is null or empty", argument=name)
    return value.strip()
