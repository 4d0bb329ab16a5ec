"""``im.chat.updateTitle``: rename a chat.

Source: spec ``bitrix24-im.md`` §6.2; seed "im.chat.updateTitle".
"""

from __future__ import annotations

from skvorets.core import access, chats
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import (
    ChatNotFoundError,
    EmptyTitleError,
    FixedChatError,
    GeneralChatError,
    NothingChangedError,
    NotMemberError,
)

TITLE_EMPTY = Fault("TITLE_EMPTY", "Title can't be empty")
NOT_RENAMED = Fault("WRONG_REQUEST", "This title currently set or chat isn't exists")
FORBIDDEN = Fault("ACCESS_ERROR", "This chat cannot be renamed", 403)


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    TITLE: str = ""  # required: trimmed, at most 255 characters are kept


@method(
    "im.chat.updateTitle",
    scope="im",
    params=Params,
    faults={**CHAT_FAULTS, "TITLE": TITLE_EMPTY},
    errors={
        EmptyTitleError: TITLE_EMPTY,
        GeneralChatError: ACTION_UNAVAILABLE,
        FixedChatError: FORBIDDEN,
        NothingChangedError: NOT_RENAMED,
        ChatNotFoundError: NOT_RENAMED,
        NotMemberError: NOT_RENAMED,
    },
)
async def im_chat_update_title(tx: Tx, call: Call, params: Params) -> bool:
    """Rename it; a line of the system tells the members."""
    dialog = chat_of(params)
    if not params.TITLE.strip():
        raise EmptyTitleError
    await chats.rename_chat(
        tx, call.caller.person, await access.chat_of_member(tx, call.caller.person, dialog), params.TITLE
    )
    return True
