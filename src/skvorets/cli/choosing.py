"""How commands name a person, an application or the one who acts."""

from __future__ import annotations

from skvorets.cli.store import CommandError
from skvorets.core.logins import normalize_login
from skvorets.storage import applications, logins, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


async def person_named(tx: Tx, name: str) -> Person:
    """Find a person by id or login. Raises CommandError."""
    if name.isascii() and name.isdecimal():
        person = await people.find(tx, int(name[:18]))
    else:
        account = await logins.find(tx, normalize_login(name))
        person = None if account is None else await people.find(tx, account.person_id)
    if person is None:
        raise CommandError(f"there is no person {name!r}; see: skvorets user list")
    return person


async def acting_admin(tx: Tx, name: str) -> Person:
    """Find who acts: the person named, or the first active administrator. Raises CommandError."""
    if name:
        return await person_named(tx, name)
    admins = [one for one in await people.all_active(tx, "human") if one.admin]
    if not admins:
        raise CommandError("there is no administrator yet; add one: skvorets user add LOGIN --admin")
    return min(admins, key=lambda one: one.id)


async def application_named(tx: Tx, name: str) -> Application:
    """Find an application by id, client id or name, if only one has it. Raises CommandError."""
    found = [one for one in await applications.every(tx) if name in {str(one.id), one.client_id}]
    found = found or [one for one in await applications.every(tx) if one.name == name]
    if len(found) != 1:
        what = "there are several applications" if found else "there is no application"
        raise CommandError(f"{what} {name!r}; see: skvorets app list")
    return found[0]
