"""What the native API shows of people and chats in tests."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

from support.browsers import Browser
from support.world import Actor

FULL_RIGHTS = {
    "canWrite": True,
    "canRename": True,
    "canInvite": True,
    "canManage": True,
    "canRemove": True,
    "canLeave": True,
    "canMute": True,
}
FRESH_PART = {
    "isMember": True,
    "role": "member",
    "unread": 0,
    "firstUnreadId": 0,
    "readId": 0,
    "firstId": 0,
    "isMuted": False,
    "pinnedAt": 0,
    "isMarkedUnread": False,
    "isHidden": False,
    "draft": None,
}


def person_shape(actor: Actor, **more: Any) -> dict[str, Any]:
    """Give the PersonView of somebody of the cast; when he was seen changes meanwhile."""
    person = actor.person
    shape = {
        "id": actor.id,
        "kind": person.kind,
        "name": person.name,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "position": person.work_position,
        "avatar": "",
        "color": ANY,
        "isActive": True,
        "isExtranet": bool(person.extranet),
        "status": "online",
        "idleSince": 0,
        "lastSeenAt": ANY,
        "isHere": ANY,
    }
    return {**shape, **more}


def ids_of(answer: dict[str, Any], name: str = "people") -> list[int]:
    """Give the ids in a list of an answer."""
    return [one["id"] for one in answer[name]]


async def chat_of(browser: Browser, chat_id: int) -> dict[str, Any]:
    """Give a chat as the browser's person sees it."""
    chat: dict[str, Any] = (await browser.get(f"/api/chats/{chat_id}"))["chat"]
    return chat
