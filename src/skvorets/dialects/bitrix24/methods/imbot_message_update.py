"""``imbot.message.update``: change a message of the bot.

Source: spec ``bitrix24-imbot.md`` §4.2; seed "imbot.message.update".
"""

from __future__ import annotations

from skvorets.core import access
from skvorets.core.messages import MessageChange, change_message
from skvorets.dialects.bitrix24.content import read_content
from skvorets.dialects.bitrix24.errors import MESSAGE_EMPTY, MESSAGE_ID_ERROR, ApiError
from skvorets.dialects.bitrix24.naming import lock_of_message
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, BotParams, acting_bot
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(BotParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    MESSAGE_ID: int = 0
    MESSAGE: str | None = None  # not given: stays; empty: the message is deleted
    ATTACH: Structure | None = None  # not given: stays; N or empty: removed
    KEYBOARD: Structure | None = None
    MENU: Structure | None = None
    URL_PREVIEW: bool = True  # may links in the new text be shown as cards
    SKIP_CONNECTOR: bool = False  # keep the change from the client of an open line


@method(
    "imbot.message.update",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "MESSAGE_ID": MESSAGE_ID_ERROR, "MESSAGE": MESSAGE_EMPTY},
    errors=BOT_ERRORS,
    lock=lock_of_message,
)
async def imbot_message_update(tx: Tx, call: Call, params: Params) -> bool:
    """Change what was given; true."""
    _, person = await acting_bot(tx, call, params.BOT_ID)
    if params.MESSAGE_ID <= 0:
        raise ApiError(MESSAGE_ID_ERROR)
    _, seat = await access.message_to_edit(tx, person, params.MESSAGE_ID)
    content = read_content(params, seat.chat, bot_id=person.id, now=tx.now)
    change = MessageChange(
        text=params.MESSAGE,
        params=content,
        previews_links=params.URL_PREVIEW,
        skips_connector=params.SKIP_CONNECTOR,
    )
    await change_message(tx, person, params.MESSAGE_ID, change)
    return True
