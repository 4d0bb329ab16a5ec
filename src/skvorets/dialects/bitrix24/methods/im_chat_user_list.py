"""``im.chat.user.list``: ids of a chat's members.

Source: spec ``bitrix24-im.md`` §6.2; seed "im.chat.user.list".
"""

from __future__ import annotations

from skvorets.core import access
from skvorets.core.restrictions import raise_fixed
from skvorets.dialects.bitrix24.errors import CHAT_ID_EMPTY
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError
from skvorets.storage import members


@method(
    "im.chat.user.list",
    scope="im",
    params=ChatParams,
    mode="read",
    faults=CHAT_FAULTS,
    # The seed: this code stands for a wrong id, too; so it does for chats of others.
    errors={ChatNotFoundError: CHAT_ID_EMPTY},
)
async def im_chat_user_list(tx: Tx, call: Call, params: ChatParams) -> list[int]:
    """Give the ids of active members in the order in which they joined."""
    seat = await access.chat_to_read(tx, call.caller.person, chat_of(params))
    if seat.chat.is_general:
        raise_fixed(seat.chat)
    return await members.active_ids_of(tx, seat.chat.id)
