"""Logging in by a log-in and the MD5 of the password. Source: spec ``megaplan-messages.md`` §2.12, §3."""

from __future__ import annotations

import asyncio

from skvorets.core import logins
from skvorets.core.logins import Admission, Attempt
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.params import EMPLOYEE_OFFSET, Params
from skvorets.dialects.megaplan.registry import Visit
from skvorets.storage.people import Person


async def log_in(visit: Visit) -> Admission:
    """Let in who gives log-in and password, his own or one for programs. Raises ApiError and what ``admit`` raises."""
    login, password_md5 = login_of(visit), text_of(visit, "Password")
    if not login:
        raise ApiError(400, "Login is required")
    if not password_md5:
        raise ApiError(400, "Password is required")
    attempt = Attempt(login, "", visit.address, password_md5=password_md5, takes_app_passwords=True)
    return await logins.admit(visit.services.store, attempt, asyncio.to_thread)


def login_of(visit: Visit) -> str:
    """Give the log-in that was sent."""
    return text_of(visit, "Login")


def text_of(visit: Visit, name: str) -> str:
    """Give a parameter by its name in any letter case, as integrations send these. Raises ApiError."""
    given = {known.lower(): value for known, value in visit.params.given.items()}
    return Params({name: given.get(name.lower())}, visit.params.zone).text(name).strip()


def ids_of(person: Person) -> dict[str, object]:
    """Give the numbers of a person."""
    return {"UserId": person.id, "EmployeeId": person.id + EMPLOYEE_OFFSET, "ContractorId": ""}
