"""``im.chat.setManager``: make a member a manager of the chat, or an ordinary member again.

Source: spec ``bitrix24-im.md`` §6.2 (not in the seed).
"""

from __future__ import annotations

from skvorets.core import access, chats
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, USER_ID_EMPTY, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of, person_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, FixedChatError, GeneralChatError, NotAllowedError

NOT_CHANGED = Fault("WRONG_REQUEST", "Change manager can only owner and user must be member in chat")


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    USER_ID: int = 0  # required: a member
    IS_MANAGER: bool = True


@method(
    "im.chat.setManager",
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
async def im_chat_set_manager(tx: Tx, call: Call, params: Params) -> bool:
    """Change his part."""
    dialog, person_id = chat_of(params), person_of(params.USER_ID)
    seat = await access.chat_of_member(tx, call.caller.person, dialog)
    await chats.change_manager(tx, call.caller.person, seat, person_id, is_manager=params.IS_MANAGER)
    return True
