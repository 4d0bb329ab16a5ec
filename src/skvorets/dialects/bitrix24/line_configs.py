"""What the methods ``imopenlines.config.*`` share: whose lines they are, and refusals.

Administrators see and configure all lines, operators see those that they serve.
Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.config.*``.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core.lines.desk import is_staff
from skvorets.dialects.bitrix24.errors import BOT_ID_ERROR, ERROR_ARGUMENT, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx
from skvorets.errors import (
    BotNotFoundError,
    DepartmentNotFoundError,
    EmptyNameError,
    NotAllowedError,
    PersonNotFoundError,
    TooLargeError,
    TooManyLinesError,
)
from skvorets.storage import lines
from skvorets.storage.lines import Line

CONFIG_ID_EMPTY = Fault("CONFIG_ID_EMPTY", "Config ID can't be empty")
NO_PERMISSION = Fault("CONFIG_WRONG_USER_PERMISSION", "You have no permission to change open lines", 403)
CONFIG_FAULTS: Mapping[str, Fault] = {"CONFIG_ID": CONFIG_ID_EMPTY}
CONFIG_ERRORS: Mapping[type[Exception], Fault] = {
    NotAllowedError: NO_PERMISSION,
    BotNotFoundError: BOT_ID_ERROR,
    PersonNotFoundError: ERROR_ARGUMENT,
    DepartmentNotFoundError: ERROR_ARGUMENT,
    EmptyNameError: ERROR_ARGUMENT,
    TooLargeError: ERROR_ARGUMENT,
    TooManyLinesError: ERROR_ARGUMENT,
}


class ConfigParams(msgspec.Struct, frozen=True, kw_only=True):
    """What every method takes about one line."""

    CONFIG_ID: int  # number of the line


async def lines_to_see(tx: Tx, call: Call) -> list[Line]:
    """Give the lines that the caller may look at, by name."""
    person = call.caller.person
    if not is_staff(person):
        return []
    return await lines.every(tx) if person.admin else await lines.of_operator(tx, person.id)
