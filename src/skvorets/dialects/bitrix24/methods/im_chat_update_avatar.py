"""``im.chat.updateAvatar``: change a chat's picture.

Source: spec ``bitrix24-im.md`` §6.2; seed "im.chat.updateAvatar".
"""

from __future__ import annotations

from skvorets.core import access, chats
from skvorets.core.access import Dialog, Seat
from skvorets.core.restrictions import require
from skvorets.dialects.bitrix24.avatars import WRONG_SIZE, WRONG_TYPE, keep_avatar
from skvorets.dialects.bitrix24.errors import ACTION_UNAVAILABLE, Fault
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, ChatParams, chat_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import (
    ChatNotFoundError,
    FixedChatError,
    GeneralChatError,
    ImageTooLargeError,
    NotMemberError,
    WrongImageError,
)

NO_CHAT = Fault("WRONG_REQUEST", "Chat isn't exists")
NOT_A_MEMBER = Fault("ACCESS_DENIED", "Access denied")
FORBIDDEN = Fault("ACCESS_ERROR", "The avatar of this chat cannot be changed", 403)


class Params(ChatParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    AVATAR: str = ""  # required: base64 of a PNG, JPEG, GIF or WebP of at most 5000×5000


@method(
    "im.chat.updateAvatar",
    scope="im",
    params=Params,
    mode="free",
    faults={**CHAT_FAULTS, "AVATAR": WRONG_TYPE},
    errors={
        ImageTooLargeError: WRONG_SIZE,
        WrongImageError: WRONG_TYPE,
        ChatNotFoundError: NO_CHAT,
        NotMemberError: NOT_A_MEMBER,
        GeneralChatError: ACTION_UNAVAILABLE,
        FixedChatError: FORBIDDEN,
    },
)
async def im_chat_update_avatar(call: Call, params: Params) -> bool:
    """Change it; a line of the system tells the members."""
    dialog = chat_of(params)
    store = call.surroundings.store
    # Before anything is kept: who may not change the picture may not fill the disk either.
    await store.read(_changeable, call, dialog)
    digest = await keep_avatar(call, params.AVATAR)
    await store.write(dialog.chat_id, _change, call, dialog, digest)
    return True


async def _changeable(tx: Tx, call: Call, dialog: Dialog) -> Seat:
    seat = await access.chat_of_member(tx, call.caller.person, dialog)
    require(seat.chat, "avatar")
    return seat


async def _change(tx: Tx, call: Call, dialog: Dialog, digest: str) -> None:
    await chats.change_avatar(tx, call.caller.person, await _changeable(tx, call, dialog), digest)
