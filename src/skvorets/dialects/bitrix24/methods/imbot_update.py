"""``imbot.update``: change a bot. Its TYPE and OPENLINE cannot be changed.

Source: spec ``bitrix24-imbot.md`` §2.3; seed "imbot.update".
"""

from __future__ import annotations

from skvorets.core import bots
from skvorets.core.bots import BotChange, BotHandlers
from skvorets.dialects.bitrix24.bot_fields import (
    HANDLER_FAULTS,
    NAME_ERROR,
    HandlerFields,
    read_handlers,
    read_looks,
)
from skvorets.dialects.bitrix24.bot_photo import keep_photo
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.fields import FieldsReader
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, BotParams, acting_application, portal_of_call
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import EmptyCodeError, EmptyNameError, TakenError, WrongNameError
from skvorets.storage.bots import Bot
from skvorets.storage.database import DIRECTORY_KEY

_NO_FIELDS = Fault("WRONG_REQUEST", "Update fields can't be empty")
_NOT_UPDATED = Fault("WRONG_REQUEST", "Bot can't be updated")


class Params(BotParams, frozen=True, kw_only=True):
    """Parameters as documented; BOT_ID is required here."""

    FIELDS: Structure | None = None


class Fields(HandlerFields, frozen=True, kw_only=True):
    """FIELDS, beside the addresses of events."""

    CODE: str | None = None
    PROPERTIES: Structure | None = None


_fields = FieldsReader(Fields, {**HANDLER_FAULTS, "CODE": _NOT_UPDATED, "PROPERTIES": NAME_ERROR})


@method(
    "imbot.update",
    scope="imbot",
    params=Params,
    mode="free",
    faults={**BOT_FAULTS, "FIELDS": _NO_FIELDS},
    errors={
        **BOT_ERRORS,
        EmptyNameError: NAME_ERROR,
        EmptyCodeError: _NOT_UPDATED,
        TakenError: _NOT_UPDATED,
        WrongNameError: _NOT_UPDATED,
    },
)
async def imbot_update(call: Call, params: Params) -> bool:
    """Change what was given; true."""
    store = call.surroundings.store
    await store.read(_bot, call, params)  # whoever may not change the bot stores no picture
    fields = _fields.read(params.FIELDS)
    photo = await keep_photo(call, fields.PROPERTIES)
    return await store.write(DIRECTORY_KEY, _update, call, params, fields, photo)


async def _bot(tx: Tx, call: Call, params: Params) -> Bot:
    # 0 would mean the first bot; what is changed must be named.
    bot, _ = await bots.bot_of(tx, await acting_application(tx, call), params.BOT_ID or -1)
    return bot


async def _update(tx: Tx, call: Call, params: Params, fields: Fields, photo: dict[str, str]) -> bool:
    bot = await _bot(tx, call, params)
    handlers = read_handlers(await portal_of_call(tx, call), fields, are_required=False)
    looks = {**read_looks(fields.PROPERTIES), **photo}
    if fields.CODE is None and handlers == BotHandlers() and not looks:
        raise ApiError(_NO_FIELDS)
    await bots.update_bot(tx, bot, BotChange(code=fields.CODE, looks=looks, handlers=handlers))
    return True
