"""``/api/admin/chats``: chats of several people, what they are and how large; never what is written in them.

GET    /api/admin/chats?find=&filter=&member=&before=&limit=   those made last first; ``before``: last id of a page
GET    /api/admin/chats/{id}                      one chat
PATCH  /api/admin/chats/{id}                      title, ownerId (a member)
DELETE /api/admin/chats/{id}                      closes it: it is taken from everybody, messages and files stay stored
GET    /api/admin/chats/{id}/members?after=       who is in it, by id
POST   /api/admin/chats/{id}/members              {"ids": […], "showsHistory": true}
DELETE /api/admin/chats/{id}/members/{person}     puts somebody out

Dialogs of two are nobody else's business and look absent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from skvorets.core import chat_desk
from skvorets.dialects.native.admin_views import PersonLine, person_lines
from skvorets.dialects.native.administration import PAGE_SIZE, Id, IdOrNone, Limit, Phrase, note, words_in
from skvorets.dialects.native.developers import Name
from skvorets.dialects.native.registry import Call, Nothing, Services, route
from skvorets.storage import admin_chats, people
from skvorets.storage.admin_chats import Wanted
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.people import Window

_MAX_NEW_MEMBERS = 200
_KINDS = ("human", "bot", "guest", "network")


class ChatSearch(msgspec.Struct, frozen=True):
    """What is looked for."""

    find: Phrase = ""
    filter: Literal["all", "group", "open", "line", "outside", "entity", "empty"] = "all"
    member: IdOrNone = 0
    before: IdOrNone = 0
    limit: Limit = PAGE_SIZE


class ChatLine(msgspec.Struct, frozen=True, rename="camel"):
    """A chat as administrators see it. Times are unix milliseconds, 0 = never."""

    id: int
    kind: str  # group, open, line
    title: str
    avatar: str  # address, empty = none
    color: str  # a colour's name
    owner_id: int  # 0 = none
    owner_name: str
    is_general: bool
    is_outside: bool  # people from outside are in it
    entity: str  # what it belongs to, empty = nothing
    members: int
    messages: int  # ever written in it
    last_message_at: int
    created_at: int


class ChatsPage(msgspec.Struct, frozen=True):
    """A page of chats."""

    chats: list[ChatLine]
    next: int  # ``before`` of the next page, 0 = this is the last one


class ChatPatch(msgspec.Struct, frozen=True, rename="camel"):
    """What shall be different; what is absent stays."""

    title: Name | None = None
    owner_id: Id | None = None


class MembersAfter(msgspec.Struct, frozen=True):
    """Which part of the members."""

    after: IdOrNone = 0
    limit: Limit = PAGE_SIZE


class MembersPage(msgspec.Struct, frozen=True):
    """A page of members."""

    people: list[PersonLine]
    next: int  # ``after`` of the next page, 0 = this is the last one


class NewMembers(msgspec.Struct, frozen=True, rename="camel"):
    """Who comes in, and what they see of what was written before."""

    ids: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=_MAX_NEW_MEMBERS)]
    shows_history: bool = True


@route("GET", "/api/admin/chats", query=ChatSearch, mode="scan", is_for_admins=True)
async def list_every_chat(tx: Tx, call: Call[ChatSearch]) -> ChatsPage:
    """List chats, those made last first: two statements."""
    given = call.given
    wanted = Wanted(
        words=words_in(given.find),
        filter=given.filter,
        member_id=given.member,
        before_id=given.before,
        limit=given.limit + 1,
    )
    found = await admin_chats.select(tx, wanted)
    shown = found[: given.limit]
    return ChatsPage(await _lines(tx, call.services, shown), shown[-1].id if len(found) > len(shown) else 0)


@route("GET", "/api/admin/chats/{id}", mode="read", is_for_admins=True)
async def get_chat_card(tx: Tx, call: Call[Nothing]) -> ChatLine:
    """Show one chat: two statements."""
    return await _line(tx, call.services, call.ids["id"])


@route("PATCH", "/api/admin/chats/{id}", body=ChatPatch, is_for_admins=True)
async def change_chat(tx: Tx, call: Call[ChatPatch]) -> ChatLine:
    """Rename a chat, or give it to another member."""
    given, chat_id = call.given, call.ids["id"]
    if given.title is not None:
        was = await chat_desk.rename(tx, call.person, chat_id, given.title)
        await note(tx, call, "chat.renamed", "chat", chat_id, name=given.title.strip(), was=was.title)
    if given.owner_id is not None:
        chat = await chat_desk.change_owner(tx, call.person, chat_id, given.owner_id)
        name = await _name_of(tx, given.owner_id)
        await note(tx, call, "chat.owner_changed", "chat", chat_id, name=chat.title, person=name)
    return await _line(tx, call.services, chat_id)


@route("DELETE", "/api/admin/chats/{id}", is_for_admins=True)
async def close_chat(tx: Tx, call: Call[Nothing]) -> None:
    """Take a chat from everybody."""
    chat = await chat_desk.close(tx, call.person, call.ids["id"])
    await note(tx, call, "chat.closed", "chat", chat.id, name=chat.title, members=chat.member_count)


@route("GET", "/api/admin/chats/{id}/members", query=MembersAfter, mode="read", is_for_admins=True)
async def list_chat_members(tx: Tx, call: Call[MembersAfter]) -> MembersPage:
    """List the active members by id: four statements."""
    given = call.given
    chat = await chat_desk.chat_to_oversee(tx, call.ids["id"])
    found = await people.of_chat(tx, chat.id, _KINDS, Window(given.limit + 1, after_id=given.after))
    shown = found[: given.limit]
    return MembersPage(await person_lines(tx, call.services, shown), shown[-1].id if len(found) > len(shown) else 0)


@route("POST", "/api/admin/chats/{id}/members", body=NewMembers, is_for_admins=True)
async def add_chat_members(tx: Tx, call: Call[NewMembers]) -> ChatLine:
    """Bring people into a chat."""
    given, chat_id = call.given, call.ids["id"]
    came = await chat_desk.add_members(tx, call.person, chat_id, given.ids, shows_history=given.shows_history)
    line = await _line(tx, call.services, chat_id)
    names = [one.name for one in came]
    await note(tx, call, "chat.members_added", "chat", chat_id, name=line.title, people=names)
    return line


@route("DELETE", "/api/admin/chats/{id}/members/{person}", is_for_admins=True)
async def remove_chat_member(tx: Tx, call: Call[Nothing]) -> None:
    """Put somebody out of a chat; his own chat goes to the one who was there longest."""
    chat = await chat_desk.remove_member(tx, call.person, call.ids["id"], call.ids["person"])
    name = await _name_of(tx, call.ids["person"])
    await note(tx, call, "chat.member_removed", "chat", chat.id, name=chat.title, person=name)


async def _line(tx: Tx, services: Services, chat_id: int) -> ChatLine:
    [line] = await _lines(tx, services, [await chat_desk.chat_to_oversee(tx, chat_id)])
    return line


async def _lines(tx: Tx, services: Services, found: Sequence[Chat]) -> list[ChatLine]:
    owners = await people.find_many(tx, {one.owner_id for one in found if one.owner_id})
    return [
        ChatLine(
            id=one.id,
            kind=one.kind,
            title=one.title,
            avatar=f"{services.config.base_url}/files/avatar/{one.avatar}" if one.avatar else "",
            color=one.color,
            owner_id=one.owner_id,
            owner_name=owners[one.owner_id].name if one.owner_id in owners else "",
            is_general=bool(one.is_general),
            is_outside=bool(one.extranet),
            entity=one.entity_type,
            members=one.member_count,
            messages=one.last_seq,
            last_message_at=one.last_message_at,
            created_at=one.created_at,
        )
        for one in found
    ]


async def _name_of(tx: Tx, person_id: int) -> str:
    person = await people.find(tx, person_id)
    return person.name if person else ""
