"""Employees as records of the system catalog ``$users``: administrators add, rename and dismiss them so.

Source: spec ``bpium-messages.md`` §9.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from skvorets.core import audit, logins, people, people_desk
from skvorets.core.catalogs import USERS_WORD
from skvorets.core.field_types.base import WrongValue, entries, words
from skvorets.core.names import MAX_NAME, check_email, clean_name
from skvorets.core.people import NewPerson
from skvorets.core.people_desk import Details
from skvorets.core.records import Record, record_of_person, record_to_see
from skvorets.errors import NotAllowedError, WrongEmailError, WrongValuesError
from skvorets.storage import people as rows
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

NAME, EMAIL = "1", "2"
PASSWORD: Final = "$password"  # noqa: S105 — the name of a value
"""A new employee's password; never given back. [inferred]"""
_NAMES: Final = {"$name": NAME, "$email": EMAIL}


class Wanted(msgspec.Struct, frozen=True):
    """What somebody wants an employee to be; None = as it is."""

    name: str | None = None
    email: str | None = None
    password: str = ""


def read_values(given: Mapping[str, Any]) -> Wanted:
    """Read the values of an employee. Raises WrongValuesError."""
    wrong: dict[str, str] = {}
    found: dict[str, str] = {}
    for name, value in given.items():
        kind = _NAMES.get(name, name)
        try:
            if kind == NAME:
                found["name"] = clean_name(words(value), 2 * MAX_NAME)
            elif kind == EMAIL:
                found["email"] = check_email(_first_contact(value))
            elif name == PASSWORD:
                found["password"] = words(value)
            else:
                wrong[name[:50]] = "there is no such field"
        except WrongValue as error:
            wrong[name] = str(error)
        except WrongEmailError:
            wrong[name] = "this is no e-mail address"
    if found.get("name") == "":
        wrong[NAME] = "a value is required"
    if wrong:
        raise WrongValuesError(wrong)
    return Wanted(found.get("name"), found.get("email"), found.get("password", ""))


async def create_employee(tx: Tx, actor: Person, wanted: Wanted, password_hash: str) -> Record:
    """Add an employee; with a password he can log in by his e-mail.

    Raises NotAllowedError, WrongValuesError, TakenError (his e-mail is somebody's login or e-mail).
    """
    if not actor.admin:
        raise NotAllowedError
    if not wanted.name:
        raise WrongValuesError({NAME: "a value is required"})
    email = wanted.email or ""
    if email and await rows.has_human_email(tx, email):
        raise WrongValuesError({EMAIL: "somebody has this e-mail already"})
    first, _, last = wanted.name.partition(" ")
    person = await people.add_person(tx, NewPerson(first_name=first[:MAX_NAME], last_name=last[:MAX_NAME], email=email))
    if password_hash:
        if not email:
            raise WrongValuesError({EMAIL: "who has a password needs an e-mail"})
        await logins.set_password_hash(tx, person.id, email, password_hash)
    await audit.note(tx, actor.id, "person.changed", "person", person.id, {"name": person.name})
    return record_of_person(person)


async def change_employee(tx: Tx, actor: Person, record_id: str, wanted: Wanted) -> Record:
    """Rename an employee or give him another e-mail. Raises RecordNotFoundError, NotAllowedError, TakenError."""
    known = await record_to_see(tx, actor, USERS_WORD, record_id, "edit")
    first, _, last = (wanted.name or "").partition(" ")
    names = {"first_name": first[:MAX_NAME], "last_name": last[:MAX_NAME]} if wanted.name else {}
    await people_desk.change_details(tx, known.number, Details(email=wanted.email, **names))
    return await record_to_see(tx, actor, USERS_WORD, record_id)


async def dismiss_employee(tx: Tx, actor: Person, record_id: str) -> None:
    """Let an employee in no more; what he wrote stays. Raises RecordNotFoundError, NotAllowedError."""
    known = await record_to_see(tx, actor, USERS_WORD, record_id, "delete")
    await people_desk.disable(tx, actor, known.number)
    await audit.note(tx, actor.id, "person.disabled", "person", known.number, {"name": known.title})


def _first_contact(given: Any) -> str:
    """Give the e-mail of a contact field, or a text."""
    first = next(iter(entries(given)), "")
    return words(first.get("contact") if isinstance(first, dict) else first)
