"""The application that a call belongs to, for methods that mean nothing without one."""

from __future__ import annotations

from skvorets.dialects.bitrix24.errors import APPLICATION_REQUIRED, ApiError
from skvorets.dialects.bitrix24.registry import Call
from skvorets.storage.applications import Application


def application_of(call: Call) -> Application:
    """Give the application of the caller's token. Raises ApiError ACCESS_DENIED for webhooks."""
    if call.caller.application is None:
        raise ApiError(APPLICATION_REQUIRED)
    return call.caller.application
