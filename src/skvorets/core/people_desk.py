"""What administrators do to people: details, rights, passwords, letting nobody in any more.

Who calls these functions was found to be an administrator. There is always one left who can log in: the last one can
neither be disabled nor lose his rights.
"""

from __future__ import annotations

import msgspec

from skvorets.core import logins, members
from skvorets.core.events import ChatChanged, MembersLeft, record
from skvorets.core.people import change_person, general_chat
from skvorets.core.program_access import end_program_access
from skvorets.core.session_ends import end_sessions
from skvorets.errors import (
    EmptyNameError,
    LastAdministratorError,
    NotAllowedError,
    NothingChangedError,
    OwnAccountError,
    PersonNotFoundError,
    TakenError,
)
from skvorets.storage import admin_people, chats, departments, people
from skvorets.storage import logins as login_rows
from skvorets.storage import members as member_rows
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be written of a person; None = as it is."""

    first_name: str | None = None
    last_name: str | None = None
    work_position: str | None = None
    gender: str | None = None  # M, F or empty
    birthday: str | None = None  # YYYY-MM-DD or empty
    email: str | None = None
    work_phone: str | None = None
    personal_mobile: str | None = None
    inner_phone: str | None = None


async def person_to_administer(tx: Tx, person_id: int) -> Person:
    """Give a human, also a disabled one. Raises PersonNotFoundError, for bots, too: applications look after them."""
    person = await people.find(tx, person_id)
    if person is None or person.kind != "human":
        raise PersonNotFoundError
    return person


async def change_details(tx: Tx, person_id: int, details: Details) -> list[str]:
    """Write other details; names of those that changed.

    Raises PersonNotFoundError, EmptyNameError, TakenError (the e-mail of somebody else).
    """
    person = await person_to_administer(tx, person_id)
    given = {name: value.strip() for name, value in msgspec.structs.asdict(details).items() if value is not None}
    changed = {name: value for name, value in given.items() if value != getattr(person, name)}
    if not f"{changed.get('first_name', person.first_name)}{changed.get('last_name', person.last_name)}".strip():
        raise EmptyNameError
    email = changed.get("email", "")
    if email and email.lower() != person.email.lower() and await people.has_human_email(tx, email):
        raise TakenError
    if changed:
        await change_person(tx, person_id, **changed)
    return sorted(changed)


async def set_admin(tx: Tx, person_id: int, *, is_admin: bool) -> None:
    """Make an administrator of an employee, or an employee of an administrator.

    Raises PersonNotFoundError, NothingChangedError, NotAllowedError (an outsider), LastAdministratorError.
    """
    person = await person_to_administer(tx, person_id)
    if bool(person.admin) == is_admin:
        raise NothingChangedError
    if is_admin and person.extranet:
        raise NotAllowedError
    if not is_admin:
        await _keep_an_administrator(tx, person)
    await change_person(tx, person_id, admin=int(is_admin))


async def disable(tx: Tx, actor: Person, person_id: int) -> None:
    """Let somebody in no more: his browsers, sockets, tokens and webhooks end at once.

    Tokens and webhooks are refused as long as he is disabled; browsers and programs must log in anew afterwards.
    Raises PersonNotFoundError, NothingChangedError, OwnAccountError, LastAdministratorError.
    """
    person = await person_to_administer(tx, person_id)
    if person.id == actor.id:
        raise OwnAccountError
    if not person.active:
        raise NothingChangedError
    await _keep_an_administrator(tx, person)
    await change_person(tx, person_id, active=0)
    await end_sessions(tx, person_id)
    await end_program_access(tx, person_id)


async def enable(tx: Tx, person_id: int) -> None:
    """Let somebody in again. Raises PersonNotFoundError, NothingChangedError."""
    person = await person_to_administer(tx, person_id)
    if person.active:
        raise NothingChangedError
    await change_person(tx, person_id, active=1)


async def log_out_everywhere(tx: Tx, person_id: int) -> None:
    """End all sessions of a person's browsers. Raises PersonNotFoundError."""
    await end_sessions(tx, (await person_to_administer(tx, person_id)).id)


async def set_one_time_password(tx: Tx, person_id: int, login: str, password_hash: str) -> str:
    """Give a person a password with which he can only choose another one; the login, which is kept when "" is given.

    His browsers are logged out. Raises PersonNotFoundError, WrongNameError (no login yet), TakenError.
    """
    person = await person_to_administer(tx, person_id)
    known = (await login_rows.of_people(tx, [person.id])).get(person.id)
    chosen = login or (known.login if known else "")
    await logins.set_password_hash(tx, person.id, chosen, password_hash)
    await login_rows.mark_one_time(tx, person.id)
    return logins.normalize_login(chosen)


async def set_outside(tx: Tx, actor: Person, person_id: int, *, is_outside: bool) -> None:
    """Make an outsider of an employee, who leaves the general chat and his departments, or an employee of an outsider.

    Raises PersonNotFoundError, NothingChangedError, NotAllowedError (an administrator).
    """
    person = await person_to_administer(tx, person_id)
    if bool(person.extranet) == is_outside:
        raise NothingChangedError
    if person.admin:
        raise NotAllowedError
    await change_person(tx, person_id, extranet=int(is_outside))
    now = msgspec.structs.replace(person, extranet=int(is_outside))
    if is_outside:
        await _leave_company(tx, actor, now)
    else:
        await _enter_company(tx, actor, now)


async def _leave_company(tx: Tx, actor: Person, person: Person) -> None:
    general = await general_chat(tx)
    if await member_rows.delete(tx, general.id, person.id):
        await record(tx, MembersLeft(chat_id=general.id, person_ids=[person.id], actor_id=actor.id))
    for department_id in (await people.departments_of(tx, [person.id])).get(person.id, []):
        await departments.remove_person(tx, department_id, person.id)
    for one in await departments.every(tx):
        if one.head_id == person.id:
            await departments.set_head(tx, one.id, 0)
    for chat, _ in await member_rows.chats_of(tx, person.id):
        if chat.kind in {"group", "open", "line"} and not chat.extranet:
            await chats.change(tx, chat.id, extranet=1)
            await record(tx, ChatChanged(chat_id=chat.id, actor_id=actor.id, changed=["extranet"]))


async def _enter_company(tx: Tx, actor: Person, person: Person) -> None:
    await members.seat_members(tx, await general_chat(tx), [person], actor, shows_history=True)
    outsider = msgspec.structs.replace(person, extranet=1)
    for chat, _ in await member_rows.chats_of(tx, person.id):
        await members.note_extranet(tx, chat, outsider)


async def _keep_an_administrator(tx: Tx, person: Person) -> None:
    """Refuse when nobody would be left; when this one can log in with a password, another one who can must be left."""
    if not (person.admin and person.active):
        return
    can_log_in = bool(await login_rows.of_people(tx, [person.id]))
    if not await admin_people.count_other_admins(tx, person.id, with_login=can_log_in):
        raise LastAdministratorError
