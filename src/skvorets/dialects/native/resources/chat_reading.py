"""``/api/chats/{id}/…``: what a person does with a chat for himself alone, and that he is writing.

PATCH /api/chats/{id}/mine     pin, mute, hide, mark
PUT   /api/chats/{id}/draft    what he has begun to write; empty = forgotten
POST  /api/chats/{id}/read     read up to a message, or everything
POST  /api/chats/{id}/unread   unread from a message on
POST  /api/chats/{id}/typing   tell the others that he is writing
POST  /api/read-all            read everything everywhere
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from skvorets.core import access, chats, drafts, reads, recents
from skvorets.core.access import Dialog, Seat
from skvorets.core.markup import MAX_TEXT_CHARS
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.given import Id, IdOrNone
from skvorets.dialects.native.registry import Call, Nothing, lock_of_chat, route
from skvorets.dialects.native.shapes.chats import MineView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_seat
from skvorets.storage.database import Tx


class MineChange(msgspec.Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """What is to be changed; what is absent stays."""

    is_pinned: bool | None = None
    is_muted: bool | None = None
    is_hidden: bool | None = None  # until something new is said; hiding unpins
    is_marked_unread: bool | None = None  # taking the mark away reads the chat


class DraftBody(msgspec.Struct, frozen=True, rename="camel"):
    """What was begun."""

    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT_CHARS)]
    reply_to_id: IdOrNone = 0


class ReadBody(msgspec.Struct, frozen=True, rename="camel"):
    """Up to where."""

    message_id: Id | None = None  # absent: everything


class UnreadBody(msgspec.Struct, frozen=True, rename="camel"):
    """From where on."""

    message_id: Id


class ReadMark(msgspec.Struct, frozen=True, rename="camel"):
    """Where the person has read to."""

    unread: int  # what is left
    read_id: int  # last read message, 0 = none


@route("PATCH", "/api/chats/{id}/mine", body=MineChange, lock=lock_of_chat)
async def change_mine(tx: Tx, call: Call[MineChange]) -> MineView:
    """Change the person's own view of a chat, all or nothing. Refusals: too_many_pinned."""
    given, person = call.given, call.person
    if given.is_muted is not None:
        await chats.mute_chat(tx, person, await _seat(tx, call), is_muted=given.is_muted)
    if given.is_marked_unread is not None:
        await recents.mark_unread(tx, await _seat(tx, call), is_marked=given.is_marked_unread)
    if given.is_hidden:
        await recents.hide(tx, await _seat(tx, call))
    elif given.is_hidden is not None:
        await recents.show(tx, await _seat(tx, call))
    if given.is_pinned is not None and not await recents.pin(
        tx, person, await _seat(tx, call), is_pinned=given.is_pinned
    ):
        raise ApiError(409, "too_many_pinned", f"At most {recents.MAX_PINNED} conversations can be pinned.")
    view, _ = await view_seat(tx, viewer_of(tx, call), await _seat(tx, call))
    return view.mine


@route("PUT", "/api/chats/{id}/draft", body=DraftBody, lock=lock_of_chat)
async def keep_draft(tx: Tx, call: Call[DraftBody]) -> None:
    """Keep what was begun; the person's other browsers are told. Also in an open chat that is not joined yet."""
    seat = await access.chat_to_read(tx, call.person, _dialog(call))
    await drafts.keep_draft(tx, call.person, seat, call.given.text, call.given.reply_to_id)


@route("POST", "/api/chats/{id}/read", body=ReadBody, lock=lock_of_chat)
async def read_chat(tx: Tx, call: Call[ReadBody]) -> ReadMark:
    """Read up to a message; what was read already stays read."""
    seat = await _seat(tx, call)
    mark = await reads.read_up_to(tx, seat, call.given.message_id)
    if mark is not None:
        return ReadMark(mark.unread, mark.message_id)
    return ReadMark(await reads.unread_in(tx, seat.chat, seat.taken), seat.taken.read_id)


@route("POST", "/api/chats/{id}/unread", body=UnreadBody, lock=lock_of_chat)
async def unread_chat(tx: Tx, call: Call[UnreadBody]) -> ReadMark:
    """Make a message and everything after it unread."""
    unread = await reads.mark_unread_from(tx, await _seat(tx, call), call.given.message_id)
    return ReadMark(unread, (await _seat(tx, call)).taken.read_id)


@route("POST", "/api/chats/{id}/typing", lock=lock_of_chat)
async def show_typing(tx: Tx, call: Call[Nothing]) -> None:
    """Tell the others; shown for some 25 seconds or until the message comes."""
    await chats.show_typing(tx, call.person, _dialog(call))


@route("POST", "/api/read-all")
async def read_all(tx: Tx, call: Call[Nothing]) -> None:
    """Read all chats; marks set by hand go, too."""
    await reads.read_everything(tx, call.person)


def _dialog(call: Call[Any]) -> Dialog:
    return Dialog(chat_id=call.ids["id"])


async def _seat(tx: Tx, call: Call[Any]) -> Seat:
    """Give the member's seat as it is now."""
    return await access.chat_of_member(tx, call.person, _dialog(call))
