"""Coming and going of members: one function per fact, effects included.

Rules: spec ``bitrix24-im.md`` §2, §5, §6.2.
"""

from __future__ import annotations

from collections.abc import Iterable

from skvorets.core import access, line_hooks, phrases
from skvorets.core.access import Seat
from skvorets.core.events import ChatChanged, MembersJoined, MembersLeft, record
from skvorets.core.messages import post_system_message
from skvorets.core.restrictions import require
from skvorets.errors import NotAllowedError, NothingChangedError, NotMemberError
from skvorets.storage import bots, chats, members, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.members import Member
from skvorets.storage.people import Person


async def join_chat(tx: Tx, person: Person, chat: Chat) -> None:
    """Let a person come into an open chat by himself."""
    await seat_members(tx, chat, [person], person, shows_history=not person.extranet)
    await post_system_message(tx, chat, person.id, phrases.joined(tx.portal.language, person), CODE="CHAT_JOIN")


async def add_members(tx: Tx, actor: Person, seat: Seat, ids: Iterable[int], *, shows_history: bool) -> list[Person]:
    """Invite people. Raises NothingChangedError when nobody was left to invite, FixedChatError, GeneralChatError."""
    if seat.member is None and seat.chat.kind != "open":
        require(seat.chat, "extend")
        raise NotMemberError
    return await bring_in(tx, actor, seat.chat, ids, shows_history=shows_history)


async def bring_in(tx: Tx, actor: Person, chat: Chat, ids: Iterable[int], *, shows_history: bool) -> list[Person]:
    """Invite people for somebody who was found to be allowed to. Raises as ``add_members`` does."""
    require(chat, "extend")
    found = await access.people_to_invite(tx, actor, ids)
    present = await members.present_among(tx, chat.id, found)
    new = [one for one in found.values() if one.id not in present]
    if not new:
        raise NothingChangedError
    await seat_members(tx, chat, new, actor, shows_history=shows_history)
    if any(one.extranet for one in new) and not chat.extranet:
        await chats.change(tx, chat.id, extranet=1)
    await post_system_message(tx, chat, actor.id, phrases.invited(tx.portal.language, actor, new), CODE="CHAT_JOIN")
    await warn_of_supervisors(tx, chat, new, sees_history=shows_history)
    return new


async def remove_member(tx: Tx, actor: Person, seat: Seat, person_id: int) -> None:
    """Remove somebody (owner, managers) or leave (oneself). Raises NotAllowedError, NotMemberError, FixedChatError."""
    if person_id == actor.id:
        await leave_chat(tx, actor, seat)
        return
    chat = seat.chat
    require(chat, "leave")
    if chat.owner_id != actor.id and not seat.taken.manager:
        raise NotAllowedError
    if chat.owner_id == person_id:
        raise NotMemberError
    await put_out(tx, actor, chat, person_id)


async def put_out(tx: Tx, actor: Person, chat: Chat, person_id: int) -> None:
    """Remove a member for somebody who was found to be allowed to; an owner's chat goes to his heir.

    Raises NotMemberError, NotAllowedError for the customer of an open line.
    """
    person = await people.find(tx, person_id)
    if person is None:
        raise NotMemberError
    if person.kind == access.GUEST:
        raise NotAllowedError
    if not await members.delete(tx, chat.id, person_id):
        raise NotMemberError
    text = phrases.removed(tx.portal.language, actor, person)
    await record(tx, MembersLeft(chat_id=chat.id, person_ids=[person_id], actor_id=actor.id))
    if chat.kind == "line":
        await line_hooks.left(tx, chat, person)
    elif chat.owner_id == person_id:
        await _hand_to_heir(tx, chat, actor)
    await note_extranet(tx, chat, person)
    await post_system_message(tx, chat, actor.id, text, CODE="CHAT_LEAVE")


async def leave_chat(tx: Tx, person: Person, seat: Seat) -> None:
    """Leave; an owner hands the chat to the one who was there longest: an employee, a person from outside, a bot.

    Raises FixedChatError, NotMemberError.
    """
    chat = seat.chat
    require(chat, "leave_owner" if chat.owner_id == person.id else "leave")
    if not await members.delete(tx, chat.id, person.id):
        raise NotMemberError
    text = phrases.left(tx.portal.language, person)
    await record(tx, MembersLeft(chat_id=chat.id, person_ids=[person.id], actor_id=person.id))
    if chat.kind == "line":
        await line_hooks.left(tx, chat, person)
    elif chat.owner_id == person.id:
        await _hand_to_heir(tx, chat, person)
    await note_extranet(tx, chat, person)
    await post_system_message(tx, chat, 0, text, CODE="CHAT_LEAVE")


async def seat_members(tx: Tx, chat: Chat, new: list[Person], inviter: Person, *, shows_history: bool) -> None:
    """Add members' rows and tell of it. Whoever comes has read everything so far; without history he sees what follows.

    The event comes before any message about it, so that the new members get that message, too.
    """
    fresh = await chats.find(tx, chat.id)
    if fresh is None:
        raise LookupError(chat.id)
    rows = [
        Member(
            chat_id=chat.id,
            person_id=one.id,
            is_bot=int(one.is_bot),
            manager=0,
            muted=0,
            invited_by=inviter.id,
            joined_at=tx.now,
            joined_seq=fresh.last_seq,
            first_id=0 if shows_history and not one.extranet else fresh.last_message_id + 1,
            read_seq=fresh.last_seq,
            read_id=fresh.last_message_id,
            read_at=0,
            own_unread=0,
            marked_unread=0,
            pinned_at=0,
            hidden_seq=-1,
        )
        for one in new
    ]
    await members.insert(tx, rows)
    await record(
        tx,
        MembersJoined(
            chat_id=chat.id,
            chat_kind=chat.kind,
            person_ids=[one.id for one in new],
            bot_ids=[one.id for one in new if one.is_bot],
            actor_id=inviter.id,
            shows_history=shows_history,
        ),
    )


async def _hand_to_heir(tx: Tx, chat: Chat, actor: Person) -> None:
    await chats.change(tx, chat.id, owner_id=await members.heir_of(tx, chat.id))
    await record(tx, ChatChanged(chat_id=chat.id, actor_id=actor.id, changed=["owner"]))


async def note_extranet(tx: Tx, chat: Chat, left: Person) -> None:
    """Keep the chat's flag true: nobody from outside may be left in it."""
    if chat.extranet and left.extranet and not await members.has_extranet(tx, chat.id):
        await chats.change(tx, chat.id, extranet=0)


async def warn_of_supervisors(tx: Tx, chat: Chat, new: Iterable[Person], *, sees_history: bool) -> None:
    """Tell the members when a bot that reads along came into the chat. [source: im]"""
    joined = {one.id: one for one in new if one.is_bot}
    for bot in (await bots.find_many(tx, joined)).values():
        if bot.kind == "supervisor":
            text = phrases.supervisor_joined(tx.portal.language, joined[bot.person_id], sees_history=sees_history)
            await post_system_message(tx, chat, 0, text)
