"""``im.chat.setOwner``: hand a chat over to another member.

Source: spec ``bitrix24-im.md`` §6.2; seed "im.chat.setOwner".
"""

from __future__ import annotations

from skvorets.core import access, chats
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, USER_ID_EMPTY, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of, person_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, FixedChatError, GeneralChatError, NotAllowedError

NOT_CHANGED = Fault("WRONG_REQUEST", "Change owner can only owner and user must be member in chat")


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    USER_ID: int = 0  # required: a member


@method(
    "im.chat.setOwner",
    scope="im",
    params=Params,
    faults={**CHAT_FAULTS, "USER_ID": USER_ID_EMPTY},
    errors={
        GeneralChatError: ACTION_UNAVAILABLE,
        FixedChatError: ACTION_UNAVAILABLE,
        NotAllowedError: NOT_CHANGED,
        ChatNotFoundError: NOT_CHANGED,
    },
)
async def im_chat_set_owner(tx: Tx, call: Call, params: Params) -> bool:
    """Hand it over; nothing is said in the chat."""
    dialog, person_id = chat_of(params), person_of(params.USER_ID)
    seat = await access.chat_of_member(tx, call.caller.person, dialog)
    await chats.change_owner(tx, call.caller.person, seat, person_id)
    return True
