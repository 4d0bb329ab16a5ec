"""``/api/chats``: conversations, private dialogs among them.

GET    /api/chats              the person's chats: pinned first, then the newest
POST   /api/chats              make a group or an open chat
GET    /api/chats/{id}         one chat
PATCH  /api/chats/{id}         change title, description, colour, owner
PUT    /api/people/{id}/chat   the private dialog with somebody, opened if there is none; with oneself: notes
PUT    /api/chats/{id}/avatar  another picture: PNG, JPEG, GIF or WebP as base64, up to 5000×5000
DELETE /api/chats/{id}/avatar  no picture
"""

from __future__ import annotations

import contextlib
from typing import Annotated, Any, Literal

import msgspec

from skvorets.core import access, chat_details, chats, recents
from skvorets.core.access import Dialog, Seat
from skvorets.core.chats import MAX_DESCRIPTION, MAX_TITLE, NewChat
from skvorets.core.restrictions import require
from skvorets.dialects.native.given import Id, Ids, Moment
from skvorets.dialects.native.registry import Call, Nothing, lock_of_chat, route
from skvorets.dialects.native.shapes.chats import ChatView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_recents, view_seat
from skvorets.errors import NothingChangedError
from skvorets.media.avatars import keep_avatar
from skvorets.storage.database import Tx, private_key

_Title = Annotated[str, msgspec.Meta(max_length=MAX_TITLE)]
_Description = Annotated[str, msgspec.Meta(max_length=MAX_DESCRIPTION)]
_Color = Annotated[str, msgspec.Meta(max_length=20)]


class ChatsWanted(msgspec.Struct, frozen=True, rename="camel"):
    """Which part of the list."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 100
    offset: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0
    is_unread_only: bool = False
    changed_since: Moment | None = None  # only chats in which something changed since then


class ChatList(msgspec.Struct, frozen=True, rename="camel"):
    """A part of the list, with all people whom it names."""

    chats: list[ChatView]
    people: list[PersonView]
    has_more: bool


class ChatAnswer(msgspec.Struct, frozen=True):
    """One chat, with all people whom it names."""

    chat: ChatView
    people: list[PersonView]


class ChatBody(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A new chat."""

    title: _Title = ""  # empty: an automatic one
    kind: Literal["group", "open"] = "group"
    member_ids: Ids = []
    description: _Description = ""
    color: _Color = ""  # a colour's name, empty: any


class ChatChange(msgspec.Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """What is to be changed; what is absent stays."""

    title: _Title | None = None
    description: _Description | None = None
    color: _Color | None = None
    owner_id: Id | None = None


class ChatPicture(msgspec.Struct, frozen=True):
    """A picture."""

    data: str  # base64, with or without ``data:…,`` before it


@route("GET", "/api/chats", query=ChatsWanted, mode="read")
async def list_chats(tx: Tx, call: Call[ChatsWanted]) -> ChatList:
    """List the person's chats: ten statements at most."""
    given = call.given
    wanted = recents.Wanted(
        limit=given.limit,
        offset=given.offset,
        is_unread_only=given.is_unread_only,
        changed_since=given.changed_since,
    )
    lines, has_more = await recents.recents_of(tx, call.person, wanted)
    page = await view_recents(tx, viewer_of(tx, call), lines)
    return ChatList(page.chats, page.people, has_more)


@route("GET", "/api/chats/{id}", mode="read")
async def get_chat(tx: Tx, call: Call[Nothing]) -> ChatAnswer:
    """Give one chat: fourteen statements at most."""
    return await answer_with(tx, call, call.ids["id"])


@route("POST", "/api/chats", body=ChatBody)
async def create_chat(tx: Tx, call: Call[ChatBody]) -> ChatAnswer:
    """Make a chat with its members; its maker owns it. People whom he may not see are left out."""
    given = call.given
    new = NewChat(
        is_open=given.kind == "open",
        title=given.title,
        description=given.description.strip(),
        color=given.color,
        member_ids=tuple(given.member_ids),
    )
    chat = await chats.create_chat(tx, call.person, new)
    return await answer_with(tx, call, chat.id)


def _lock_of_dialog(call: Call[Any]) -> int:
    return private_key(call.person.id, call.ids["id"])


@route("PUT", "/api/people/{id}/chat", lock=_lock_of_dialog)
async def open_dialog(tx: Tx, call: Call[Nothing]) -> ChatAnswer:
    """Give the private dialog with somebody, opened if there is none. Refused for people who are gone."""
    seat = await chats.seat_of_member(tx, call.person, Dialog(person_id=call.ids["id"]))
    return await answer_with(tx, call, seat.chat.id)


@route("PATCH", "/api/chats/{id}", body=ChatChange, lock=lock_of_chat)
async def change_chat(tx: Tx, call: Call[ChatChange]) -> ChatAnswer:
    """Change what is given, all or nothing. What is so already is no error."""
    given, person = call.given, call.person
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=call.ids["id"]))
    if given.title is not None:
        with contextlib.suppress(NothingChangedError):
            await chats.rename_chat(tx, person, seat, given.title)
    if given.description is not None:
        with contextlib.suppress(NothingChangedError):
            await chat_details.describe_chat(tx, person, seat, given.description)
    if given.color is not None:
        with contextlib.suppress(NothingChangedError):
            await chats.recolor_chat(tx, person, seat, given.color)
    if given.owner_id is not None and given.owner_id != seat.chat.owner_id:
        await chats.change_owner(tx, person, seat, given.owner_id)
    return await answer_with(tx, call, seat.chat.id)


@route("PUT", "/api/chats/{id}/avatar", body=ChatPicture, mode="free")
async def change_avatar(call: Call[ChatPicture]) -> ChatAnswer:
    """Change the picture; a line of the system tells the members. Refusals: wrong_image, image_too_large."""
    store = call.services.store
    # Before anything is kept: who may not change the picture may not fill the disk either.
    await store.read(_with_changeable_picture, call)
    digest = await keep_avatar(call.services.blobs, call.given.data)
    return await store.write(lock_of_chat(call), _change_avatar, call, digest)


@route("DELETE", "/api/chats/{id}/avatar", lock=lock_of_chat)
async def remove_avatar(tx: Tx, call: Call[Nothing]) -> ChatAnswer:
    """Take the picture away."""
    seat = await _with_changeable_picture(tx, call)
    with contextlib.suppress(NothingChangedError):
        await chat_details.remove_avatar(tx, call.person, seat)
    return await answer_with(tx, call, seat.chat.id)


async def answer_with(tx: Tx, call: Call[Any], chat_id: int) -> ChatAnswer:
    """Answer with a chat as it is now."""
    seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=chat_id))
    return ChatAnswer(*await view_seat(tx, viewer_of(tx, call), seat))


async def _with_changeable_picture(tx: Tx, call: Call[Any]) -> Seat:
    seat = await access.chat_of_member(tx, call.person, Dialog(chat_id=call.ids["id"]))
    require(seat.chat, "avatar")
    return seat


async def _change_avatar(tx: Tx, call: Call[ChatPicture], digest: str) -> ChatAnswer:
    seat = await _with_changeable_picture(tx, call)
    await chats.change_avatar(tx, call.person, seat, digest)
    return await answer_with(tx, call, seat.chat.id)
