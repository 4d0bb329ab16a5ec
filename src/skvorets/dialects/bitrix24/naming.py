"""How calls name chats, dialogs, people and messages; the same rules for all ``im.*`` methods.

Source: spec ``bitrix24-im.md`` §1: ``CHAT_ID`` is a plain number, ``DIALOG_ID=chatN`` may stand in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct

from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.errors import (
    CHAT_ID_EMPTY,
    DIALOG_ID_EMPTY,
    MESSAGE_ID_ERROR,
    USER_ID_EMPTY,
    ApiError,
    Fault,
)
from skvorets.dialects.bitrix24.params import Structure, read_dialog
from skvorets.dialects.bitrix24.registry import Call, private_key
from skvorets.dialects.bitrix24.values import BadValue, to_int_list
from skvorets.storage.database import DIRECTORY_KEY, lock_key

CHAT_FAULTS: Mapping[str, Fault] = {"CHAT_ID": CHAT_ID_EMPTY, "DIALOG_ID": DIALOG_ID_EMPTY}


class ChatParams(Struct, frozen=True, kw_only=True):
    """Parameters of a method about one group chat."""

    CHAT_ID: int = 0  # required, unless …
    DIALOG_ID: Dialog | None = None  # … chatN stands here; private dialogs are refused


class MessageParams(Struct, frozen=True, kw_only=True):
    """Parameters of a method about one message."""

    MESSAGE_ID: int  # > 0


class AnyDialog(Protocol):
    """Parameters that name a dialog in one of three ways; None = not given."""

    @property
    def DIALOG_ID(self) -> str | None: ...  # noqa: N802, D102 — the documented name
    @property
    def CHAT_ID(self) -> int | None: ...  # noqa: N802, D102 — the documented name


class AnyMessage(Protocol):
    """Parameters that name a message."""

    @property
    def MESSAGE_ID(self) -> int: ...  # noqa: N802, D102 — the documented name


def chat_of(params: ChatParams) -> Dialog:
    """Give the chat that is meant. Raises ApiError CHAT_ID_EMPTY, DIALOG_ID_EMPTY."""
    if params.DIALOG_ID is not None:
        if params.DIALOG_ID.person_id:
            raise ApiError(DIALOG_ID_EMPTY)
        return params.DIALOG_ID
    if params.CHAT_ID <= 0:
        raise ApiError(CHAT_ID_EMPTY)
    return Dialog(chat_id=params.CHAT_ID)


def person_of(user_id: int) -> int:
    """Give the id of the person that is meant. Raises ApiError USER_ID_EMPTY."""
    if user_id <= 0:
        raise ApiError(USER_ID_EMPTY)
    return user_id


def dialog_of(params: AnyDialog) -> Dialog | None:
    """Give the dialog that is meant; None when nothing was given.

    Raises ApiError: CHAT_ID_EMPTY for ``chat0`` and the like, USER_ID_EMPTY for a person's number that is not above 0,
    DIALOG_ID_EMPTY for what is neither.
    """
    if params.DIALOG_ID is not None:
        return _read_dialog(params.DIALOG_ID.strip())
    if params.CHAT_ID is not None:
        if params.CHAT_ID <= 0:
            raise ApiError(CHAT_ID_EMPTY)
        return Dialog(chat_id=params.CHAT_ID)
    return None


def message_of(params: MessageParams) -> int:
    """Give the id of the message that is meant. Raises ApiError MESSAGE_ID_ERROR."""
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_ERROR)
    return params.MESSAGE_ID


def people_of(given: Structure, fault: Fault) -> tuple[int, ...]:
    """Read a list of people's ids; what cannot be an id is left out. Raises ApiError for nested values."""
    try:
        return tuple(one for one in to_int_list(given.value) if one > 0)
    except BadValue:
        raise ApiError(fault) from None


def lock_of_message(call: Call, params: AnyMessage) -> int:
    """Key for ``Store.write``: changes of one message follow one another."""
    return lock_key("message", params.MESSAGE_ID)


def lock_of_dialog(call: Call, params: Any) -> int:
    """Key for ``Store.write`` of a method whose parameters are an ``AnyDialog``."""
    dialog = dialog_of(params)
    if dialog is None:
        return DIRECTORY_KEY
    return dialog.chat_id or private_key(call.caller.person.id, dialog.person_id)


def lock_of_caller(call: Call, params: object) -> int:
    """Key for ``Store.write``: changes of one person by himself follow one another."""
    return lock_key("person", call.caller.person.id)


def _read_dialog(text: str) -> Dialog:
    try:
        return read_dialog(text)
    except BadValue:
        number = text.removeprefix("chat")
        is_number = number.removeprefix("-").isdecimal()
        if is_number and number != text:
            raise ApiError(CHAT_ID_EMPTY) from None
        raise ApiError(USER_ID_EMPTY if is_number else DIALOG_ID_EMPTY) from None
