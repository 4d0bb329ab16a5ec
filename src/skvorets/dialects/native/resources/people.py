"""``/api/people``: choosing people by name.

GET /api/people?find=&limit=   people of the company whose names begin with the words; without ``find`` the first ones

People from outside find only those who share a chat with them.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core import name_search
from skvorets.dialects.native.registry import Call, route
from skvorets.errors import PhraseTooShortError
from skvorets.storage import people, people_lists
from skvorets.storage.conditions import Condition
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.people_lists import PeopleQuery

_MOST = 50


class Wanted(msgspec.Struct, frozen=True):
    """Who is looked for."""

    find: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 20


class Found(msgspec.Struct, frozen=True, rename="camel"):
    """A person as lists show one."""

    id: int
    name: str
    position: str
    avatar: str  # address, "" = none


class People(msgspec.Struct, frozen=True):
    """The answer."""

    people: list[Found]


@route("GET", "/api/people", query=Wanted, mode="scan")
async def find_people(tx: Tx, call: Call[Wanted]) -> People:
    """Find active people, by family name: four statements at most."""
    phrase = call.given.find.strip()
    if phrase:
        try:
            ids = await name_search.people_ids(tx, call.person, phrase, name_search.ONLY_HUMANS)
        except PhraseTooShortError:
            return People([])
        found = list((await people.find_many(tx, ids)).values())
        found.sort(key=lambda one: (one.last_name, one.first_name, one.id))
    else:
        found = await people_lists.select(tx, _first_ones(call))
    base_url = call.services.config.base_url
    return People([_found(one, base_url) for one in found[: call.given.limit]])


def _first_ones(call: Call[Wanted]) -> PeopleQuery:
    conditions = [Condition("active", "=", (1,)), Condition("extranet", "=", (0,))]
    if call.person.extranet:
        conditions.append(Condition("chat_mate", "=", (call.person.id,)))
    order = (("last_name", False), ("first_name", False), ("id", False))
    return PeopleQuery(conditions=conditions, order=order, online_since=0, limit=call.given.limit, offset=0)


def _found(person: Person, base_url: str) -> Found:
    avatar = f"{base_url}/files/avatar/{person.avatar}" if person.avatar else ""
    return Found(person.id, person.name, person.work_position, avatar)
