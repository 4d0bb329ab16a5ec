"""The chat object. Source: spec ``bitrix24-im.md`` §4.3, §2; seed: sample of ``im.dialog.get``.

``load_standings`` fetches what a page of chats needs beyond their rows, in a fixed number of queries.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from skvorets.core import colors, reads
from skvorets.core.restrictions import Restrictions, restrictions_of
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.storage import members
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member, Special

# message_type of the wire by the kind of chat. [seed] [source: im]
MESSAGE_TYPES: Mapping[str, str] = {"private": "P", "group": "C", "open": "O", "line": "L", "notifications": "S"}
_TYPES = {"private": "private", "group": "chat", "open": "open", "line": "lines", "notifications": "notification"}
# Entity types that say nothing about the type: the seed gives chats of people the code CHAT; a chat of an open line is
# one by its kind, and not because somebody has made a chat with that code.
_ENTITIES_WITHOUT_TYPE = frozenset({"", "CHAT", "LINES"})
# Their restrictions say where the thing itself is shown; it has no page of its own here. [docs]
_ENTITIES_WITH_PATH = frozenset({"CRM", "SONET_GROUP", "TASKS"})
_WORD_BREAK = re.compile(r"[^A-Za-z0-9]+")
_PERMISSIONS = {
    "manage_users_add": "member",
    "manage_users_delete": "manager",
    "manage_ui": "member",
    "manage_settings": "owner",
    "manage_messages": "member",
    "can_post": "member",
}


class Standing(msgspec.Struct, frozen=True):
    """What a chat's object says beyond the chat's row: of the reader and of those with a special part."""

    unread: int = 0
    unread_id: int = 0  # first unread message, 0 = none
    manager_ids: Sequence[int] = ()
    muted_ids: Sequence[int] = ()


def chat_view(chat: Chat, member: Member | None, frame: Frame, standing: Standing) -> View:
    """Give the documented chat object as the reader sees it; ``member`` is None for a reader who has not joined."""
    kind = type_of(chat)
    return {
        "id": chat.id,
        "title": chat.title,
        "name": chat.title,
        "description": chat.description,
        "owner": chat.owner_id,
        "extranet": bool(chat.extranet),
        "avatar": frame.picture(chat.avatar),
        "color": hex_of(chat),
        "type": kind,
        "entity_type": chat.entity_type,
        "entity_id": chat.entity_id,
        "entity_data_1": chat.entity_data_1,
        "entity_data_2": chat.entity_data_2,
        "entity_data_3": chat.entity_data_3,
        "date_create": frame.clock.atom(chat.created_at),
        "message_type": MESSAGE_TYPES[chat.kind],
        "mute_list": list(standing.muted_ids),
        "manager_list": list(standing.manager_ids),
        "user_counter": chat.member_count,
        "message_count": chat.last_seq,
        "counter": standing.unread,
        "unread_id": standing.unread_id,
        "last_message_id": chat.last_message_id,
        "last_id": 0 if member is None else member.read_id,
        "marked_id": standing.unread_id if member is not None and member.marked_unread else 0,
        "disk_folder_id": chat.folder_id,
        "restrictions": _restrictions(chat),
        "role": role_of(chat, member),
        "public": "",
        "entity_link": {"type": _linked_type(chat), "url": "", "id": chat.entity_id},
        "permissions": _PERMISSIONS,
    }


def _restrictions(chat: Chat) -> View:
    shown = _shown(restrictions_of(chat))
    return {**shown, "path": "", "path_title": ""} if chat.entity_type in _ENTITIES_WITH_PATH else shown


@functools.cache
def _shown(restrictions: Restrictions) -> View:
    return msgspec.structs.asdict(restrictions)


def _linked_type(chat: Chat) -> str:
    """Give the type of the thing that the chat belongs to: for CRM what stands before the bar, as DEAL in DEAL|5."""
    kind, bar, _ = chat.entity_id.partition("|")
    return kind if bar and chat.entity_type == "CRM" else chat.entity_type


def hex_of(chat: Chat) -> str:
    """Give the hex colour of a chat; a private dialog has none of its own and shows the one of its id."""
    return colors.hex_of(chat.color or colors.person_color(chat.id, ""))


def type_of(chat: Chat) -> str:
    """Give the word for the kind of chat: by its entity, otherwise by who may come in."""
    if chat.is_general:
        return "general"
    if chat.entity_type in _ENTITIES_WITHOUT_TYPE or chat.is_private or chat.kind == "line":
        return _TYPES[chat.kind]
    words = [word for word in _WORD_BREAK.split(chat.entity_type) if word]
    camel = "".join(word.capitalize() for word in words)
    return camel[:1].lower() + camel[1:] or _TYPES[chat.kind]


def role_of(chat: Chat, member: Member | None) -> str:
    """Give the reader's role: owner, manager, member or guest."""
    if member is None:
        return "guest"
    if chat.owner_id == member.person_id:
        return "owner"
    return "manager" if member.manager else "member"


async def load_standings(tx: Tx, seats: Sequence[tuple[Chat, Member | None]]) -> dict[int, Standing]:
    """Fetch the standings of one reader's chats, by chat id: four queries however many chats there are."""
    if not seats:
        return {}
    special = await members.special_of(tx, [chat.id for chat, _ in seats])
    unread = await reads.unread_in_many(tx, [(chat, member) for chat, member in seats if member is not None])
    behind = [member for chat, member in seats if member is not None and unread.get(chat.id)]
    first = await members.first_unread_ids(tx, behind)
    return {
        chat.id: standing_of(special.get(chat.id, ()), unread.get(chat.id, 0), first.get(chat.id, 0))
        for chat, _ in seats
    }


def standing_of(special: Iterable[Special], unread: int, unread_id: int) -> Standing:
    """Give the standing of a reader in a chat whose managers and silent members are ``special``."""
    listed = list(special)
    return Standing(
        unread=unread,
        unread_id=unread_id,
        manager_ids=[one.person_id for one in listed if one.manager],
        muted_ids=[one.person_id for one in listed if one.muted],
    )
