"""``im.chat.updateColor``: change a chat's colour.

Source: spec ``bitrix24-im.md`` §6.2, §3; seed "im.chat.updateColor".
"""

from __future__ import annotations

from skvorets.core import access, chats, colors
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import ChatNotFoundError, NothingChangedError, NotMemberError, WrongColorError

WRONG_COLOR = Fault("WRONG_COLOR", "This color currently unavailable")
NOT_CHANGED = Fault("WRONG_REQUEST", "This color currently set or chat isn't exists")


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    COLOR: str = ""  # required: one of the 16 names, in any letter case


@method(
    "im.chat.updateColor",
    scope="im",
    params=Params,
    faults={**CHAT_FAULTS, "COLOR": WRONG_COLOR},
    errors={
        WrongColorError: WRONG_COLOR,
        NothingChangedError: NOT_CHANGED,
        ChatNotFoundError: NOT_CHANGED,
        NotMemberError: NOT_CHANGED,
    },
)
async def im_chat_update_color(tx: Tx, call: Call, params: Params) -> bool:
    """Change it; nothing is said in the chat."""
    dialog = chat_of(params)
    if colors.color_name(params.COLOR) is None:
        raise WrongColorError
    await chats.recolor_chat(
        tx, call.caller.person, await access.chat_of_member(tx, call.caller.person, dialog), params.COLOR
    )
    return True
