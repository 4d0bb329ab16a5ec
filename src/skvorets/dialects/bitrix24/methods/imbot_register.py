"""``imbot.register``: register a bot of the application.

Source: spec ``bitrix24-imbot.md`` §2.2; seed "imbot.register".
"""

from __future__ import annotations

import msgspec

from skvorets.core.bots import NewBot, register_bot
from skvorets.core.people import NewPerson
from skvorets.dialects.bitrix24.bot_fields import (
    HANDLER_FAULTS,
    NAME_ERROR,
    HandlerFields,
    read_handlers,
    read_looks,
)
from skvorets.dialects.bitrix24.bot_photo import keep_photo
from skvorets.dialects.bitrix24.errors import CLIENT_ID_REQUIRED, ApiError, Fault
from skvorets.dialects.bitrix24.ownership import portal_of_call, registering_application, required_client_id
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import EmptyCodeError, EmptyNameError, TakenError, TooManyBotsError, WrongNameError
from skvorets.storage.database import DIRECTORY_KEY

CODE_ERROR = Fault("CODE_ERROR", "Bot code isn't specified")
_NOT_CREATED = Fault("WRONG_REQUEST", "Bot can't be created")
# Letter of TYPE → kind of the core; every other letter is an ordinary bot.
_KINDS = {"B": "ordinary", "H": "human", "O": "line", "S": "supervisor"}


class Params(HandlerFields, frozen=True, kw_only=True):
    """Parameters as documented, beside the addresses of events."""

    CLIENT_ID: str = ""  # of webhooks: the name under which the bot is owned
    CODE: str = ""  # unique within the application; a known one gives the known bot
    TYPE: str = "B"  # B, H, O or S
    OPENLINE: bool = False  # takes part in open lines, too
    PROPERTIES: Structure | None = None  # how the bot looks; NAME or LAST_NAME is required


@method(
    "imbot.register",
    scope="imbot",
    params=Params,
    mode="free",
    faults={**HANDLER_FAULTS, "CLIENT_ID": CLIENT_ID_REQUIRED, "CODE": CODE_ERROR, "PROPERTIES": NAME_ERROR},
    errors={
        EmptyCodeError: CODE_ERROR,
        EmptyNameError: NAME_ERROR,
        TakenError: _NOT_CREATED,
        WrongNameError: _NOT_CREATED,
    },
)
async def imbot_register(call: Call, params: Params) -> int:
    """Register the bot; its id, which is a person's id."""
    if call.caller.application is None:
        required_client_id(call)
    photo = await keep_photo(call, params.PROPERTIES)
    return await call.surroundings.store.write(DIRECTORY_KEY, _register, call, params, photo)


async def _register(tx: Tx, call: Call, params: Params, photo: dict[str, str]) -> int:
    handlers = read_handlers(await portal_of_call(tx, call), params, are_required=True)
    if not params.CODE.strip():
        raise ApiError(CODE_ERROR)
    new = NewBot(
        code=params.CODE,
        kind=_KINDS.get(params.TYPE.strip().upper(), "ordinary"),
        serves_lines=params.OPENLINE,
        person=msgspec.structs.replace(NewPerson(first_name=""), **read_looks(params.PROPERTIES), **photo),
        handlers=handlers,
    )
    try:
        bot = await register_bot(tx, call.caller.person, await registering_application(tx, call), new)
    except TooManyBotsError:
        most = tx.portal.bots_per_application
        text = f"Has reached the maximum number of bots for application (max: {most})"
        raise ApiError(Fault("MAX_COUNT_ERROR", text)) from None
    return bot.person_id
