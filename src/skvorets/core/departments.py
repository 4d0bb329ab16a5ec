"""The tree of departments: who works where, under whom. Rules: spec ``bitrix24-im.md`` §4.8, §10.

The tree is for employees alone: people from outside and bots learn nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from skvorets.core.access_codes import line_up
from skvorets.core.events import PersonChanged, record
from skvorets.errors import (
    DepartmentNotFoundError,
    EmptyTitleError,
    NotAllowedError,
    PersonNotFoundError,
    WrongParentError,
)
from skvorets.storage import departments, people
from skvorets.storage.database import Tx
from skvorets.storage.departments import Department
from skvorets.storage.people import Person

MAX_NAME: Final = 255
"""Characters of a department's name, as of a chat's title."""


def require_employee(person: Person) -> None:
    """Raise NotAllowedError for everybody but the company's own people."""
    if person.kind != "human" or person.extranet:
        raise NotAllowedError


def full_name(company: Mapping[int, Department], department_id: int) -> str:
    """Give ``Name / Parent / Root``."""
    return " / ".join(one.name for one in line_up(company, [department_id]))


async def load_company(tx: Tx) -> dict[int, Department]:
    """Give all departments by id, in the order in which they are shown."""
    return {one.id: one for one in await departments.every(tx)}


async def add_department(tx: Tx, name: str, parent_id: int = 0) -> int:
    """Add a department below another one, or at the top (0); its id.

    Raises EmptyTitleError, DepartmentNotFoundError.
    """
    name = _clean(name)
    if parent_id and await departments.find(tx, parent_id) is None:
        raise DepartmentNotFoundError
    return await departments.insert(tx, name, parent_id)


async def rename_department(tx: Tx, department_id: int, name: str) -> None:
    """Give it another name. Raises EmptyTitleError, DepartmentNotFoundError."""
    name = _clean(name)
    await _existing(tx, department_id)
    await departments.rename(tx, department_id, name)


async def move_department(tx: Tx, department_id: int, parent_id: int) -> None:
    """Put it with all below it under another one, or to the top (0).

    Raises DepartmentNotFoundError, WrongParentError (the department itself, or one below it).
    """
    company = await load_company(tx)
    if department_id not in company or (parent_id and parent_id not in company):
        raise DepartmentNotFoundError
    if any(one.id == department_id for one in line_up(company, [parent_id])):
        raise WrongParentError
    await departments.move(tx, department_id, parent_id)


async def appoint_head(tx: Tx, department_id: int, person_id: int) -> None:
    """Make an employee the head, who belongs to the department then; 0 = it has none any more.

    Raises DepartmentNotFoundError, PersonNotFoundError, NotAllowedError (nobody of the company).
    """
    await _existing(tx, department_id)
    if person_id:
        await put_person(tx, department_id, person_id)
    await departments.set_head(tx, department_id, person_id)


async def put_person(tx: Tx, department_id: int, person_id: int) -> None:
    """Put an employee into a department, beside those he is in.

    Raises DepartmentNotFoundError, PersonNotFoundError, NotAllowedError (nobody of the company).
    """
    await _existing(tx, department_id)
    person = await people.find(tx, person_id)
    if person is None:
        raise PersonNotFoundError
    require_employee(person)
    await departments.add_person(tx, department_id, person_id)
    await record(tx, PersonChanged(subject_id=person_id))


async def take_person_out(tx: Tx, department_id: int, person_id: int) -> None:
    """Take somebody out of a department, also as its head. Raises DepartmentNotFoundError."""
    department = await _existing(tx, department_id)
    if department.head_id == person_id:
        await departments.set_head(tx, department_id, 0)
    await departments.remove_person(tx, department_id, person_id)
    await record(tx, PersonChanged(subject_id=person_id))


async def remove_department(tx: Tx, department_id: int) -> None:
    """Remove a department; what is below it, and its people, move to the one above. Raises DepartmentNotFoundError."""
    department = await _existing(tx, department_id)
    above = department.parent_id if department.parent_id != department_id else 0
    await departments.remove(tx, department_id, above)


async def _existing(tx: Tx, department_id: int) -> Department:
    department = await departments.find(tx, department_id)
    if department is None:
        raise DepartmentNotFoundError
    return department


def _clean(name: str) -> str:
    name = " ".join(name.split())[:MAX_NAME]
    if not name:
        raise EmptyTitleError
    return name
