"""Messages: reading them, writing, changing and deleting one's own.

GET    /api/chats/{id}/messages?before=&after=&around=&limit=   a part of a chat; without a place the newest
POST   /api/chats/{id}/messages   {clientId, text, replyToId, fileIds, isWhisper}   a clientId is sent once
GET    /api/messages/{id}
PATCH  /api/messages/{id}         {text}
DELETE /api/messages/{id}         it stays as an empty place

Hidden chats, messages and files answer 404 no_such_chat, no_such_message, no_such_file; changing what is not one's
own, is too old, forwarded or deleted 403 not_allowed; a message without words and files 400 empty_message; an answer to
a message of another chat 400 refused; a clientId that has named a message of another chat 409 taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from skvorets.core import access, chats, message_pages, messages, reads
from skvorets.core.access import Dialog, Seat
from skvorets.core.message_files import FilePost, post_files
from skvorets.core.message_pages import Place
from skvorets.core.messages import MessageChange, NewMessage
from skvorets.dialects.native.registry import Call, Nothing, lock_of_chat, lock_of_message, route
from skvorets.dialects.native.shapes.messages import MessageView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_messages import view_messages
from skvorets.dialects.native.views_people import view_people
from skvorets.errors import EmptyMessageError, TakenError
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message

_MOST = 100
# Characters of a text that are looked at; what is stored is cut at 20,000.
_MOST_CHARS = 100_000
_MOST_FILES = 50
_Id = Annotated[int, msgspec.Meta(ge=0, le=2**62)]
_Text = Annotated[str, msgspec.Meta(max_length=_MOST_CHARS)]


class Part(msgspec.Struct, frozen=True):
    """Which part of a chat is wanted: ids of messages, 0 = not given."""

    before: _Id = 0
    after: _Id = 0
    around: _Id = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 50


class NewWords(msgspec.Struct, frozen=True, rename="camel"):
    """A message to be sent."""

    client_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    text: _Text = ""
    reply_to_id: _Id = 0
    file_ids: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=2**62)]], msgspec.Meta(max_length=_MOST_FILES)] = []
    is_whisper: bool = False  # in the chat of an open line: is it kept from the customer?


class OtherWords(msgspec.Struct, frozen=True):
    """What a message is to say."""

    text: _Text


class MessagePage(msgspec.Struct, frozen=True, rename="camel"):
    """A part of a chat."""

    messages: list[MessageView]  # as they were written
    people: list[PersonView]
    has_older: bool
    has_newer: bool
    seen_id: int  # as that of a chat


class OneMessage(msgspec.Struct, frozen=True):
    """A message, and the people whom it names."""

    message: MessageView
    people: list[PersonView]


class SomeMessages(msgspec.Struct, frozen=True):
    """Messages, and the people whom they name."""

    messages: list[MessageView]
    people: list[PersonView]


@route("GET", "/api/chats/{id}/messages", query=Part, mode="read")
async def read_messages(tx: Tx, call: Call[Part]) -> MessagePage:
    """Read a part of a chat."""
    given = call.given
    seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))
    place = Place(around=given.around, before=given.before, after=given.after, limit=given.limit)
    page = await message_pages.page_of(tx, seat, place)
    shown = await show(tx, call, page.found, {seat.chat.id: seat})
    seen = await reads.seen_ids(tx, call.person, [seat.chat])
    return MessagePage(shown.messages, shown.people, page.has_older, page.has_newer, seen.get(seat.chat.id, 0))


@route("POST", "/api/chats/{id}/messages", body=NewWords, lock=lock_of_chat)
async def send_message(tx: Tx, call: Call[NewWords]) -> OneMessage:
    """Send a message; files were uploaded before. An open chat is joined by it."""
    seat = await chats.seat_to_write(tx, call.person, Dialog(chat_id=call.ids["id"]))
    message = await _post(tx, call, seat)
    if message.chat_id != seat.chat.id:
        raise TakenError
    return await _show_one(tx, call, message, seat)


@route("GET", "/api/messages/{id}", mode="read")
async def read_message(tx: Tx, call: Call[Nothing]) -> OneMessage:
    """Read one message."""
    return await _show_one(tx, call, *await access.message_to_read(tx, call.person, call.ids["id"]))


@route("PATCH", "/api/messages/{id}", body=OtherWords, lock=lock_of_message)
async def change_message(tx: Tx, call: Call[OtherWords]) -> OneMessage:
    """Change the words of a message of one's own."""
    text = call.given.text
    if not text.strip():  # the core would delete it; whoever wants that says so
        raise EmptyMessageError
    message = await messages.change_message(tx, call.person, call.ids["id"], MessageChange(text=text))
    _, seat = await access.message_to_read(tx, call.person, message.id)
    return await _show_one(tx, call, message, seat)


@route("DELETE", "/api/messages/{id}", lock=lock_of_message)
async def delete_message(tx: Tx, call: Call[Nothing]) -> None:
    """Empty a message: its place stays."""
    await messages.delete_message(tx, call.person, call.ids["id"])


async def show(tx: Tx, call: Call[Any], found: Sequence[Message], seats: Mapping[int, Seat]) -> SomeMessages:
    """Show messages of these chats with the people whom they name: five statements at most."""
    viewer = viewer_of(tx, call)
    views, named = await view_messages(tx, viewer, found, seats)
    return SomeMessages(views, await view_people(tx, viewer, named) if named else [])


async def _show_one(tx: Tx, call: Call[Any], message: Message, seat: Seat) -> OneMessage:
    shown = await show(tx, call, [message], {seat.chat.id: seat})
    return OneMessage(shown.messages[0], shown.people)


async def _post(tx: Tx, call: Call[NewWords], seat: Seat) -> Message:
    given, person = call.given, call.person
    if given.file_ids:
        post = FilePost(
            file_ids=given.file_ids,
            text=given.text,
            client_id=given.client_id,
            reply_to=given.reply_to_id,
            skips_connector=given.is_whisper,
        )
        return await post_files(tx, person, seat.chat, post)
    words = NewMessage(
        chat=seat.chat,
        author_id=person.id,
        actor_id=person.id,
        text=given.text,
        client_id=given.client_id,
        reply_to=given.reply_to_id,
        skips_connector=given.is_whisper,
    )
    return await messages.post_message(tx, words)
