"""The talk: reading it, writing, changing and taking back one's own words, liking, pressing buttons of bots.

GET    /widget/api/messages?before=&after=&limit=   a part of the talk; without a place the newest
POST   /widget/api/messages   {text, clientId, replyToId?}   a clientId is sent once → the message
PATCH  /widget/api/messages/{id}   {text} → the message
DELETE /widget/api/messages/{id}   it stays as an empty place
POST   /widget/api/messages/{id}/like      {isLiked}
POST   /widget/api/messages/{id}/command   {command, params}   a button of the message's keyboard

A message that is not of the visitor's own talk answers 404 no_such_message, whoever's it is; one that cannot be changed
(any more) 403 not_allowed; one without words 400 empty_message; a button that is not there 404 no_such_command.
"""

from __future__ import annotations

import contextlib
from typing import Annotated, Any

import msgspec

from skvorets.core import access, clicks, message_pages
from skvorets.core.access import Dialog
from skvorets.core.buttons import find_button
from skvorets.core.clicks import Pressed
from skvorets.core.lines import outlets, relay
from skvorets.core.lines.relay import ClientMessage
from skvorets.core.message_pages import Place
from skvorets.dialects.widget.given import ClientId, IdOrNone, Text
from skvorets.dialects.widget.registry import Call, Nothing, route
from skvorets.dialects.widget.shapes import MessagePage, WidgetMessage
from skvorets.dialects.widget.views import view_messages
from skvorets.errors import CommandNotFoundError, EmptyMessageError, MessageNotFoundError, NothingChangedError
from skvorets.storage import line_clients, messages
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message

_MOST = 100
_Command = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class Part(msgspec.Struct, frozen=True):
    """Which part of the talk is wanted: ids of messages, 0 = not given."""

    before: IdOrNone = 0
    after: IdOrNone = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 40


class NewWords(msgspec.Struct, frozen=True, rename="camel"):
    """A message to be sent."""

    client_id: ClientId
    text: Text
    reply_to_id: IdOrNone = 0


class OtherWords(msgspec.Struct, frozen=True):
    """What a message is to say."""

    text: Text


class Like(msgspec.Struct, frozen=True, rename="camel"):
    """Liked, or not any more."""

    is_liked: bool


class Button(msgspec.Struct, frozen=True):
    """A button of a keyboard, as the message shows it."""

    command: _Command
    params: Text = ""


@route("GET", "messages", given=Part, mode="read")
async def read_messages(tx: Tx, call: Call[Part]) -> MessagePage:
    """Read a part of the talk."""
    given = call.given
    seat = await access.chat_of_member(tx, call.visitor.guest, Dialog(chat_id=call.client.client_chat_id))
    page = await message_pages.page_of(tx, seat, Place(before=given.before, after=given.after, limit=given.limit))
    shown, wrote = await view_messages(tx, call.visitor, seat, page.found)
    answered = max((one.id for one in shown if one.author == "operator"), default=0)  # who answers has read
    is_onward = bool(given.after and not given.before)
    return MessagePage(
        messages=shown,
        people=wrote,
        has_more=page.has_newer if is_onward else page.has_older,
        read_id=seat.taken.read_id,
        seen_id=max(answered, outlets.seen_id_of(seat.chat)),
    )


@route("POST", "messages", given=NewWords, counts="messages")
async def send_message(tx: Tx, call: Call[NewWords]) -> WidgetMessage:
    """Send a message."""
    given = call.given
    if given.reply_to_id:
        await own_message(tx, call, given.reply_to_id)
    new = ClientMessage(text=given.text, client_id=given.client_id, reply_to=given.reply_to_id)
    return await show(tx, call, await relay.client_writes(tx, call.client, new))


@route("PATCH", "messages/{id}", given=OtherWords, counts="messages")
async def change_message(tx: Tx, call: Call[OtherWords]) -> WidgetMessage:
    """Change the words of a message of one's own."""
    if not call.given.text.strip():
        raise EmptyMessageError
    message = await own_message(tx, call, call.ids["id"])
    return await show(tx, call, await relay.client_changes(tx, call.client, message.id, call.given.text))


@route("DELETE", "messages/{id}", counts="messages")
async def delete_message(tx: Tx, call: Call[Nothing]) -> None:
    """Take a message of one's own back."""
    message = await own_message(tx, call, call.ids["id"])
    await relay.client_deletes(tx, call.client, message.id)


@route("POST", "messages/{id}/like", given=Like)
async def like_message(tx: Tx, call: Call[Like]) -> None:
    """Like a message, or not any more; what is so already stays so."""
    message = await own_message(tx, call, call.ids["id"])
    with contextlib.suppress(NothingChangedError):
        await relay.client_likes(tx, call.client, message.id, wish=call.given.is_liked)


@route("POST", "messages/{id}/command", given=Button, counts="messages")
async def press_button(tx: Tx, call: Call[Button]) -> None:
    """Press a button of a bot: it hears that from the operators' chat, in which it is."""
    shown = await own_message(tx, call, call.ids["id"])
    given = call.given
    bot_id = _bot_of(shown.read_params().get("KEYBOARD"), given)
    twin_id = await line_clients.message_of(tx, shown.id)
    if not bot_id or twin_id <= 0:
        raise CommandNotFoundError
    pressed = Pressed(bot_id=bot_id, command=given.command, params=given.params, contexts=("KEYBOARD",))
    await clicks.press(tx, call.visitor.guest, twin_id, pressed)


async def own_message(tx: Tx, call: Call[Any], message_id: int) -> Message:
    """Give a message of the visitor's own talk. Raises MessageNotFoundError for all others."""
    message = await messages.find(tx, message_id)
    if message is None or message.chat_id != call.client.client_chat_id:
        raise MessageNotFoundError
    return message


async def show(tx: Tx, call: Call[Any], message: Message) -> WidgetMessage:
    """Show one message of the visitor's talk."""
    seat = await access.chat_of_member(tx, call.visitor.guest, Dialog(chat_id=call.client.client_chat_id))
    if message.chat_id != seat.chat.id:  # its clientId has named something else
        raise MessageNotFoundError
    shown, _ = await view_messages(tx, call.visitor, seat, [message])
    return shown[0]


def _bot_of(keyboard: object, pressed: Button) -> int:
    """Give the bot whose button this is, 0 = there is none."""
    entries = keyboard if isinstance(keyboard, list) else []
    bots = dict.fromkeys(one.get("BOT_ID", 0) for one in entries if isinstance(one, dict))
    return next((one for one in bots if find_button(keyboard, one, pressed.command, pressed.params)), 0)
