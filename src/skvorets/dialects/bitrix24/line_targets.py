"""To whom a conversation of an open line is transferred: a person or another line.

Source: spec ``bitrix24-openlines.md`` §4.6; seed "imopenlines.bot.session.transfer".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from skvorets.dialects.bitrix24.errors import USER_ID_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.values import BadValue, to_int

QUEUE_ID_EMPTY = Fault("QUEUE_ID_EMPTY", "QUEUE ID can't be empty")
TRANSFER_ID_EMPTY = Fault("TRANSFER_ID_EMPTY", "Queue ID or User ID can't be empty")
TARGET_FAULTS: Mapping[str, Fault] = {
    "USER_ID": USER_ID_EMPTY,
    "QUEUE_ID": QUEUE_ID_EMPTY,
    "TRANSFER_ID": TRANSFER_ID_EMPTY,
}
_QUEUE = "queue"


class Targeted(Protocol):
    """Parameters that name a target in one of three ways; None = not given."""

    @property
    def USER_ID(self) -> int | None: ...  # noqa: N802, D102 — the documented name
    @property
    def QUEUE_ID(self) -> int | None: ...  # noqa: N802, D102 — the documented name
    @property
    def TRANSFER_ID(self) -> str | None: ...  # noqa: N802, D102 — the documented name


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A person or a line; exactly one is not 0."""

    person_id: int = 0
    line_id: int = 0


def target_of(params: Targeted) -> Target:
    """Read the target. Raises ApiError USER_ID_EMPTY, QUEUE_ID_EMPTY, TRANSFER_ID_EMPTY."""
    if params.TRANSFER_ID is not None and (text := params.TRANSFER_ID.strip()):
        is_line = text.lower().startswith(_QUEUE)
        number = _number(text[len(_QUEUE) :] if is_line else text)
        return _line(number) if is_line else _person(number)
    if params.USER_ID is not None:
        return _person(params.USER_ID)
    if params.QUEUE_ID is not None:
        return _line(params.QUEUE_ID)
    raise ApiError(TRANSFER_ID_EMPTY)


def _number(text: str) -> int:
    try:
        return to_int(text)
    except BadValue:
        raise ApiError(TRANSFER_ID_EMPTY) from None


def _person(person_id: int) -> Target:
    if person_id <= 0:
        raise ApiError(USER_ID_EMPTY)
    return Target(person_id=person_id)


def _line(line_id: int) -> Target:
    if line_id <= 0:
        raise ApiError(QUEUE_ID_EMPTY)
    return Target(line_id=line_id)
