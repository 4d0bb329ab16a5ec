"""``imbot.command.update``: change a slash command.

Source: spec ``bitrix24-imbot.md`` §5.3; seed "imbot.command.update".
"""

from __future__ import annotations

import msgspec

from skvorets.core.commands import CommandChange, command_of, update_command
from skvorets.dialects.bitrix24.bot_fields import checked_url
from skvorets.dialects.bitrix24.command_fields import (
    COMMAND_ERRORS,
    COMMAND_ID_ERROR,
    HANDLER_WRONG,
    read_phrases,
)
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.fields import FieldsReader
from skvorets.dialects.bitrix24.ownership import BOT_FAULTS, OwnerParams, acting_application, portal_of_call
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import EmptyCodeError, EmptyPhrasesError, TakenError, WrongNameError

_NO_FIELDS = Fault("WRONG_REQUEST", "Update fields can't be empty")
_NOT_UPDATED = Fault("WRONG_REQUEST", "Command can't be updated")


class Params(OwnerParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    COMMAND_ID: int = 0
    FIELDS: Structure | None = None  # what is to change; CLIENT_ID may stand here, too


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """FIELDS; None = stays as it is."""

    COMMAND: str | None = None
    COMMON: bool | None = None
    HIDDEN: bool | None = None
    EXTRANET_SUPPORT: bool | None = None
    LANG: Structure | None = None  # replaces all words
    EVENT_COMMAND_ADD: str | None = None  # address of all commands of the application


_fields = FieldsReader(
    Fields, {"EVENT_COMMAND_ADD": HANDLER_WRONG, **dict.fromkeys(Fields.__struct_fields__[:-1], _NOT_UPDATED)}
)


@method(
    "imbot.command.update",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "COMMAND_ID": COMMAND_ID_ERROR, "FIELDS": _NO_FIELDS},
    errors={
        **COMMAND_ERRORS,
        **dict.fromkeys((EmptyCodeError, EmptyPhrasesError, TakenError, WrongNameError), _NOT_UPDATED),
    },
)
async def imbot_command_update(tx: Tx, call: Call, params: Params) -> bool:
    """Change the command; true."""
    command = await command_of(tx, await acting_application(tx, call), params.COMMAND_ID)
    fields = _fields.read(params.FIELDS)
    if fields == Fields():
        raise ApiError(_NO_FIELDS)
    url, portal = fields.EVENT_COMMAND_ADD, await portal_of_call(tx, call)
    change = CommandChange(
        command=fields.COMMAND,
        is_common=fields.COMMON,
        is_hidden=fields.HIDDEN,
        for_extranet=fields.EXTRANET_SUPPORT,
        phrases=None if fields.LANG is None else read_phrases(fields.LANG),
        handler_url="" if url is None else checked_url(portal, url, HANDLER_WRONG),
    )
    await update_command(tx, command, change)
    return True
