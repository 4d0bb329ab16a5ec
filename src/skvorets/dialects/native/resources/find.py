"""``/api/find``: people and chats by the beginnings of their names, for a switcher.

GET /api/find?find=&limit=   what fits, also when it was typed with the other keyboard layout; without ``find`` what the
                             person found last
PUT /api/find/last           note what the person has chosen
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core import last_searches, name_search
from skvorets.core.access import Dialog, Seat
from skvorets.core.keyboard_layouts import other_layout
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.given import IdOrNone, Phrase
from skvorets.dialects.native.registry import Call, route
from skvorets.dialects.native.resources.people import SHORTEST
from skvorets.dialects.native.shapes.chats import ChatView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_seats
from skvorets.errors import PhraseTooShortError
from skvorets.storage import members
from skvorets.storage.database import Tx, lock_key


class FindWanted(msgspec.Struct, frozen=True):
    """What is looked for."""

    find: Phrase = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 20


class Choice(msgspec.Struct, frozen=True, rename="camel"):
    """What was chosen: exactly one of the two."""

    chat_id: IdOrNone = 0
    person_id: IdOrNone = 0


class FindResult(msgspec.Struct, frozen=True, rename="camel"):
    """What was found; ``people`` are also those whom the chats name."""

    person_ids: list[int]  # who was found
    chats: list[ChatView]
    people: list[PersonView]


def _lock(call: Call[Choice]) -> int:
    return lock_key("last searches", call.person.id)


@route("GET", "/api/find", query=FindWanted, mode="scan")
async def find_conversations(tx: Tx, call: Call[FindWanted]) -> FindResult:
    """Find people and chats: seventeen statements at most."""
    phrase, limit = call.given.find.strip(), call.given.limit
    if phrase:
        person_ids, chat_ids = await _found(tx, call, phrase)
        if not person_ids and not chat_ids:
            person_ids, chat_ids = await _found(tx, call, other_layout(phrase))
        seats = await members.seats_of(tx, call.person.id, chat_ids[:limit])
        found = [Seat(*seats[one]) for one in chat_ids[:limit]]
    else:
        last = (await last_searches.last_found(tx, call.person))[:limit]
        person_ids = [one.other.id for one in last if one.other is not None]
        found = [one.seat for one in last if one.seat is not None]
    page = await view_seats(tx, viewer_of(tx, call), found, person_ids[:limit])
    return FindResult(person_ids[:limit], page.chats, page.people)


@route("PUT", "/api/find/last", body=Choice, lock=_lock)
async def note_choice(tx: Tx, call: Call[Choice]) -> None:
    """Put a conversation on top of those found last; thirty are kept."""
    given = call.given
    if bool(given.chat_id) == bool(given.person_id):
        raise ApiError(400, "malformed", "Give chatId or personId.")
    await last_searches.remember(tx, call.person, Dialog(person_id=given.person_id, chat_id=given.chat_id))


async def _found(tx: Tx, call: Call[FindWanted], phrase: str) -> tuple[list[int], list[int]]:
    try:
        people = await name_search.people_ids(tx, call.person, phrase, shortest=SHORTEST)
        return people, await name_search.chat_ids(tx, call.person, phrase, shortest=SHORTEST)
    except PhraseTooShortError:
        return [], []
