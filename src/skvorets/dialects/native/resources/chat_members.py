"""``/api/chats/{id}/members``: who takes part.

GET    /api/chats/{id}/members              active members by id: ?find=&afterId=&limit=
POST   /api/chats/{id}/members              invite people
DELETE /api/chats/{id}/members/{personId}   remove somebody; oneself = leave
PATCH  /api/chats/{id}/members/{personId}   make somebody a manager, or an ordinary member again
POST   /api/chats/{id}/join                 come into an open chat
"""

from __future__ import annotations

import contextlib
from typing import Annotated

import msgspec

from skvorets.core import access, chats, members
from skvorets.core.access import Dialog
from skvorets.core.name_search import MAX_WORDS
from skvorets.dialects.native.given import IdOrNone, Ids, Phrase
from skvorets.dialects.native.registry import Call, Nothing, lock_of_chat, route
from skvorets.dialects.native.resources.chats import ChatAnswer, answer_with
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import role_of
from skvorets.dialects.native.views_people import view_people
from skvorets.errors import NothingChangedError
from skvorets.storage import member_lists
from skvorets.storage.database import Tx
from skvorets.storage.member_lists import MembersQuery
from skvorets.storage.words import words_to_find


class MembersWanted(msgspec.Struct, frozen=True, rename="camel"):
    """Which part of the list."""

    find: Phrase = ""  # beginnings of words of their names
    after_id: IdOrNone = 0  # the last person of the page before
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class MemberView(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody's part in the chat. Times are unix milliseconds."""

    person_id: int
    role: str  # owner, manager, member
    joined_at: int
    read_id: int  # last read message, 0 = none
    read_at: int  # 0 = he has only joined


class MemberList(msgspec.Struct, frozen=True, rename="camel"):
    """A part of the list."""

    members: list[MemberView]
    people: list[PersonView]
    has_more: bool
    total: int  # of all that fit


class Invitation(msgspec.Struct, frozen=True, rename="camel"):
    """Whom to invite."""

    ids: Ids
    shows_history: bool = True  # people from outside never see what was said before


class MemberChange(msgspec.Struct, frozen=True, rename="camel"):
    """What somebody is to be."""

    is_manager: bool


@route("GET", "/api/chats/{id}/members", query=MembersWanted, mode="read")
async def list_members(tx: Tx, call: Call[MembersWanted]) -> MemberList:
    """List the active members: four statements."""
    given = call.given
    chat = (await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))).chat
    words = words_to_find(given.find)[:MAX_WORDS]
    query = MembersQuery(chat_id=chat.id, words=words, after_id=given.after_id, limit=given.limit + 1)
    found = await member_lists.select(tx, query)
    total = await member_lists.count(tx, query)
    shown = found[: given.limit]
    views = [
        MemberView(
            person_id=one.person_id,
            role=role_of(chat, one),
            joined_at=one.joined_at,
            read_id=one.read_id,
            read_at=one.read_at,
        )
        for one in shown
    ]
    people = await view_people(tx, viewer_of(tx, call), [one.person_id for one in shown])
    return MemberList(views, people, len(found) > len(shown), total)


@route("POST", "/api/chats/{id}/members", body=Invitation, lock=lock_of_chat)
async def invite_members(tx: Tx, call: Call[Invitation]) -> ChatAnswer:
    """Invite people; those who are there already, or whom the person may not see, are left out."""
    seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))
    with contextlib.suppress(NothingChangedError):
        await members.add_members(tx, call.person, seat, call.given.ids, shows_history=call.given.shows_history)
    return await answer_with(tx, call, seat.chat.id)


@route("DELETE", "/api/chats/{id}/members/{personId}", lock=lock_of_chat)
async def remove_member(tx: Tx, call: Call[Nothing]) -> None:
    """Remove somebody, as owner or manager; or leave. An owner's chat passes to who has been there longest."""
    seat = await access.chat_of_member(tx, call.person, Dialog(chat_id=call.ids["id"]))
    await members.remove_member(tx, call.person, seat, call.ids["personId"])


@route("PATCH", "/api/chats/{id}/members/{personId}", body=MemberChange, lock=lock_of_chat)
async def change_member(tx: Tx, call: Call[MemberChange]) -> None:
    """Appoint a manager, or an ordinary member again; the owner may."""
    seat = await access.chat_of_member(tx, call.person, Dialog(chat_id=call.ids["id"]))
    await chats.change_manager(tx, call.person, seat, call.ids["personId"], is_manager=call.given.is_manager)


@route("POST", "/api/chats/{id}/join", lock=lock_of_chat)
async def join_chat(tx: Tx, call: Call[Nothing]) -> ChatAnswer:
    """Come into an open chat; who is there already stays."""
    seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))
    if seat.member is None:
        await members.join_chat(tx, call.person, seat.chat)
    return await answer_with(tx, call, seat.chat.id)
