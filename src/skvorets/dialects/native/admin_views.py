"""How people and chats are shown to administrators."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from skvorets.dialects.native.registry import Services
from skvorets.storage import logins, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class PersonLine(msgspec.Struct, frozen=True, rename="camel"):
    """A person as listed. Times are unix milliseconds, 0 = never."""

    id: int
    kind: str  # human, bot
    name: str
    position: str
    avatar: str  # address, empty = none
    email: str
    login: str  # empty = cannot log in with a password
    departments: list[int]
    is_active: bool
    is_admin: bool
    is_outside: bool
    last_seen_at: int


class Named(msgspec.Struct, frozen=True):
    """Somebody or something by id and name."""

    id: int
    name: str


def avatar_of(services: Services, person: Person) -> str:
    """Give the address of the picture, empty when there is none."""
    return f"{services.config.base_url}/files/avatar/{person.avatar}" if person.avatar else ""


async def person_lines(tx: Tx, services: Services, found: Sequence[Person]) -> list[PersonLine]:
    """Show people in their order: two statements, none for nobody."""
    if not found:
        return []
    ids = [one.id for one in found]
    accounts = await logins.of_people(tx, ids)
    places = await people.departments_of(tx, ids)
    return [
        PersonLine(
            id=one.id,
            kind=one.kind,
            name=one.name,
            position=one.work_position,
            avatar=avatar_of(services, one),
            email=one.email,
            login=accounts[one.id].login if one.id in accounts else "",
            departments=places.get(one.id, []),
            is_active=bool(one.active),
            is_admin=bool(one.admin),
            is_outside=bool(one.extranet),
            last_seen_at=one.last_seen,
        )
        for one in found
    ]
