"""``im.chat.mute``: silence a chat for oneself.

Source: spec ``bitrix24-im.md`` §6.2, §13; seed "im.chat.mute".
"""

from __future__ import annotations

from skvorets.core import access, chats
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, FixedChatError, NotMemberError

FORBIDDEN = Fault("ACCESS_ERROR", "This chat cannot be muted", 403)


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    MUTE: bool = True  # N: let it ring again


@method(
    "im.chat.mute",
    scope="im",
    params=Params,
    aliases={"ACTION": "MUTE"},
    faults=CHAT_FAULTS,
    errors={FixedChatError: FORBIDDEN, ChatNotFoundError: FORBIDDEN, NotMemberError: FORBIDDEN},
)
async def im_chat_mute(tx: Tx, call: Call, params: Params) -> bool:
    """Silence it: messages are still counted, but not in the caller's totals."""
    seat = await access.chat_of_member(tx, call.caller.person, chat_of(params))
    await chats.mute_chat(tx, call.caller.person, seat, is_muted=params.MUTE)
    return True
