"""``/api/admin/departments``: the tree of the company.

GET    /api/admin/departments                            all, in the order in which they are shown
POST   /api/admin/departments                            {"name": "…", "parentId": 0}
PATCH  /api/admin/departments/{id}                       name, parentId (0 = to the top), headId (0 = none)
DELETE /api/admin/departments/{id}                       its people and what is below it come to the one above
GET    /api/admin/departments/{id}/people                who is in it
POST   /api/admin/departments/{id}/people                {"personId": 5}
DELETE /api/admin/departments/{id}/people/{person}       takes somebody out
"""

from __future__ import annotations

import msgspec

from skvorets.core import departments
from skvorets.core.audit import Action
from skvorets.dialects.native.admin_views import PersonLine, person_lines
from skvorets.dialects.native.administration import Id, IdOrNone, note
from skvorets.dialects.native.developers import Name
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.errors import DepartmentNotFoundError
from skvorets.storage import department_lists
from skvorets.storage import departments as rows
from skvorets.storage import people as person_rows
from skvorets.storage.database import Tx
from skvorets.storage.departments import Department


class DepartmentLine(msgspec.Struct, frozen=True, rename="camel"):
    """A department."""

    id: int
    parent_id: int  # 0 = at the top
    name: str
    head_id: int  # 0 = none
    head_name: str
    people: int  # in itself, without what is below it


class NewDepartment(msgspec.Struct, frozen=True, rename="camel"):
    """A department to be added."""

    name: Name
    parent_id: IdOrNone = 0


class DepartmentPatch(msgspec.Struct, frozen=True, rename="camel"):
    """What shall be different; what is absent stays."""

    name: Name | None = None
    parent_id: IdOrNone | None = None
    head_id: IdOrNone | None = None


class NewPlace(msgspec.Struct, frozen=True, rename="camel"):
    """Who comes in."""

    person_id: Id


@route("GET", "/api/admin/departments", mode="read", is_for_admins=True)
async def list_departments(tx: Tx, call: Call[Nothing]) -> list[DepartmentLine]:
    """List all departments: three statements."""
    found = await rows.every(tx)
    heads = await person_rows.find_many(tx, {one.head_id for one in found if one.head_id})
    sizes = await rows.sizes(tx)
    return [
        DepartmentLine(
            id=one.id,
            parent_id=one.parent_id,
            name=one.name,
            head_id=one.head_id,
            head_name=heads[one.head_id].name if one.head_id in heads else "",
            people=sizes.get(one.id, 0),
        )
        for one in found
    ]


@route("POST", "/api/admin/departments", body=NewDepartment, is_for_admins=True)
async def add_department(tx: Tx, call: Call[NewDepartment]) -> DepartmentLine:
    """Add a department."""
    department_id = await departments.add_department(tx, call.given.name, call.given.parent_id)
    made = await _existing(tx, department_id)
    await note(tx, call, "department.created", "department", made.id, name=made.name)
    return DepartmentLine(made.id, made.parent_id, made.name, 0, "", 0)


@route("PATCH", "/api/admin/departments/{id}", body=DepartmentPatch, is_for_admins=True)
async def change_department(tx: Tx, call: Call[DepartmentPatch]) -> None:
    """Rename, move, give another head: all of it or, when something is refused, nothing."""
    given, before = call.given, await _existing(tx, call.ids["id"])
    if given.name is not None and given.name != before.name:
        await departments.rename_department(tx, before.id, given.name)
        await note(tx, call, "department.changed", "department", before.id, name=given.name, was=before.name)
    if given.parent_id is not None and given.parent_id != before.parent_id:
        await departments.move_department(tx, before.id, given.parent_id)
        above = (await _existing(tx, given.parent_id)).name if given.parent_id else ""
        await note(tx, call, "department.moved", "department", before.id, name=before.name, below=above)
    if given.head_id is not None and given.head_id != before.head_id:
        await departments.appoint_head(tx, before.id, given.head_id)
        head = await person_rows.find(tx, given.head_id) if given.head_id else None
        who = head.name if head else ""
        await note(tx, call, "department.head_changed", "department", before.id, name=before.name, head=who)


@route("DELETE", "/api/admin/departments/{id}", is_for_admins=True)
async def remove_department(tx: Tx, call: Call[Nothing]) -> None:
    """Remove a department."""
    before = await _existing(tx, call.ids["id"])
    await departments.remove_department(tx, before.id)
    await note(tx, call, "department.removed", "department", before.id, name=before.name)


@route("GET", "/api/admin/departments/{id}/people", mode="read", is_for_admins=True)
async def list_department_people(tx: Tx, call: Call[Nothing]) -> list[PersonLine]:
    """List who is in a department, by last name: four statements."""
    department = await _existing(tx, call.ids["id"])
    found = (await department_lists.of_departments(tx, [department.id])).get(department.id, [])
    return await person_lines(tx, call.services, found)


@route("POST", "/api/admin/departments/{id}/people", body=NewPlace, is_for_admins=True)
async def put_person_in(tx: Tx, call: Call[NewPlace]) -> None:
    """Put an employee into a department, beside those he is in."""
    await _note_place(tx, call, call.given.person_id, is_in=True)
    await departments.put_person(tx, call.ids["id"], call.given.person_id)


@route("DELETE", "/api/admin/departments/{id}/people/{person}", is_for_admins=True)
async def take_person_out(tx: Tx, call: Call[Nothing]) -> None:
    """Take somebody out of a department, also as its head."""
    await _note_place(tx, call, call.ids["person"], is_in=False)
    await departments.take_person_out(tx, call.ids["id"], call.ids["person"])


async def _note_place(tx: Tx, call: Call[NewPlace] | Call[Nothing], person_id: int, *, is_in: bool) -> None:
    department, person = await _existing(tx, call.ids["id"]), await person_rows.find(tx, person_id)
    action: Action = "department.person_added" if is_in else "department.person_removed"
    who = person.name if person else ""
    await note(tx, call, action, "department", department.id, name=department.name, person=who, personId=person_id)


async def _existing(tx: Tx, department_id: int) -> Department:
    found = await rows.find(tx, department_id)
    if found is None:
        raise DepartmentNotFoundError
    return found
