"""``/api/invitations``: links by which people come in. For administrators.

GET    /api/invitations        those that can still be used, the newest first
POST   /api/invitations        make one; its link is shown once, and mailed when there is an address and a mail server
DELETE /api/invitations/{id}   revoke one
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeAlias

import msgspec

from skvorets.core import invitations, phrases_accounts
from skvorets.core.invitations import NewInvitation
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.invitations import Invitation
from skvorets.storage.people import Person

# The part of the services that sends a letter: ``await send(address, subject, text)`` gives "" or why it did not go.
MAIL = "mail"
SendMail: TypeAlias = Callable[[str, str, str], Awaitable[str]]
_MAX_DAYS = 90


class New(msgspec.Struct, frozen=True, rename="camel"):
    """Who is invited, as far as it is known."""

    email: Annotated[str, msgspec.Meta(max_length=254)] = ""
    first_name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    last_name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    is_extranet: bool = False
    department_id: Annotated[int, msgspec.Meta(ge=0, lt=2**53)] = 0  # 0 = none
    valid_days: Annotated[int, msgspec.Meta(ge=1, le=_MAX_DAYS)] = 7


class Made(msgspec.Struct, frozen=True, rename="camel"):
    """A new invitation."""

    id: int
    link: str  # shown now and never again
    expires_at: int  # unix milliseconds
    mail: str  # "sent", "" = none was to be sent, otherwise why it was not


class Waiting(msgspec.Struct, frozen=True, rename="camel"):
    """An invitation that can still be used. Times are unix milliseconds."""

    id: int
    email: str
    first_name: str
    last_name: str
    is_extranet: bool
    department_id: int
    inviter_id: int
    inviter_name: str
    created_at: int
    expires_at: int


class Invitations(msgspec.Struct, frozen=True):
    """The answer."""

    invitations: list[Waiting]


@route("GET", "/api/invitations", mode="read", is_for_admins=True)
async def list_invitations(tx: Tx, call: Call[Nothing]) -> Invitations:
    """List them: two statements."""
    del call
    return Invitations([_waiting(one, inviter) for one, inviter in await invitations.open_ones(tx)])


@route("POST", "/api/invitations", body=New, mode="free", is_for_admins=True)
async def invite(call: Call[New]) -> Made:
    """Make one. Refusals: wrong_email, taken (somebody has this e-mail), not_found (department), not_allowed."""
    services, given = call.services, call.given
    new = NewInvitation(**msgspec.structs.asdict(given))
    made, secret = await services.store.write(DIRECTORY_KEY, invitations.invite, call.person, new)
    link = f"{services.config.base_url}/invite/{secret}"
    send: SendMail | None = services.parts.get(MAIL)
    mail = ""
    if made.email and send is not None:
        language = services.store.portal.language
        subject = phrases_accounts.invitation_subject(language, call.person.name)
        text = phrases_accounts.invitation_text(language, call.person.name, link, given.valid_days)
        mail = await send(made.email, subject, text) or "sent"
    return Made(made.id, link, made.expires_at, mail)


@route("DELETE", "/api/invitations/{id}", is_for_admins=True)
async def revoke(tx: Tx, call: Call[Nothing]) -> None:
    """Make a link useless. Refusals: not_found."""
    await invitations.revoke(tx, call.person, call.ids["id"])


def _waiting(one: Invitation, inviter: Person | None) -> Waiting:
    return Waiting(
        id=one.id,
        email=one.email,
        first_name=one.first_name,
        last_name=one.last_name,
        is_extranet=bool(one.extranet),
        department_id=one.department_id,
        inviter_id=one.inviter_id,
        inviter_name="" if inviter is None else inviter.name,
        created_at=one.created_at,
        expires_at=one.expires_at,
    )
