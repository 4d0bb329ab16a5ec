"""What the kind of a chat, or the thing it belongs to, does not allow. Rules: spec ``bitrix24-im.md`` §2.2."""

from __future__ import annotations

import msgspec

from skvorets.errors import FixedChatError, GeneralChatError
from skvorets.storage.chats import Chat


class Restrictions(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions a chat allows at all; roles are another matter."""

    avatar: bool = True
    rename: bool = True
    extend: bool = True
    call: bool = True
    mute: bool = True
    leave: bool = True
    leave_owner: bool = True
    send: bool = True
    user_list: bool = True


_NONE = Restrictions()
_GENERAL = Restrictions(avatar=False, rename=False, extend=False, leave=False, leave_owner=False)
_PRIVATE = msgspec.structs.replace(_GENERAL, mute=False)
_BY_ENTITY = {
    "SONET_GROUP": Restrictions(avatar=False, rename=False, extend=False, leave=False, leave_owner=False),
    # Its title is the record's, see core/record_chats.py.
    "RECORD": Restrictions(rename=False),
    "CRM": Restrictions(avatar=False, rename=False, leave_owner=False),
    "CALL": Restrictions(extend=False, call=False, mute=False, leave=False, leave_owner=False),
}


def restrictions_of(chat: Chat) -> Restrictions:
    """Give the restrictions of a chat."""
    if chat.is_general:
        return _GENERAL
    if chat.is_private:
        return _PRIVATE
    return _BY_ENTITY.get(chat.entity_type, _NONE)


def require(chat: Chat, action: str) -> None:
    """Refuse an action (a field of Restrictions). Raises GeneralChatError, FixedChatError."""
    if not getattr(restrictions_of(chat), action):
        raise_fixed(chat)


def raise_fixed(chat: Chat) -> None:
    """Refuse a change of a chat that is as it is: the general chat, a private dialog, a chat of some entity."""
    raise GeneralChatError if chat.is_general else FixedChatError
