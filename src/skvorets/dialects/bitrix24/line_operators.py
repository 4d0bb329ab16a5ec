"""What the methods share with which an operator serves customers.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.operator.*``, ``imopenlines.session.*``.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core.lines import desk
from skvorets.core.lines.desk import Served
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx
from skvorets.errors import (
    LineNotFoundError,
    NotALineChatError,
    NotAllowedError,
    NotFoundError,
    NothingChangedError,
    SessionClosedError,
    WrongOperatorError,
)

CHAT_ID = Fault("CHAT_ID", "Invalid chat ID")
CHAT_TYPE = Fault("CHAT_TYPE", "Chat is not an open line")
ACCESS_DENIED = Fault("ACCESS_DENIED", "You do not have access to the specified dialog")
OPERATOR_WRONG = Fault("OPERATOR_WRONG", "You can not redirect to this operator")

CHAT_FAULTS: Mapping[str, Fault] = {"CHAT_ID": CHAT_ID}
# Hidden and absent chats look the same.
SERVING_ERRORS: Mapping[type[Exception], Fault] = {
    NotALineChatError: CHAT_TYPE,
    NotFoundError: ACCESS_DENIED,
    NotAllowedError: ACCESS_DENIED,
    WrongOperatorError: ACCESS_DENIED,
    SessionClosedError: ACCESS_DENIED,
    NothingChangedError: ACCESS_DENIED,
}
# The first class that fits counts.
TRANSFER_ERRORS: Mapping[type[Exception], Fault] = {
    LineNotFoundError: OPERATOR_WRONG,
    WrongOperatorError: OPERATOR_WRONG,
    **{kind: fault for kind, fault in SERVING_ERRORS.items() if kind is not WrongOperatorError},
}


class ServingParams(msgspec.Struct, frozen=True, kw_only=True):
    """What every method takes about one conversation."""

    CHAT_ID: int  # number of the operators' chat


async def served_by(tx: Tx, call: Call, params: ServingParams) -> Served:
    """Give the newest conversation of the chat to the caller, who may act in it.

    Raises ApiError CHAT_ID; ChatNotFoundError, NotALineChatError.
    """
    if params.CHAT_ID <= 0:
        raise ApiError(CHAT_ID)
    return await desk.session_to_serve(tx, call.caller.person, params.CHAT_ID)
