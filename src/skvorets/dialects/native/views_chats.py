"""How conversations are shown, many at once. Shapes: ``shapes/chats.py``.

Whatever the number of chats, a page costs at most eight queries beyond those that found it: four of ``view_messages``
for the newest messages, then people, drafts, first unread and seen messages; one more when chats of open lines are
among them; for seats four more, whose answers the recent list brings with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from skvorets.core import colors, reads
from skvorets.core.access import Seat
from skvorets.core.recents import Recent
from skvorets.core.restrictions import restrictions_of
from skvorets.dialects.native.shapes.chats import ChatView, DraftView, MineView, RightsView
from skvorets.dialects.native.shapes.messages import MessageView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import Viewer
from skvorets.dialects.native.views_lines import line_chat_view, people_in, talks_in
from skvorets.dialects.native.views_messages import view_messages
from skvorets.dialects.native.views_people import color_of, person_view
from skvorets.storage import drafts, members, messages, people, recents
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.drafts import Draft
from skvorets.storage.line_desk import Talk
from skvorets.storage.members import Member
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

_NOBODY: tuple[int, ...] = ()


class ChatPage(NamedTuple):
    """Chats with all people whom they name."""

    chats: list[ChatView]
    people: list[PersonView]


class _Known(NamedTuple):
    """What is known of a chat before the page is put together."""

    seat: Seat
    message: Message | None  # the newest one that the reader may see
    unread: int
    partner_id: int  # of a private dialog, 0 otherwise


class _Surroundings(msgspec.Struct, frozen=True):
    """What the chats of a page need besides."""

    viewer: Viewer
    people: Mapping[int, Person]
    messages: Mapping[int, MessageView]  # newest ones, by chat
    first_unread: Mapping[int, int]
    seen: Mapping[int, int]
    drafts: Mapping[int, Draft]
    talks: Mapping[int, Talk]  # with customers of open lines, by chat


async def view_recents(tx: Tx, viewer: Viewer, lines: Iterable[Recent], also: Iterable[int] = _NOBODY) -> ChatPage:
    """Show lines of the recent list in their order; ``also`` are people who are named elsewhere in the answer."""
    known = [_Known(Seat(one.chat, one.member), one.message, one.unread, one.partner_id) for one in lines]
    return await _view(tx, viewer, known, also)


async def view_seats(tx: Tx, viewer: Viewer, seats: Sequence[Seat], also: Iterable[int] = _NOBODY) -> ChatPage:
    """Show chats as the reader sees them from these seats, in their order."""
    newest = await messages.find_many(tx, [one.chat.last_message_id for one in seats if one.chat.last_message_id])
    unread = await reads.unread_in_many(tx, [(one.chat, one.member) for one in seats if one.member is not None])
    private = [one.chat.id for one in seats if one.chat.is_private]
    partners = await recents.partners_of(tx, viewer.person.id, private) if private else {}
    known = [
        _Known(one, _visible(newest, one), unread.get(one.chat.id, 0), partners.get(one.chat.id, 0)) for one in seats
    ]
    return await _view(tx, viewer, known, also)


async def view_seat(tx: Tx, viewer: Viewer, seat: Seat) -> tuple[ChatView, list[PersonView]]:
    """Show one chat, and the people whom it names."""
    page = await view_seats(tx, viewer, [seat])
    return page.chats[0], page.people


async def _view(tx: Tx, viewer: Viewer, known: Sequence[_Known], also: Iterable[int]) -> ChatPage:
    seats = {one.seat.chat.id: one.seat for one in known}
    shown = [one.message for one in known if one.message is not None]
    views, named = await view_messages(tx, viewer, shown, seats)
    behind = [one.seat.member for one in known if one.seat.member is not None and one.unread]
    talks = await talks_in(tx, viewer.person, seats.values())
    named.update(also, people_in(talks.values()), *((one.partner_id, one.seat.chat.owner_id) for one in known))
    found = await people.find_many(tx, named - {0})
    around = _Surroundings(
        viewer=viewer,
        people=found,
        messages={one.chat_id: one for one in views},
        first_unread=await members.first_unread_ids(tx, behind),
        seen=await reads.seen_ids(tx, viewer.person, [one.seat.chat for one in known]),
        drafts=await drafts.of_person_in(tx, viewer.person.id, seats) if seats else {},
        talks=talks,
    )
    chats = [_chat_view(one, around) for one in known]
    return ChatPage(chats, [person_view(one, viewer) for one in found.values()])


def _visible(newest: Mapping[int, Message], seat: Seat) -> Message | None:
    message = newest.get(seat.chat.last_message_id)
    return message if message is not None and message.id >= seat.first_id else None


def _chat_view(known: _Known, around: _Surroundings) -> ChatView:
    chat, viewer = known.seat.chat, around.viewer
    partner, talk = around.people.get(known.partner_id), around.talks.get(chat.id)
    return ChatView(
        id=chat.id,
        dialog_id=str(known.partner_id) if chat.is_private else f"chat{chat.id}",
        kind=chat.kind,
        title=_title(chat, partner, viewer),
        description=chat.description,
        color=colors.hex_of(chat.color or colors.person_color(chat.id, "")) if partner is None else color_of(partner),
        avatar=viewer.avatar(chat.avatar if partner is None else partner.avatar),
        owner_id=chat.owner_id,
        partner_id=known.partner_id,
        is_general=bool(chat.is_general),
        is_extranet=bool(chat.extranet),
        entity_type=chat.entity_type,
        entity_id=chat.entity_id,
        created_at=chat.created_at,
        member_count=chat.member_count,
        last_at=chat.last_message_at or chat.created_at,
        last_seq=chat.last_seq,
        last=around.messages.get(chat.id),
        seen_id=around.seen.get(chat.id, 0),
        mine=_mine_view(known, around),
        rights=_rights_view(known.seat, partner, viewer.person),
        line=None if talk is None else line_chat_view(talk, known.seat, viewer.person, around.people),
    )


def _title(chat: Chat, partner: Person | None, viewer: Viewer) -> str:
    if not chat.is_private:
        return chat.title
    return "" if partner is None or partner.id == viewer.person.id else partner.name


def _mine_view(known: _Known, around: _Surroundings) -> MineView:
    chat, member = known.seat.chat, known.seat.member
    draft = around.drafts.get(chat.id)
    begun = None if draft is None else DraftView(**{name: getattr(draft, name) for name in DraftView.__struct_fields__})
    if member is None:
        return MineView(
            is_member=False,
            role="guest",
            unread=0,
            first_unread_id=0,
            read_id=0,
            first_id=0,
            is_muted=False,
            pinned_at=0,
            is_marked_unread=False,
            is_hidden=False,
            draft=begun,
        )
    return MineView(
        is_member=True,
        role=role_of(chat, member),
        unread=known.unread,
        first_unread_id=around.first_unread.get(chat.id, 0),
        read_id=member.read_id,
        first_id=member.first_id,
        is_muted=bool(member.muted),
        pinned_at=member.pinned_at,
        is_marked_unread=bool(member.marked_unread),
        is_hidden=member.hidden_seq >= chat.last_seq,
        draft=begun,
    )


def role_of(chat: Chat, member: Member) -> str:
    """Give a member's role: owner, manager or member."""
    if chat.owner_id == member.person_id:
        return "owner"
    return "manager" if member.manager else "member"


def _rights_view(seat: Seat, partner: Person | None, person: Person) -> RightsView:
    """Say what the rules of ``core/chats.py`` and ``core/members.py`` would allow."""
    chat, member = seat.chat, seat.member
    allowed = restrictions_of(chat)
    is_in, is_owner = member is not None, chat.owner_id == person.id and member is not None
    is_manager = is_owner or (member is not None and bool(member.manager))
    is_own_matter = not chat.is_private and not chat.is_general
    return RightsView(
        can_write=allowed.send and (partner is None or bool(partner.active)),
        can_rename=is_in and allowed.rename,
        can_invite=allowed.extend and (is_in or chat.kind == "open"),
        can_manage=is_owner and is_own_matter,
        can_remove=is_manager and allowed.leave,
        can_leave=is_in and (allowed.leave_owner if is_owner else allowed.leave),
        can_mute=is_in and allowed.mute,
    )
