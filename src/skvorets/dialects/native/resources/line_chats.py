"""``/api/chats/{id}/line/…``: what an operator does with the conversation in the chat of an open line.

POST /api/chats/{id}/line/take       take it; from the bot, the queue or another operator
POST /api/chats/{id}/line/skip       give it to the next one of the queue
POST /api/chats/{id}/line/transfer   {personId | lineId | departmentId, leaves}   exactly one of the three
POST /api/chats/{id}/line/finish     end it: closing text and rating go first, a second time ends it at once
POST /api/chats/{id}/line/spam       end it at once and hear no more of this customer
POST /api/chats/{id}/line/reopen     go on with a customer whose conversation was finished
POST /api/chats/{id}/line/silent     {isOn}   nothing of what operators write goes to the customer
POST /api/chats/{id}/line/pin        {isOn}   the conversation is not finished by itself

All answer with the chat as it is then, also to operators of the line who are no members of the chat; ``chat`` is null
when the one who asks may not see it any more. Strangers are answered 404 no_such_chat, chats of other kinds 400
not_a_line_chat, finished conversations 409 session_closed, people who cannot serve 400 wrong_operator, unknown lines,
departments and those who were not asked 404 not_found, 403 not_allowed; what is so already 409 nothing_changed.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core import access
from skvorets.core.access import Dialog
from skvorets.core.lines import desk, finishing, modes, queue, transfers
from skvorets.core.lines.desk import Served
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.given import IdOrNone
from skvorets.dialects.native.registry import Call, Nothing, lock_of_chat, route
from skvorets.dialects.native.shapes.chats import ChatView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_seat
from skvorets.errors import ChatNotFoundError
from skvorets.storage.database import Tx


class Transfer(msgspec.Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """Who is to go on with it: exactly one."""

    person_id: IdOrNone = 0
    line_id: IdOrNone = 0
    department_id: IdOrNone = 0
    leaves: bool = True  # does a bot in charge leave at once? Operators do in any case


class Switch(msgspec.Struct, frozen=True, rename="camel"):
    """What is wished."""

    is_on: bool


class LineChatAnswer(msgspec.Struct, frozen=True):
    """The chat as it is now; null = it is not shown to the operator any more."""

    chat: ChatView | None
    people: list[PersonView]


@route("POST", "/api/chats/{id}/line/take", lock=lock_of_chat)
async def take(tx: Tx, call: Call[Nothing]) -> LineChatAnswer:
    """Take the conversation."""
    await queue.take_session(tx, call.person, (await _served(tx, call)).session, takes_over=True)
    return await _answer(tx, call)


@route("POST", "/api/chats/{id}/line/skip", lock=lock_of_chat)
async def skip(tx: Tx, call: Call[Nothing]) -> LineChatAnswer:
    """Give the conversation to the next operator."""
    await queue.skip_session(tx, call.person, (await _served(tx, call)).session)
    return await _answer(tx, call)


@route("POST", "/api/chats/{id}/line/transfer", body=Transfer, lock=lock_of_chat)
async def transfer(tx: Tx, call: Call[Transfer]) -> LineChatAnswer:
    """Give the conversation to a person, a department or another line."""
    given, person = call.given, call.person
    if sum(1 for one in (given.person_id, given.line_id, given.department_id) if one) != 1:
        raise ApiError(400, "refused", "Name a person, a line or a department.")
    session = (await _served(tx, call)).session
    if given.person_id:
        await transfers.transfer_to_person(tx, person, session, given.person_id, leaves=given.leaves)
    elif given.line_id:
        await transfers.transfer_to_line(tx, person, session, given.line_id, leaves=given.leaves)
    else:
        await transfers.transfer_to_department(tx, person, session, given.department_id, leaves=given.leaves)
    return await _answer(tx, call)


@route("POST", "/api/chats/{id}/line/finish", lock=lock_of_chat)
async def finish(tx: Tx, call: Call[Nothing]) -> LineChatAnswer:
    """End the conversation."""
    await finishing.finish_session(tx, call.person, (await _served(tx, call)).session)
    return await _answer(tx, call)


@route("POST", "/api/chats/{id}/line/spam", lock=lock_of_chat)
async def mark_spam(tx: Tx, call: Call[Nothing]) -> LineChatAnswer:
    """End the conversation and block the customer."""
    await finishing.mark_spam(tx, call.person, (await _served(tx, call)).session)
    return await _answer(tx, call)


@route("POST", "/api/chats/{id}/line/reopen", lock=lock_of_chat)
async def reopen(tx: Tx, call: Call[Nothing]) -> LineChatAnswer:
    """Begin anew with the customer; a blocked one is free again."""
    await finishing.reopen_session(tx, call.person, (await _served(tx, call)).client)
    return await _answer(tx, call)


@route("POST", "/api/chats/{id}/line/silent", body=Switch, lock=lock_of_chat)
async def set_silent(tx: Tx, call: Call[Switch]) -> LineChatAnswer:
    """Keep everything from the customer, or nothing any more."""
    await modes.set_silent(tx, call.person, (await _served(tx, call)).session, is_on=call.given.is_on)
    return await _answer(tx, call)


@route("POST", "/api/chats/{id}/line/pin", body=Switch, lock=lock_of_chat)
async def set_pinned(tx: Tx, call: Call[Switch]) -> LineChatAnswer:
    """Let the conversation stand, or be finished by itself again."""
    await modes.set_pinned(tx, call.person, (await _served(tx, call)).session, is_on=call.given.is_on)
    return await _answer(tx, call)


async def _served(tx: Tx, call: Call[Any]) -> Served:
    return await desk.session_to_serve(tx, call.person, call.ids["id"])


async def _answer(tx: Tx, call: Call[Any]) -> LineChatAnswer:
    try:
        seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))
    except ChatNotFoundError:
        return LineChatAnswer(None, [])
    return LineChatAnswer(*await view_seat(tx, viewer_of(tx, call), seat))
