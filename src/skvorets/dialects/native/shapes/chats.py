"""How conversations look in the native API. Times are unix milliseconds, 0 = never."""

from __future__ import annotations

import msgspec

from skvorets.dialects.native.shapes.lines import LineChatView
from skvorets.dialects.native.shapes.messages import MessageView


class DraftView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What a person has begun to write."""

    text: str
    reply_to_id: int  # 0 = nothing
    changed_at: int


class MineView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The reader's own view of a chat."""

    is_member: bool  # open chats can be read by everybody
    role: str  # owner, manager, member, guest (reads an open chat without being in it)
    unread: int
    first_unread_id: int  # 0 = none
    read_id: int  # last read message
    first_id: int  # messages with smaller ids are hidden
    is_muted: bool
    pinned_at: int  # 0 = not pinned
    is_marked_unread: bool  # by hand
    is_hidden: bool  # taken out of the list until something new is said
    draft: DraftView | None


class RightsView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What the reader may do in a chat."""

    can_write: bool
    can_rename: bool  # title, colour, picture, description
    can_invite: bool
    can_manage: bool  # appoint managers, give the chat away
    can_remove: bool  # other members
    can_leave: bool
    can_mute: bool


class ChatView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A conversation: a private dialog is one, too."""

    id: int
    dialog_id: str  # as the Bitrix24 API names it for this reader: chat5, or the id of the other person
    kind: str  # private, group, open, line
    title: str  # of a private dialog: the other's name; of notes to oneself: empty
    description: str
    color: str  # #rrggbb
    avatar: str  # address, empty = none
    owner_id: int
    partner_id: int  # of a private dialog; oneself in notes to oneself; 0 otherwise
    is_general: bool
    is_extranet: bool
    entity_type: str
    entity_id: str
    created_at: int
    member_count: int
    last_at: int  # when something was said last, or when the chat was made
    last_seq: int
    last: MessageView | None  # the newest message that the reader may see
    seen_id: int  # the greatest id of a message that somebody but the reader has read; 0 = none, or too many to tell
    mine: MineView
    rights: RightsView
    line: LineChatView | None  # of an open line's chat: the newest conversation with the customer
