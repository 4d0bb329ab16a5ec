"""``im.message.update``: change one's own message.

Source: spec ``bitrix24-im.md`` §8.2; seed "im.message.update".
"""

from __future__ import annotations

from skvorets.core import access
from skvorets.core.messages import MessageChange, change_message
from skvorets.dialects.bitrix24.content import read_content
from skvorets.dialects.bitrix24.errors import MESSAGE_EMPTY, MESSAGE_ID_ERROR
from skvorets.dialects.bitrix24.naming import MessageParams, lock_of_message, message_of
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(MessageParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    MESSAGE: str | None = None  # absent: unchanged; empty: the message is deleted
    ATTACH: Structure | None = None  # absent: unchanged; N or empty: removed
    KEYBOARD: Structure | None = None
    MENU: Structure | None = None
    BOT_ID: int = 0  # which bot gets the commands of KEYBOARD and MENU
    URL_PREVIEW: bool = True  # may links in the new text be shown as cards
    IS_EDITED: bool = True  # N: without the mark "edited"


@method(
    "im.message.update",
    scope="im",
    params=Params,
    faults={"MESSAGE_ID": MESSAGE_ID_ERROR, "MESSAGE": MESSAGE_EMPTY},
    lock=lock_of_message,
)
async def im_message_update(tx: Tx, call: Call, params: Params) -> bool:
    """Change it within three days."""
    message, seat = await access.message_to_edit(tx, call.caller.person, message_of(params))
    content = read_content(params, seat.chat, bot_id=params.BOT_ID, now=tx.now)
    change = MessageChange(
        text=params.MESSAGE, params=content, marks_edited=params.IS_EDITED, previews_links=params.URL_PREVIEW
    )
    await change_message(tx, call.caller.person, message.id, change)
    return True
