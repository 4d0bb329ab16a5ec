"""The employee object. Source: spec ``megaplan-messages.md`` §9.

Employees are the people of the company: bots are written to like people, but listed nowhere. People from outside are
employees to those who share a chat with them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from skvorets.core import access
from skvorets.dialects.megaplan.envelope import moment
from skvorets.dialects.megaplan.params import EMPLOYEE_OFFSET
from skvorets.dialects.megaplan.registry import Call
from skvorets.storage import departments, logins, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

HERE_MS: Final = 5 * 60 * 1000
"""Who was seen within so many milliseconds is online."""


class EmployeeView(msgspec.Struct, frozen=True, rename="pascal"):
    """An employee; times in the account's zone, empty = never."""

    id: int
    name: str
    last_name: str
    first_name: str
    middle_name: str
    gender: str
    position: dict[str, Any]
    department: dict[str, Any]
    phones: list[str]
    email: str
    login: str
    status: dict[str, Any]
    birthday: str
    time_created: str
    time_updated: str
    avatar: str
    photo: str
    last_online: str
    is_online: bool
    user: dict[str, Any]


async def employees_for(tx: Tx, viewer: Person) -> list[Person]:
    """Give the active people that the viewer may see, by last name."""
    found = await people.all_active(tx, "human")
    seen = {one.id for one in await access.people_to_see(tx, viewer, [one.id for one in found])}
    return [one for one in found if one.id in seen]


async def view_employees(tx: Tx, call: Call, found: Sequence[Person]) -> list[dict[str, Any]]:
    """Show people: four queries, however many there are.

    Log-ins are shown to their owners and to administrators.
    """
    ids = [one.id for one in found]
    works_in = await people.departments_of(tx, ids)
    names = {one.id: one.name for one in await departments.every(tx)} if works_in else {}
    changed_at = await people.changed_at_of(tx, ids)
    shown_logins = await logins.of_people(tx, ids if call.person.admin else [call.person.id])
    return [
        msgspec.to_builtins(
            _view(
                call,
                one,
                _department(works_in.get(one.id, [])[:1], names),
                shown_logins[one.id].login if one.id in shown_logins else "",
                max(one.created_at, changed_at.get(one.id, 0)),
                tx.now,
            )
        )
        for one in found
    ]


def position_of(person: Person) -> dict[str, Any]:
    """Give a position; its number is made of its name, since positions have none here."""
    name = person.work_position
    return {"Id": zlib.crc32(name.strip().lower().encode("utf-8", "replace")) if name else 0, "Name": name}


def _view(
    call: Call, person: Person, department: dict[str, Any], login: str, changed_at: int, now: int
) -> EmployeeView:
    zone, config = call.services.zone, call.services.config
    picture = f"{config.base_url}/files/avatar/{person.avatar}" if person.avatar else ""
    phones = (person.work_phone, person.personal_mobile, person.personal_phone, person.inner_phone)
    return EmployeeView(
        id=person.id + EMPLOYEE_OFFSET,
        name=person.name,
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name="",
        gender={"M": "male", "F": "female"}.get(person.gender, ""),
        position=position_of(person),
        department=department,
        phones=list(dict.fromkeys(one for one in phones if one)),
        email=person.email,
        login=login,
        status={"Id": 1, "Name": "Works"} if person.active else {"Id": 2, "Name": "Dismissed"},
        birthday=person.birthday,
        time_created=moment(person.created_at, zone),
        time_updated=moment(changed_at, zone),
        avatar=picture,
        photo=picture,
        last_online=moment(person.last_seen, zone),
        is_online=0 <= now - person.last_seen <= HERE_MS,
        user={"Id": person.id, "Name": person.name},
    )


def _department(ids: Sequence[int], names: dict[int, str]) -> dict[str, Any]:
    return {"Id": ids[0], "Name": names.get(ids[0], "")} if ids else {"Id": 0, "Name": ""}
