"""``imbot.app.update``: change a chat application. Its CODE and bot stay.

Source: spec ``bitrix24-imbot.md`` §11.2; seed "imbot.app.update".
"""

from __future__ import annotations

import msgspec

from skvorets.core.chat_apps import Changes, EmptyHashError, WrongCommandError, chat_app_of, update_chat_app
from skvorets.dialects.bitrix24.chat_app_fields import (
    APP_ERRORS,
    CHAT_APP_ID_ERROR,
    IFRAME_HTTPS,
    AppFields,
    keep_icon,
    read_changes,
)
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.fields import FieldsReader
from skvorets.dialects.bitrix24.ownership import BOT_FAULTS, OwnerParams, acting_application, registering_application
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import EmptyPhrasesError, WrongAddressError
from skvorets.storage.chat_apps import ChatApp
from skvorets.storage.database import DIRECTORY_KEY

_NO_FIELDS = Fault("WRONG_REQUEST", "Update fields can't be empty")
_NOT_UPDATED = Fault("WRONG_REQUEST", "App can't be updated")


class Params(OwnerParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    APP_ID: int = 0
    FIELDS: Structure | None = None  # what is to change; CLIENT_ID may stand here, too


# COMPAT(bitrix24): updating knows fewer codes than registering.
_fields = FieldsReader(AppFields, {**dict.fromkeys(AppFields.__struct_fields__, _NOT_UPDATED), "IFRAME": IFRAME_HTTPS})


@method(
    "imbot.app.update",
    scope="imbot",
    params=Params,
    mode="free",
    faults={**BOT_FAULTS, "APP_ID": CHAT_APP_ID_ERROR, "FIELDS": _NO_FIELDS},
    errors={
        **APP_ERRORS,
        WrongAddressError: IFRAME_HTTPS,
        **dict.fromkeys((WrongCommandError, EmptyHashError, EmptyPhrasesError), _NOT_UPDATED),
    },
)
async def imbot_app_update(call: Call, params: Params) -> bool:
    """Change what was given; true."""
    store = call.surroundings.store
    await store.read(_app, call, params)  # whoever may not change it stores no picture
    fields = _fields.read(params.FIELDS)
    changes = read_changes(fields, await keep_icon(call, fields))
    if msgspec.structs.astuple(changes) == msgspec.structs.astuple(Changes()):
        raise ApiError(_NO_FIELDS)
    await store.write(DIRECTORY_KEY, _update, call, params, changes)
    return True


async def _app(tx: Tx, call: Call, params: Params) -> ChatApp:
    return await chat_app_of(tx, await acting_application(tx, call), params.APP_ID)


async def _update(tx: Tx, call: Call, params: Params, changes: Changes) -> None:
    app = await _app(tx, call, params)
    await update_chat_app(tx, await registering_application(tx, call), app, changes)
