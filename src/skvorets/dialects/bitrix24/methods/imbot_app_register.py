"""``imbot.app.register``: register a chat application of the bot — a command, or a frame.

Source: spec ``bitrix24-imbot.md`` §11.1; seed "imbot.app.register".
"""

from __future__ import annotations

from skvorets.core.chat_apps import register_chat_app
from skvorets.dialects.bitrix24.chat_app_fields import (
    APP_FAULTS,
    FIELD_ERRORS,
    AppFields,
    keep_icon,
    read_changes,
)
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, acting_bot, registering_application
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import EmptyCodeError, TooLargeError, WrongNameError
from skvorets.storage.bots import Bot
from skvorets.storage.database import DIRECTORY_KEY

_CODE_ERROR = Fault("CODE_ERROR", "App code isn't specified")
_NOT_CREATED = Fault("WRONG_REQUEST", "App can't be created")


class Params(AppFields, frozen=True, kw_only=True):
    """Parameters as documented, beside what the application is made of."""

    CLIENT_ID: str = ""  # of webhooks: under which name the owner of the bot registered it
    BOT_ID: int = 0  # may be left out when the owner has one bot
    CODE: str = ""  # unique within the owner; a known one gives the known chat application


@method(
    "imbot.app.register",
    scope="imbot",
    params=Params,
    mode="free",
    faults={**BOT_FAULTS, **APP_FAULTS, "CODE": _CODE_ERROR},
    errors={
        **BOT_ERRORS,
        **FIELD_ERRORS,
        EmptyCodeError: _CODE_ERROR,
        WrongNameError: _NOT_CREATED,
        TooLargeError: _NOT_CREATED,
    },
)
async def imbot_app_register(call: Call, params: Params) -> int:
    """Register the chat application; its id."""
    store = call.surroundings.store
    await store.read(_bot, call, params)  # whoever has no bot stores no picture
    if not params.CODE.strip():
        raise ApiError(_CODE_ERROR)
    icon = await keep_icon(call, params)
    return await store.write(DIRECTORY_KEY, _register, call, params, icon)


async def _bot(tx: Tx, call: Call, params: Params) -> Bot:
    bot, _ = await acting_bot(tx, call, params.BOT_ID)
    return bot


async def _register(tx: Tx, call: Call, params: Params, icon: str | None) -> int:
    bot = await _bot(tx, call, params)
    application = await registering_application(tx, call)
    return await register_chat_app(tx, application, bot, params.CODE, read_changes(params, icon))
