"""``im.chat.leave``: leave a chat.

Source: spec ``bitrix24-im.md`` §6.2; seed "im.chat.leave".
"""

from __future__ import annotations

from skvorets.core import access, members
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, FixedChatError, GeneralChatError, NotMemberError

NOT_A_MEMBER = Fault("WRONG_REQUEST", "You don't have access or user isn't member in chat")
FORBIDDEN = Fault("ACCESS_ERROR", "It is forbidden to leave this chat", 403)


@method(
    "im.chat.leave",
    scope="im",
    params=ChatParams,
    faults=CHAT_FAULTS,
    errors={
        GeneralChatError: ACTION_UNAVAILABLE,
        FixedChatError: FORBIDDEN,
        ChatNotFoundError: NOT_A_MEMBER,
        NotMemberError: NOT_A_MEMBER,
    },
)
async def im_chat_leave(tx: Tx, call: Call, params: ChatParams) -> bool:
    """Leave; an owner's chat passes to the member who has been there longest."""
    seat = await access.chat_of_member(tx, call.caller.person, chat_of(params))
    await members.leave_chat(tx, call.caller.person, seat)
    return True
