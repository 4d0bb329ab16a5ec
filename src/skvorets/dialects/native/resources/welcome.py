"""``/api/welcome``: the first run. Without a session, by the link that the server has printed.

GET  /api/welcome?secret=   204 when the link is good, 404 otherwise
POST /api/welcome           make the administrator and log in: 204 with the cookie; the link is used up

The language becomes the company's, unless one is configured. Links that are not good are counted per network.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from skvorets.core import first_run
from skvorets.dialects.native.entering import Entrance, Link, account_of, enter, look_at_link
from skvorets.dialects.native.registry import Reply, Visit, open_route
from skvorets.storage.database import DIRECTORY_KEY

# The part of the services that lets the whole server know the company's language.
SPEAK = "speak"
Speak: TypeAlias = Callable[[str], None]


@open_route("GET", "/api/welcome", query=Link)
async def look(visit: Visit[Link]) -> None:
    """Tell whether the link is good. Refusals: not_found, too_many_attempts."""
    await look_at_link(visit, first_run.look)


@open_route("POST", "/api/welcome", body=Entrance)
async def create_administrator(visit: Visit[Entrance]) -> Reply:
    """Make the administrator. Refusals: not_found, weak_password, wrong_name, taken (login), too_many_attempts."""
    services = visit.services
    await look_at_link(visit, first_run.look)
    account = await account_of(visit.given)
    person = await services.store.write(DIRECTORY_KEY, first_run.create_administrator, visit.given.secret, account)
    speak: Speak = services.parts[SPEAK]
    speak(account.language)
    return await enter(visit, person)
