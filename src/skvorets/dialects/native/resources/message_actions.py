"""What else can be done with a message.

PUT  /api/messages/{id}/like      {isLiked} → who likes it now; what is so already stays
GET  /api/messages/{id}/readers   who has read up to it, those who came last first
POST /api/messages/{id}/command   {botId, command, params, context: KEYBOARD | MENU}   a button, or an item of its menu
POST /api/messages/{id}/forward   {chatIds, clientId, text} → the new messages; in all of the chats or in none
POST /api/messages/{id}/share     {kind: CHAT | TASK | POST | CALEND}   a line of the system tells where it is

Hidden messages and chats answer 404 no_such_message, no_such_chat; commands that the message does not offer, and those
of chats that are only looked at, 404 no_such_command; a line of the system cannot be forwarded, people from outside
cannot share, who only looks into an open chat cannot like: 403 not_allowed.
"""

from __future__ import annotations

import contextlib
from typing import Annotated, Final, Literal

import msgspec

from skvorets.core import access, clicks, forwarding, messages, sharing
from skvorets.core.access import Dialog, Seat
from skvorets.core.calendar_zones import portal_zone
from skvorets.core.clicks import Pressed
from skvorets.core.forwarding import Forwarding
from skvorets.core.sharing import Portal
from skvorets.dialects.native.registry import Call, Nothing, lock_of_message, lock_of_person, route
from skvorets.dialects.native.resources.messages import SomeMessages, show
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_people import view_people
from skvorets.errors import NothingChangedError, NotMemberError
from skvorets.storage import members
from skvorets.storage import messages as message_rows
from skvorets.storage.database import Tx

MAX_READERS: Final = 200
"""People who are named of those who have read a message."""
_MOST_CHATS = 10
_MOST_CHARS = 100_000
_Id = Annotated[int, msgspec.Meta(ge=1, le=2**62)]
_KINDS = {"CHAT": "chat", "TASK": "task", "POST": "post", "CALEND": "event"}


class Like(msgspec.Struct, frozen=True, rename="camel"):
    """What is wished."""

    is_liked: bool


class Likes(msgspec.Struct, frozen=True):
    """Who likes a message."""

    likes: list[int]  # in the order of liking


class ReaderView(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody who has read a message."""

    person_id: int
    read_at: int  # when he read last there


class Readers(msgspec.Struct, frozen=True):
    """Who has read a message, without its author."""

    readers: list[ReaderView]  # at most 200
    total: int
    people: list[PersonView]


class Click(msgspec.Struct, frozen=True, rename="camel"):
    """A button as the message offers it."""

    bot_id: _Id
    command: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    params: Annotated[str, msgspec.Meta(max_length=_MOST_CHARS)] = ""
    context: Literal["KEYBOARD", "MENU"] = "KEYBOARD"


class Forward(msgspec.Struct, frozen=True, rename="camel"):
    """Where a message is to be shown again."""

    chat_ids: Annotated[list[_Id], msgspec.Meta(min_length=1, max_length=_MOST_CHATS)]
    client_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    text: Annotated[str, msgspec.Meta(max_length=_MOST_CHARS)] = ""


class Share(msgspec.Struct, frozen=True):
    """What is to be made of a message."""

    kind: Literal["CHAT", "TASK", "POST", "CALEND"]


@route("PUT", "/api/messages/{id}/like", body=Like, lock=lock_of_message)
async def like_message(tx: Tx, call: Call[Like]) -> Likes:
    """Like a message, or take that back."""
    message_id = call.ids["id"]
    _, seat = await access.message_to_read(tx, call.person, message_id)
    if seat.member is None:
        raise NotMemberError
    with contextlib.suppress(NothingChangedError):  # it is as wished, or the message is gone
        await messages.like_message(tx, call.person, message_id, wish=call.given.is_liked)
    return Likes((await message_rows.likes_of(tx, [message_id])).get(message_id, []))


@route("GET", "/api/messages/{id}/readers", mode="read")
async def read_readers(tx: Tx, call: Call[Nothing]) -> Readers:
    """Tell who has read a message."""
    message, seat = await access.message_to_read(tx, call.person, call.ids["id"])
    found, total = await members.last_viewers_of(tx, seat.chat.id, message.seq, message.author_id, MAX_READERS)
    people = await view_people(tx, viewer_of(tx, call), [one.person_id for one in found]) if found else []
    return Readers([ReaderView(one.person_id, one.read_at) for one in found], total, people)


@route("POST", "/api/messages/{id}/command", body=Click, lock=lock_of_message)
async def press_button(tx: Tx, call: Call[Click]) -> None:
    """Press a button that calls a command of a bot; nothing is published."""
    given = call.given
    pressed = Pressed(bot_id=given.bot_id, command=given.command, params=given.params, contexts=(given.context,))
    await clicks.press(tx, call.person, call.ids["id"], pressed)


@route("POST", "/api/messages/{id}/forward", body=Forward, lock=lock_of_person)
async def forward_message(tx: Tx, call: Call[Forward]) -> SomeMessages:
    """Show a message again in other chats."""
    given = call.given
    wanted = Forwarding(chat_ids=given.chat_ids, client_id=given.client_id, text=given.text)
    posted = await forwarding.forward_message(tx, call.person, call.ids["id"], wanted)
    seats = await members.seats_of(tx, call.person.id, [one.chat_id for one in posted])
    return await show(tx, call, posted, {key: Seat(*one) for key, one in seats.items()})


@route("POST", "/api/messages/{id}/share", body=Share)
async def share_message(tx: Tx, call: Call[Share]) -> None:
    """Make a chat, a task, a post or an event of a message."""
    message, _ = await access.message_to_read(tx, call.person, call.ids["id"])
    config = call.services.config
    portal = Portal(config.base_url, portal_zone(config.utc_offset_minutes))
    dialog = Dialog(chat_id=message.chat_id)
    await sharing.share_message(tx, call.person, dialog, message.id, _KINDS[call.given.kind], portal)
