"""``/api/people``: people by id or by name, and a person's card.

GET /api/people?ids=1,2,3      these people
GET /api/people?find=&limit=   people of the company whose names begin with the words; without ``find`` the first ones
GET /api/people/{id}           a person's card, with the chats in which both are

People from outside find only those who share a chat with them.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from skvorets.core import access, name_search
from skvorets.core.access import Seat
from skvorets.dialects.native.given import Phrase
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.dialects.native.shapes.chats import ChatView
from skvorets.dialects.native.shapes.people import ContactView, PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_seats
from skvorets.dialects.native.views_people import person_view, view_contact
from skvorets.errors import PhraseTooShortError
from skvorets.storage import member_lists, members, people, people_lists
from skvorets.storage.conditions import Condition
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.people_lists import PeopleQuery

MAX_COMMON_CHATS: Final = 20
"""Common chats that a card shows."""
SHORTEST: Final = 2
"""Characters of the shortest phrase: Russian has family names of two."""
_MOST_IDS = 200


class PeopleWanted(msgspec.Struct, frozen=True, rename="camel"):
    """Who is looked for."""

    find: Phrase = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 20
    with_bots: bool = False
    # Numbers with commas between them, at most 200; ``find`` does not count then.
    ids: Annotated[str, msgspec.Meta(pattern=r"^(?:[1-9][0-9]{0,17},){0,199}(?:[1-9][0-9]{0,17})?\Z")] = ""


class People(msgspec.Struct, frozen=True):
    """People by id, or by family name when they were looked for."""

    people: list[PersonView]


class PersonAnswer(msgspec.Struct, frozen=True):
    """A person's card."""

    contact: ContactView
    people: list[PersonView]
    chats: list[ChatView]  # in which both are, at most 20: where something was said last comes first


@route("GET", "/api/people", query=PeopleWanted, mode="scan")
async def find_people(tx: Tx, call: Call[PeopleWanted]) -> People:
    """Give people by id, or find active ones by family name: four statements at most."""
    if call.given.ids:
        ids = [int(one) for one in call.given.ids.split(",") if one][:_MOST_IDS]
        found = await access.people_to_see(tx, call.person, ids)
    elif phrase := call.given.find.strip():
        found = await _named(tx, call, phrase)
    else:
        found = await people_lists.select(tx, _first_ones(call))
    viewer = viewer_of(tx, call)
    return People([person_view(one, viewer) for one in found])


@route("GET", "/api/people/{id}", mode="read")
async def get_person(tx: Tx, call: Call[Nothing]) -> PersonAnswer:
    """Show a person's card: twenty statements at most."""
    viewer, person_id = viewer_of(tx, call), call.ids["id"]
    person = await access.person_to_see(tx, call.person, person_id)
    ids = await member_lists.common_chat_ids(tx, call.person.id, person_id, MAX_COMMON_CHATS)
    seats = await members.seats_of(tx, call.person.id, ids)
    page = await view_seats(tx, viewer, [Seat(*seats[one]) for one in ids if one in seats], [person_id])
    contact = await view_contact(tx, viewer, person, ids)
    return PersonAnswer(contact, page.people, page.chats)


async def _named(tx: Tx, call: Call[PeopleWanted], phrase: str) -> list[Person]:
    kinds = name_search.EVERYBODY if call.given.with_bots else name_search.ONLY_HUMANS
    try:
        ids = await name_search.people_ids(tx, call.person, phrase, kinds, shortest=SHORTEST)
    except PhraseTooShortError:
        return []
    found = (await people.find_many(tx, ids)).values()
    return sorted(found, key=lambda one: (one.last_name, one.first_name, one.id))[: call.given.limit]


def _first_ones(call: Call[PeopleWanted]) -> PeopleQuery:
    conditions = [Condition("active", "=", (1,)), Condition("extranet", "=", (0,))]
    if call.person.extranet:
        conditions.append(Condition("chat_mate", "=", (call.person.id,)))
    order = (("last_name", False), ("first_name", False), ("id", False))
    return PeopleQuery(conditions=conditions, order=order, online_since=0, limit=call.given.limit, offset=0)
