"""``/api/lines``: the open lines that a person serves.

GET   /api/lines                 his lines, with what waits and what he has taken
PATCH /api/lines/{id}/me         {isPaused}   he gets nothing new for a while, or again
GET   /api/lines/{id}/waiting    chats of conversations which nobody has taken, who waits longest first
GET   /api/lines/{id}/sessions?clientId=&beforeId=&limit=   earlier talks of a customer, the newest first

Lines that he does not serve, and customers of other lines, answer 404 not_found; administrators may see all.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from skvorets.core.access import Seat
from skvorets.core.lines import operators
from skvorets.dialects.native.given import Id, IdOrNone
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.dialects.native.shapes.chats import ChatView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_seats
from skvorets.dialects.native.views_people import view_people
from skvorets.storage import line_desk, lines, members
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.messages import NO_UPPER_ID

_MOST = 100


class ServedLineView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A line that the reader serves."""

    id: int
    name: str
    avatar: str  # address, empty = none
    is_active: bool
    is_paused: bool  # does the reader get nothing new?
    waiting: int  # conversations which nobody has taken
    open: int  # those that the reader has taken


class LineName(msgspec.Struct, frozen=True):
    """A line to which conversations can be transferred."""

    id: int
    name: str


class ServedLines(msgspec.Struct, frozen=True):
    """The reader's lines."""

    lines: list[ServedLineView]  # by name
    others: list[LineName]  # active ones that he does not serve, told to those who serve any, by name


class OperatorChange(msgspec.Struct, frozen=True, rename="camel"):
    """How the reader serves the line."""

    is_paused: bool


class WaitingChats(msgspec.Struct, frozen=True):
    """Conversations which nobody has taken."""

    chats: list[ChatView]  # who waits longest first, at most 100
    people: list[PersonView]


class TalksWanted(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Whose talks are wanted, and which part."""

    client_id: Id
    before_id: IdOrNone = 0  # of a session
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 20


class TalkView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A conversation that was, or the one that goes on."""

    id: int
    line_id: int
    chat_id: int
    status: int
    operator_id: int  # 0 = nobody took it
    bot_id: int
    started_at: int
    closed_at: int  # 0 = it goes on
    vote: int  # 1 to 5, 0 = none
    vote_comment: str
    first_message_id: int  # where it begins in the chat, 0 = nothing is left of it


class TalkList(msgspec.Struct, frozen=True, rename="camel"):
    """Conversations of a customer."""

    sessions: list[TalkView]  # the newest first
    people: list[PersonView]
    has_more: bool


def _lock_of_line(call: Call[Any]) -> int:
    return lock_key("line", call.ids["id"])


@route("GET", "/api/lines", mode="read")
async def list_lines(tx: Tx, call: Call[Nothing]) -> ServedLines:
    """List the lines that the person serves: one statement, two for those who serve any."""
    viewer = viewer_of(tx, call)
    found = await line_desk.lines_of(tx, call.person.id)
    mine = {one.id for one in found}
    every = await lines.every(tx) if found else []
    return ServedLines(
        [
            ServedLineView(
                id=one.id,
                name=one.name,
                avatar=viewer.avatar(one.avatar),
                is_active=bool(one.active),
                is_paused=bool(one.paused),
                waiting=one.waiting,
                open=one.open,
            )
            for one in found
        ],
        [LineName(one.id, one.name) for one in every if one.active and one.id not in mine],
    )


@route("PATCH", "/api/lines/{id}/me", body=OperatorChange, lock=_lock_of_line)
async def change_me(tx: Tx, call: Call[OperatorChange]) -> None:
    """Pause, or come back: who comes back gets what waits."""
    await operators.pause(tx, call.person, call.ids["id"], is_paused=call.given.is_paused)


@route("GET", "/api/lines/{id}/waiting", mode="read")
async def list_waiting(tx: Tx, call: Call[Nothing]) -> WaitingChats:
    """List what waits: fifteen statements at most, however much it is."""
    line = await operators.line_to_serve(tx, call.person, call.ids["id"])
    talks = await line_desk.waiting_of(tx, call.person.id, line.id, _MOST)
    ids = [one.session.chat_id for one in talks]
    found = await members.seats_of(tx, call.person.id, ids)
    return WaitingChats(*await view_seats(tx, viewer_of(tx, call), [Seat(*found[one]) for one in ids]))


@route("GET", "/api/lines/{id}/sessions", query=TalksWanted, mode="read")
async def list_talks(tx: Tx, call: Call[TalksWanted]) -> TalkList:
    """List the talks of a customer: five statements."""
    given = call.given
    line = await operators.line_to_serve(tx, call.person, call.ids["id"])
    client = await operators.client_to_see(tx, line, given.client_id)
    found = await line_desk.past_of(tx, client.id, given.before_id or NO_UPPER_ID, given.limit + 1)
    shown = found[: given.limit]
    named = {person for one in shown for person in (one.operator_id, one.bot_id)} - {0}
    views = [TalkView(**{name: getattr(one, name) for name in TalkView.__struct_fields__}) for one in shown]
    people = await view_people(tx, viewer_of(tx, call), named) if named else []
    return TalkList(views, people, len(found) > len(shown))
