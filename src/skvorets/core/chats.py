"""Making and changing chats: one function per fact, effects included.

Rules: spec ``bitrix24-im.md`` §2, §5, §6.
"""

from __future__ import annotations

import random

import msgspec

from skvorets.core import access, colors, line_hooks, members, phrases
from skvorets.core.access import Dialog, Seat
from skvorets.core.events import ChatChanged, DialogChanged, TypingStarted, record
from skvorets.core.messages import NewMessage, post_message, post_system_message
from skvorets.core.restrictions import raise_fixed, require
from skvorets.errors import (
    ChatNotFoundError,
    EmptyTitleError,
    NotAllowedError,
    NothingChangedError,
    NotMemberError,
    WrongColorError,
)
from skvorets.storage import chats, work_groups
from skvorets.storage import members as member_rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# Characters of a chat's title. [source: im]
MAX_TITLE = 255
# Characters of a chat's description, and of the type and id of the thing that it belongs to. Undocumented.
MAX_DESCRIPTION = 20_000
MAX_ENTITY = 255
# Draws colours; nothing secret comes from it.
_looks = random.Random()  # noqa: S311 — looks only


class NewChat(msgspec.Struct, frozen=True, kw_only=True):
    """What a group or open chat is to be like."""

    is_open: bool = False
    title: str = ""  # empty: an automatic one
    description: str = ""
    color: str = ""  # a colour's name; unknown or empty: a random one
    avatar: str = ""  # digest in the blob store
    entity_type: str = ""
    entity_id: str = ""
    member_ids: tuple[int, ...] = ()  # unknown ids are skipped
    owner_id: int = 0  # 0 = the creator
    first_message: str = ""  # posted by the creator; empty: a line of the system says who was invited


async def create_chat(tx: Tx, creator: Person, new: NewChat) -> Chat:
    """Create a group or open chat with its members; returns it as stored."""
    owner_id = new.owner_id or creator.id
    found = await access.people_to_invite(tx, creator, [*new.member_ids, owner_id])
    others = [one for one in found.values() if one.id != creator.id]
    is_open = new.is_open and not creator.extranet
    color = colors.color_name(new.color) or colors.random_chat_color(_looks)
    chat = Chat(
        id=0,
        kind="open" if is_open else "group",
        title=new.title.strip()[:MAX_TITLE] or await _auto_title(tx, color),
        description=new.description[:MAX_DESCRIPTION],
        color=color,
        avatar=new.avatar,
        owner_id=owner_id if owner_id in found else creator.id,
        extranet=int(any(one.extranet for one in [creator, *others])),
        is_general=0,
        entity_type=new.entity_type[:MAX_ENTITY],
        entity_id=new.entity_id[:MAX_ENTITY],
        entity_data_1="",
        entity_data_2="",
        entity_data_3="",
        created_at=tx.now,
        member_count=0,
        last_seq=0,
        last_message_id=0,
        last_message_at=0,
    )
    chat = msgspec.structs.replace(chat, id=await chats.insert(tx, chat))
    await members.seat_members(tx, chat, [creator, *others], creator, shows_history=True)
    await _first_words(tx, chat, creator, others, new)
    return chat


async def open_private(tx: Tx, opener: Person, other: Person) -> Seat:
    """Give the private dialog of two people, created when it is their first."""
    found = await member_rows.private_and_member(tx, opener.id, other.id)
    if found is not None:
        return Seat(*found)
    chat_id = await chats.insert(tx, _empty_chat("private", tx.now))
    await chats.insert_private(tx, opener.id, other.id, chat_id)
    chat = await chats.find(tx, chat_id)
    if chat is None:
        raise LookupError(chat_id)
    both = [opener] if opener.id == other.id else [opener, other]
    await members.seat_members(tx, chat, both, opener, shows_history=True)
    chat = await line_hooks.opened(tx, chat, opener, other)
    return Seat(chat, await member_rows.find(tx, chat_id, opener.id))


async def seat_to_write(tx: Tx, person: Person, dialog: Dialog) -> Seat:
    """Give the conversation if the person may write there.

    A private dialog is created when it is missing; an open chat is joined by writing. Raises ChatNotFoundError,
    PersonNotFoundError, NotAllowedError (a dismissed person).
    """
    if dialog.person_id:
        found = await member_rows.private_and_member(tx, person.id, dialog.person_id)
        if found is not None and found[1] is not None:
            await access.person_to_write_to(tx, person, dialog.person_id)
            return Seat(*found)
        return await open_private(tx, person, await access.person_to_write_to(tx, person, dialog.person_id))
    seat = await access.chat_to_read(tx, person, dialog)
    if seat.chat.is_private:
        return await _private_to_write(tx, person, seat)
    if seat.member is None:
        if not await line_hooks.come_in(tx, person, seat.chat):
            await members.join_chat(tx, person, seat.chat)
        seat = await access.chat_of_member(tx, person, dialog)
    return seat


async def seat_of_member(tx: Tx, person: Person, dialog: Dialog) -> Seat:
    """Give the conversation if the person takes part in it; a private dialog is opened when it does not exist yet.

    Raises ChatNotFoundError, NotMemberError, PersonNotFoundError, NotAllowedError (a dismissed person).
    """
    try:
        return await access.chat_of_member(tx, person, dialog)
    except ChatNotFoundError:
        if not dialog.person_id:
            raise
        return await open_private(tx, person, await access.person_to_write_to(tx, person, dialog.person_id))


async def rename_chat(tx: Tx, actor: Person, seat: Seat, title: str) -> None:
    """Change the title. Raises EmptyTitleError, NothingChangedError, FixedChatError, GeneralChatError."""
    title = title.strip()[:MAX_TITLE]
    if not title:
        raise EmptyTitleError
    require(seat.chat, "rename")
    if seat.chat.title == title:
        raise NothingChangedError
    await chats.change(tx, seat.chat.id, title=title)
    await post_system_message(tx, seat.chat, actor.id, phrases.renamed(tx.portal.language, actor, title))
    await _record_changed(tx, seat.chat, actor, "title")


async def recolor_chat(tx: Tx, actor: Person, seat: Seat, color: str) -> None:
    """Change the colour. Raises WrongColorError, NothingChangedError, FixedChatError, GeneralChatError."""
    name = colors.color_name(color)
    if name is None:
        raise WrongColorError
    _refuse_fixed(seat)
    if seat.chat.color == name:
        raise NothingChangedError
    await chats.change(tx, seat.chat.id, color=name)
    await _record_changed(tx, seat.chat, actor, "color")


async def change_avatar(tx: Tx, actor: Person, seat: Seat, digest: str) -> None:
    """Set the picture to one in the blob store. Raises FixedChatError, GeneralChatError."""
    require(seat.chat, "avatar")
    await chats.change(tx, seat.chat.id, avatar=digest)
    await post_system_message(tx, seat.chat, actor.id, phrases.new_picture(tx.portal.language, actor))
    await _record_changed(tx, seat.chat, actor, "avatar")


async def change_owner(tx: Tx, actor: Person, seat: Seat, person_id: int) -> None:
    """Hand the chat over to another member. Only the owner may: NotAllowedError; NotMemberError for strangers."""
    await _member_for_owner(tx, actor, seat, person_id)
    await hand_over(tx, actor, seat.chat, person_id)


async def hand_over(tx: Tx, actor: Person, chat: Chat, person_id: int) -> None:
    """Give the chat another owner for somebody who may do so. Raises NotMemberError, FixedChatError (a line's)."""
    if chat.kind == "line":
        raise_fixed(chat)  # its owner is who serves the customer
    if await member_rows.find(tx, chat.id, person_id) is None:
        raise NotMemberError
    await chats.change(tx, chat.id, owner_id=person_id)
    await _record_changed(tx, chat, actor, "owner")


async def change_manager(tx: Tx, actor: Person, seat: Seat, person_id: int, *, is_manager: bool) -> None:
    """Make a member a manager or an ordinary member again. Only the owner may: errors as for ``change_owner``."""
    await _member_for_owner(tx, actor, seat, person_id)
    await member_rows.change(tx, seat.chat.id, person_id, manager=int(is_manager))
    await _record_changed(tx, seat.chat, actor, "managers")


async def mute_chat(tx: Tx, person: Person, seat: Seat, *, is_muted: bool) -> None:
    """Silence a chat for one member, or let it ring again. Raises FixedChatError for chats that cannot be silenced."""
    require(seat.chat, "mute")
    if bool(seat.taken.muted) == is_muted:
        return
    await member_rows.change(tx, seat.chat.id, person.id, muted=int(is_muted))
    await record(tx, DialogChanged(chat_id=seat.chat.id, person_id=person.id, changed=["muted"]))


async def show_typing(tx: Tx, person: Person, dialog: Dialog) -> None:
    """Tell the others that a person is writing. Raises ChatNotFoundError, NotMemberError, PersonNotFoundError …

    In a private dialog that does not exist yet nobody is told: it comes to exist by the message.
    """
    if dialog.person_id:
        other = await access.person_to_write_to(tx, person, dialog.person_id)
        chat_id = await chats.private_chat_id(tx, person.id, dialog.person_id)
        if chat_id is None:
            return
        await line_hooks.typing_to(tx, person, other, chat_id)
    else:
        chat = (await access.chat_of_member(tx, person, dialog)).chat
        chat_id = chat.id
        await line_hooks.typing(tx, person, chat)
    await record(tx, TypingStarted(chat_id=chat_id, actor_id=person.id))


async def newest_of_entity(tx: Tx, person: Person, entity_type: str, entity_id: str) -> Chat | None:
    """Give the newest chat made for this thing which the person may read."""
    found = await member_rows.of_entity(tx, person.id, entity_type[:MAX_ENTITY], entity_id[:MAX_ENTITY])
    return next((chat for chat, member in found if access.is_readable(person, chat, member)), None)


async def chat_of_work_group(tx: Tx, person: Person, group_id: str) -> Chat | None:
    """Give the chat of a work group if the person may read it."""
    found = await member_rows.of_entity(tx, person.id, work_groups.ENTITY_TYPE, group_id[:MAX_ENTITY])
    if not found:
        return None
    chat, member = found[-1]  # the oldest one: nobody takes a group's place by making another chat for it
    return chat if access.is_readable(person, chat, member) else None


async def _private_to_write(tx: Tx, person: Person, seat: Seat) -> Seat:
    """Check the other one of a private dialog which was named by its chat id."""
    for other in await member_rows.ids_of(tx, seat.chat.id):
        if other != person.id:
            await access.person_to_write_to(tx, person, other)
    return seat


async def _member_for_owner(tx: Tx, actor: Person, seat: Seat, person_id: int) -> None:
    """Check that the actor owns the chat and the person is a member of it."""
    _refuse_fixed(seat)
    if seat.chat.owner_id != actor.id:
        raise NotAllowedError
    if await member_rows.find(tx, seat.chat.id, person_id) is None:
        raise NotMemberError


async def _first_words(tx: Tx, chat: Chat, creator: Person, others: list[Person], new: NewChat) -> None:
    if new.first_message.strip():
        words = NewMessage(
            chat=chat,
            author_id=creator.id,
            actor_id=creator.id,
            text=new.first_message,
            calls_bots=not creator.is_bot,
        )
        await post_message(tx, words)
    elif others:
        text = phrases.invited(tx.portal.language, creator, others)
        await post_system_message(tx, chat, creator.id, text, CODE="CHAT_JOIN")
    await members.warn_of_supervisors(tx, chat, others, sees_history=True)
    if chat.kind == "open":
        general = await chats.general(tx)
        if general is not None:
            text = phrases.open_chat_created(tx.portal.language, creator, chat.id, chat.title)
            await post_system_message(tx, general, creator.id, text)


async def _record_changed(tx: Tx, chat: Chat, actor: Person, *changed: str) -> None:
    await record(tx, ChatChanged(chat_id=chat.id, actor_id=actor.id, changed=list(changed)))


async def _auto_title(tx: Tx, color: str) -> str:
    number = await chats.next_title_number(tx, color)
    return colors.automatic_title(color, number, tx.portal.language)


def _refuse_fixed(seat: Seat) -> None:
    """Private dialogs and the general chat are as they are."""
    if seat.chat.is_private or seat.chat.is_general:
        raise_fixed(seat.chat)


def _empty_chat(kind: str, now: int) -> Chat:
    return Chat(0, kind, "", "", "", "", 0, 0, 0, "", "", "", "", "", now, 0, 0, 0, 0)
