"""``user.option.set``: keep settings of the application for the caller.

Source: spec ``bitrix24-transport.md`` §10; docs ``user.option.set``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import options
from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError, Fault
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import TooLargeError


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    OPTIONS: Structure | None = None  # map: name → any value; other settings stay as they are


@method(
    "user.option.set",
    scope="",
    params=Params,
    errors={TooLargeError: Fault("ERROR_ARGUMENT", "Argument 'options' is too large")},
)
async def user_option_set(tx: Tx, call: Call, params: Params) -> bool:
    """Set what is given, leave the rest."""
    application_id = application_of(call).id
    values = params.OPTIONS.value if params.OPTIONS else None
    if not isinstance(values, dict):
        raise ApiError(ERROR_ARGUMENT, text="Argument 'options' is null or empty", argument="options")
    await options.set_options(tx, application_id, call.caller.person.id, values)
    return True
