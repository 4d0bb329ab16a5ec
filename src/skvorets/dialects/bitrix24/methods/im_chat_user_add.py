"""``im.chat.user.add``: invite people to a chat.

Source: spec ``bitrix24-im.md`` §6.2; seed "im.chat.user.add".
"""

from __future__ import annotations

from skvorets.core import access, members
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, ApiError, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of, people_of
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, FixedChatError, GeneralChatError, NothingChangedError, NotMemberError

NOT_ADDED = Fault("WRONG_REQUEST", "You don't have access or user already member in chat")
NOT_A_LIST = Fault("WRONG_REQUEST", "User IDs must be passed in array format")
FORBIDDEN = Fault("ACCESS_ERROR", "It is forbidden to add users to this chat", 403)


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    USERS: Structure | None = (
        None  # required: ids of people; those who are members already and unknown ones are skipped
    )
    HIDE_HISTORY: bool = False  # Y: they see only what follows


@method(
    "im.chat.user.add",
    scope="im",
    params=Params,
    faults={**CHAT_FAULTS, "USERS": NOT_A_LIST},
    errors={
        GeneralChatError: ACTION_UNAVAILABLE,
        FixedChatError: FORBIDDEN,
        ChatNotFoundError: NOT_ADDED,
        NotMemberError: NOT_ADDED,
        NothingChangedError: NOT_ADDED,
    },
)
async def im_chat_user_add(tx: Tx, call: Call, params: Params) -> bool:
    """Invite them."""
    dialog = chat_of(params)
    if params.USERS is None or params.USERS.value is None:
        raise ApiError(NOT_A_LIST)
    wanted = people_of(params.USERS, NOT_A_LIST)
    seat = await access.chat_to_read(tx, call.caller.person, dialog)
    await members.add_members(tx, call.caller.person, seat, wanted, shows_history=not params.HIDE_HISTORY)
    return True
