"""``imbot.chat.sendTyping``: tell the others of a dialog that the bot is writing.

Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.sendTyping".
"""

from __future__ import annotations

from skvorets.core import chats
from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.bot_content import dialog_lock
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, DIALOG_ID_EMPTY, ApiError
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, BotParams, acting_bot
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError


class Params(BotParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog | None = None  # required: chatN or the id of a person


@method(
    "imbot.chat.sendTyping",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "DIALOG_ID": DIALOG_ID_EMPTY},
    errors={**BOT_ERRORS, NotFoundError: ACTION_UNAVAILABLE, NotAllowedError: ACTION_UNAVAILABLE},
    lock=lambda _call, params: dialog_lock(params.BOT_ID, params.DIALOG_ID),
    also=("imbot.sendTyping",),
)
async def imbot_chat_send_typing(tx: Tx, call: Call, params: Params) -> bool:
    """Tell them; true."""
    _, person = await acting_bot(tx, call, params.BOT_ID)
    if params.DIALOG_ID is None:
        raise ApiError(DIALOG_ID_EMPTY)
    await chats.show_typing(tx, person, params.DIALOG_ID)
    return True
