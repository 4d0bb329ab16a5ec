"""``/api/invitation``: coming in by an invitation's link. Without a session.

GET  /api/invitation?secret=   who invites whom; 404 when the link is not good (any more)
POST /api/invitation           make the account and log in: 204 with the cookie; the link is used up

Links that are not good are counted per network, like wrong passwords.
"""

from __future__ import annotations

import msgspec

from skvorets.core import invitations
from skvorets.dialects.native.entering import Entrance, Link, account_of, enter, look_at_link
from skvorets.dialects.native.registry import Reply, Visit, open_route
from skvorets.storage.database import DIRECTORY_KEY


class Invited(msgspec.Struct, frozen=True, rename="camel"):
    """Who invites whom."""

    inviter_name: str
    domain: str  # of this installation
    language: str  # of the company
    email: str
    first_name: str
    last_name: str
    expires_at: int  # unix milliseconds


@open_route("GET", "/api/invitation", query=Link)
async def look(visit: Visit[Link]) -> Invited:
    """Tell what the link is good for. Refusals: not_found, too_many_attempts."""
    invitation, inviter = await look_at_link(visit, invitations.look)
    return Invited(
        inviter_name=inviter.name,
        domain=visit.services.config.domain,
        language=visit.services.store.portal.language,
        email=invitation.email,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
        expires_at=invitation.expires_at,
    )


@open_route("POST", "/api/invitation", body=Entrance)
async def accept(visit: Visit[Entrance]) -> Reply:
    """Make the account. Refusals: not_found, weak_password, wrong_name, taken (login), too_many_attempts."""
    await look_at_link(visit, invitations.look)
    account = await account_of(visit.given)
    person = await visit.services.store.write(DIRECTORY_KEY, invitations.accept, visit.given.secret, account)
    return await enter(visit, person)
