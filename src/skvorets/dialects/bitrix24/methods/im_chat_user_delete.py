"""``im.chat.user.delete``: remove somebody from a chat, or leave it.

Source: spec ``bitrix24-im.md`` §6.2; seed "im.chat.user.delete".
"""

from __future__ import annotations

from skvorets.core import access, members
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, USER_ID_EMPTY, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of, person_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, FixedChatError, GeneralChatError, NotAllowedError

NOT_REMOVED = Fault("WRONG_REQUEST", "You don't have access or user isn't member in chat")
FORBIDDEN = Fault("ACCESS_ERROR", "It is forbidden to delete users of this chat", 403)


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    USER_ID: int = 0  # required: only the owner and managers may remove others; one's own id means leaving


@method(
    "im.chat.user.delete",
    scope="im",
    params=Params,
    faults={**CHAT_FAULTS, "USER_ID": USER_ID_EMPTY},
    errors={
        GeneralChatError: ACTION_UNAVAILABLE,
        FixedChatError: FORBIDDEN,
        NotAllowedError: NOT_REMOVED,
        ChatNotFoundError: NOT_REMOVED,
    },
)
async def im_chat_user_delete(tx: Tx, call: Call, params: Params) -> bool:
    """Remove him."""
    dialog, person_id = chat_of(params), person_of(params.USER_ID)
    seat = await access.chat_of_member(tx, call.caller.person, dialog)
    await members.remove_member(tx, call.caller.person, seat, person_id)
    return True
