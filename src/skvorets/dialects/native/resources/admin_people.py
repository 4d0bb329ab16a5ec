"""``/api/admin/people``: everybody, the disabled, outsiders and bots, too.

GET   /api/admin/people?find=&filter=&department=&after=&limit=   by last name; ``after`` = last id of the page before
GET   /api/admin/people/{id}            one human with his sessions, webhooks and departments
PATCH /api/admin/people/{id}            details, departments (all of them), administrator?, outside?
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from skvorets.core import departments as department_rules
from skvorets.core import people_desk
from skvorets.core.people_desk import Details
from skvorets.dialects.native.admin_views import PersonLine, person_lines
from skvorets.dialects.native.administration import PAGE_SIZE, Id, IdOrNone, Limit, Phrase, note, words_in
from skvorets.dialects.native.developers import Line
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage import admin_people, applications, people, second_factors, sessions
from skvorets.storage.admin_people import Wanted
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_MAX_DEPARTMENTS = 100


class Search(msgspec.Struct, frozen=True):
    """Who is looked for."""

    find: Phrase = ""
    filter: Literal["all", "active", "disabled", "outside", "admins", "bots"] = "all"
    department: IdOrNone = 0
    after: IdOrNone = 0
    limit: Limit = PAGE_SIZE


class PeoplePage(msgspec.Struct, frozen=True):
    """A page of people."""

    people: list[PersonLine]
    counts: dict[str, int]  # by filter, of everybody; empty on later pages
    next: int  # ``after`` of the next page, 0 = this is the last one


class PersonCard(msgspec.Struct, frozen=True, rename="camel"):
    """One person. Times are unix milliseconds."""

    person: PersonLine
    first_name: str
    last_name: str
    gender: str  # M, F or empty
    birthday: str  # YYYY-MM-DD or empty
    work_phone: str
    personal_mobile: str
    inner_phone: str
    created_at: int
    sessions: int  # browsers that are logged in
    webhooks: int  # that are switched on
    has_second_factor: bool


class PersonPatch(msgspec.Struct, frozen=True, rename="camel"):
    """What shall be different; what is absent stays."""

    first_name: Line | None = None
    last_name: Line | None = None
    position: Line | None = None
    gender: Literal["M", "F", ""] | None = None
    birthday: (
        Annotated[str, msgspec.Meta(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?\Z")] | None
    ) = None
    email: Line | None = None
    work_phone: Line | None = None
    personal_mobile: Line | None = None
    inner_phone: Line | None = None
    departments: Annotated[list[Id], msgspec.Meta(max_length=_MAX_DEPARTMENTS)] | None = None
    is_admin: bool | None = None
    is_outside: bool | None = None


@route("GET", "/api/admin/people", query=Search, mode="scan", is_for_admins=True)
async def list_everybody(tx: Tx, call: Call[Search]) -> PeoplePage:
    """List people by last name: four statements; their numbers come with the first page."""
    given = call.given
    wanted = Wanted(
        words=words_in(given.find),
        filter=given.filter,
        department_id=given.department,
        after_id=given.after,
        limit=given.limit + 1,
    )
    found = await admin_people.select(tx, wanted)
    shown = found[: given.limit]
    counts = {} if given.after else await admin_people.counts(tx)
    lines = await person_lines(tx, call.services, shown)
    return PeoplePage(lines, counts, shown[-1].id if len(found) > len(shown) else 0)


@route("GET", "/api/admin/people/{id}", mode="read", is_for_admins=True)
async def get_person_card(tx: Tx, call: Call[Nothing]) -> PersonCard:
    """Show one human with everything that can be changed."""
    return await _card(tx, call, await people_desk.person_to_administer(tx, call.ids["id"]))


@route("PATCH", "/api/admin/people/{id}", body=PersonPatch, is_for_admins=True)
async def change_person(tx: Tx, call: Call[PersonPatch]) -> PersonCard:
    """Change a person; all of it or, when something is refused, nothing."""
    given, person_id = call.given, call.ids["id"]
    person = await people_desk.person_to_administer(tx, person_id)
    details = Details(
        first_name=given.first_name,
        last_name=given.last_name,
        work_position=given.position,
        gender=given.gender,
        birthday=given.birthday,
        email=given.email,
        work_phone=given.work_phone,
        personal_mobile=given.personal_mobile,
        inner_phone=given.inner_phone,
    )
    changed = await people_desk.change_details(tx, person_id, details)
    if given.is_admin is False and person.admin:
        await people_desk.set_admin(tx, person_id, is_admin=False)
        await note(tx, call, "person.admin_off", "person", person_id, name=person.name)
    if given.is_outside is not None and given.is_outside != bool(person.extranet):
        await people_desk.set_outside(tx, call.person, person_id, is_outside=given.is_outside)
        changed.append("outside" if given.is_outside else "inside")
    if given.is_admin and not person.admin:
        await people_desk.set_admin(tx, person_id, is_admin=True)
        await note(tx, call, "person.admin_on", "person", person_id, name=person.name)
    if given.departments is not None and await _put_into(tx, person_id, given.departments):
        changed.append("departments")
    if changed:
        await note(tx, call, "person.changed", "person", person_id, name=person.name, changed=changed)
    return await _card(tx, call, await people_desk.person_to_administer(tx, person_id))


async def _put_into(tx: Tx, person_id: int, wanted: list[int]) -> bool:
    """Let the person be in these departments and in no others; was it different before?"""
    present = set((await people.departments_of(tx, [person_id])).get(person_id, []))
    for department_id in sorted(set(wanted) - present):
        await department_rules.put_person(tx, department_id, person_id)
    for department_id in sorted(present - set(wanted)):
        await department_rules.take_person_out(tx, department_id, person_id)
    return present != set(wanted)


async def _card(tx: Tx, call: Call[Nothing] | Call[PersonPatch], person: Person) -> PersonCard:
    [line] = await person_lines(tx, call.services, [person])
    webhooks = [one for one in await applications.every_webhook(tx) if one.person_id == person.id and one.active]
    return PersonCard(
        person=line,
        first_name=person.first_name,
        last_name=person.last_name,
        gender=person.gender,
        birthday=person.birthday,
        work_phone=person.work_phone,
        personal_mobile=person.personal_mobile,
        inner_phone=person.inner_phone,
        created_at=person.created_at,
        sessions=len(await sessions.of_person(tx, person.id)),
        webhooks=len(webhooks),
        has_second_factor=bool(await second_factors.confirmed_among(tx, [person.id])),
    )
