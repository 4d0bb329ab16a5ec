"""``/api/search/messages``: messages by their words and by conditions between them.

GET /api/search/messages?find=&chatId=&beforeId=&limit=   newest first; in one chat, or in all of one's own

Conditions (``core/search_query.py``): from: in: before: after: has:file has:link, also от: в: до: после: есть:. Days
are those of the portal. A chat that is hidden answers 404 no_such_chat.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

import msgspec

from skvorets.core import access, message_filters, message_search
from skvorets.core.access import Dialog, Seat
from skvorets.core.calendar_zones import portal_zone
from skvorets.core.message_search import MAX_QUESTION_WORDS
from skvorets.core.search_query import SearchQuery, read_query
from skvorets.core.stems import forms_of, stems_of
from skvorets.dialects.native.registry import Call, route
from skvorets.dialects.native.shapes.chats import ChatView
from skvorets.dialects.native.shapes.messages import MessageView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_seats
from skvorets.dialects.native.views_messages import view_messages
from skvorets.storage import members
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message

MAX_FORMS: Final = 200
"""Words that are given to be marked."""
_MOST = 100
_Id = Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class Asked(msgspec.Struct, frozen=True, rename="camel"):
    """What is looked for."""

    find: Annotated[str, msgspec.Meta(max_length=500)]
    chat_id: _Id = 0  # 0 = in all chats
    before_id: _Id = 0  # go on behind this message
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 30


class FoundMessages(msgspec.Struct, frozen=True, rename="camel"):
    """What was found."""

    messages: list[MessageView]  # the newest first
    people: list[PersonView]
    chats: list[ChatView]  # of the messages
    has_more: bool
    words: list[str]  # to be marked in the texts: in lower case, in the forms that stand there


@route("GET", "/api/search/messages", query=Asked, mode="free")
async def search_messages(call: Call[Asked]) -> FoundMessages:
    """Find messages; whoever has just written something finds it."""
    query = read_query(call.given.find)
    if query.text or query.has_file or query.has_link or query.authors or query.is_by_me:
        await call.services.index.catch_up()
    return await call.services.store.scan(_search, call, query)


async def _search(tx: Tx, call: Call[Asked], query: SearchQuery) -> FoundMessages:
    found = await _find(tx, call, query)
    shown, viewer = found[: call.given.limit], viewer_of(tx, call)
    seats = await _seats_of(tx, call, shown)
    views, named = await view_messages(tx, viewer, shown, seats)
    page = await view_seats(tx, viewer, list(seats.values()), named)
    words = _forms_in(shown, query.text)
    return FoundMessages(views, page.people, page.chats, len(found) > call.given.limit, words)


async def _find(tx: Tx, call: Call[Asked], query: SearchQuery) -> list[Message]:
    """Find one message more than is wanted."""
    given, person = call.given, call.person
    seat = await access.chat_to_read(tx, person, Dialog(chat_id=given.chat_id)) if given.chat_id else None
    zone = portal_zone(call.services.config.utc_offset_minutes)
    question = await message_filters.question_of(
        tx, person, query, zone, last_id=given.before_id, limit=given.limit + 1
    )
    if question is None or query == SearchQuery():
        return []
    if seat is not None:
        return await message_search.search_chat(tx, seat, question)
    return await message_search.search_everywhere(tx, person, question)


async def _seats_of(tx: Tx, call: Call[Asked], found: Iterable[Message]) -> dict[int, Seat]:
    seats = await members.seats_of(tx, call.person.id, {one.chat_id for one in found})
    return {key: Seat(*one) for key, one in seats.items()}


def _forms_in(found: Iterable[Message], text: str) -> list[str]:
    stems = stems_of(text, MAX_QUESTION_WORDS)
    if not stems:
        return []
    forms = dict.fromkeys(form for one in found for form in forms_of(one.text, stems))
    return list(forms)[:MAX_FORMS]
