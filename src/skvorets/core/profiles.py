"""What people say of themselves, and their pictures."""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core import people
from skvorets.core.names import check_birthday, check_email, clean_name
from skvorets.errors import EmptyNameError, PersonNotFoundError, TakenError
from skvorets.storage import people as rows
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# Characters of the fields that are no names.
_LONGEST = {"work_position": 200, "www": 300}
_MAX_PHONE = 40
_CHECKS = {"email": check_email, "birthday": check_birthday}


async def change_profile(tx: Tx, person_id: int, values: dict[str, Any]) -> Person:
    """Change columns of ``people`` as the person himself may; the person as he is now. Nobody is told of nothing new.

    Raises PersonNotFoundError, EmptyNameError, WrongEmailError, TakenError (somebody else's e-mail), WrongTimeError.
    """
    person = await rows.find(tx, person_id)
    if person is None:
        raise PersonNotFoundError
    cleaned = {name: _clean(name, value) for name, value in values.items()}
    changed = {name: value for name, value in cleaned.items() if value != getattr(person, name)}
    if changed.get("first_name") == "":
        raise EmptyNameError
    email = changed.get("email", "")
    if email and email.lower() != person.email.lower() and await rows.has_human_email(tx, email):
        raise TakenError
    if not changed:
        return person
    await people.change_person(tx, person_id, **changed)
    return msgspec.structs.replace(person, **changed)


async def change_avatar(tx: Tx, person_id: int, digest: str) -> Person:
    """Take another picture by its digest in the blob store, "" = none. Raises PersonNotFoundError."""
    return await change_profile(tx, person_id, {"avatar": digest})


def _clean(name: str, value: str) -> str:
    if name in {"avatar", "gender"}:
        return value
    if name in _CHECKS:
        return _CHECKS[name](value)
    if name.endswith(("phone", "mobile")):
        return clean_name(value, _MAX_PHONE)
    return clean_name(value, _LONGEST[name]) if name in _LONGEST else clean_name(value)
