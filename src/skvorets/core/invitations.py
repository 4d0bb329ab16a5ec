"""Invitations: links that let somebody make an account of his own. Each is good once, and for some days.

Only the digest of the link's secret is stored: the link is shown when it is made and never again.
"""

from __future__ import annotations

import msgspec

from skvorets.core import accounts, audit, departments
from skvorets.core.accounts import NewAccount
from skvorets.core.names import check_email, clean_name
from skvorets.core.people import NewPerson
from skvorets.errors import DepartmentNotFoundError, NotAllowedError, NotFoundError, TakenError, TooLargeError
from skvorets.storage import departments as department_rows
from skvorets.storage import invitations, people
from skvorets.storage.database import Tx
from skvorets.storage.invitations import Invitation
from skvorets.storage.people import Person

# Links that wait at the same time: more is no company that comes but a mistake of a program.
MAX_OPEN = 1000
_DAY_MS = 24 * 3600 * 1000


class NewInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """Who is invited, as far as it is known."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    is_extranet: bool = False
    department_id: int = 0  # 0 = none
    valid_days: int = 7


async def invite(tx: Tx, inviter: Person, new: NewInvitation) -> tuple[Invitation, str]:
    """Make an invitation; it and the secret of its link.

    Raises NotAllowedError (no administrator; a guest in a department), DepartmentNotFoundError, WrongEmailError,
    TakenError (somebody has this e-mail), TooLargeError.
    """
    if not inviter.admin or (new.is_extranet and new.department_id):
        raise NotAllowedError
    await invitations.delete_expired(tx)
    if await invitations.count(tx) >= MAX_OPEN:
        raise TooLargeError
    if new.department_id and await department_rows.find(tx, new.department_id) is None:
        raise DepartmentNotFoundError
    email = check_email(new.email)
    if email and await people.has_human_email(tx, email):
        raise TakenError
    secret, secret_hash = accounts.new_secret()
    invitation = Invitation(
        id=0,
        secret_hash=secret_hash,
        inviter_id=inviter.id,
        created_at=tx.now,
        expires_at=tx.now + new.valid_days * _DAY_MS,
        email=email,
        first_name=clean_name(new.first_name),
        last_name=clean_name(new.last_name),
        extranet=int(new.is_extranet),
        department_id=new.department_id,
    )
    invitation = msgspec.structs.replace(invitation, id=await invitations.insert(tx, invitation))
    await audit.note(tx, inviter.id, "invitation.created", "invitation", invitation.id, {"email": email})
    return invitation, secret


async def open_ones(tx: Tx) -> list[tuple[Invitation, Person | None]]:
    """All invitations that can still be used with who made them, the newest first: two statements."""
    found = await invitations.every(tx)
    known = await people.find_many(tx, {one.inviter_id for one in found})
    return [(one, known.get(one.inviter_id)) for one in found]


async def revoke(tx: Tx, actor: Person, invitation_id: int) -> None:
    """Make a link useless. Raises NotFoundError, NotAllowedError."""
    if not actor.admin:
        raise NotAllowedError
    known = await invitations.find(tx, invitation_id)
    if known is None or not await invitations.delete(tx, invitation_id):
        raise NotFoundError
    await audit.note(tx, actor.id, "invitation.revoked", "invitation", invitation_id, {"email": known.email})


async def look(tx: Tx, secret: str) -> tuple[Invitation, Person]:
    """Tell what a link is good for, and who made it. Raises NotFoundError for links that are not good."""
    found = await invitations.find_by_secret(tx, accounts.digest_of(secret))
    inviter = await people.find(tx, found.inviter_id) if found is not None else None
    # A dismissed administrator's links are worth nothing any more.
    if found is None or inviter is None or not (inviter.active and inviter.admin):
        raise NotFoundError
    return found, inviter


async def accept(tx: Tx, secret: str, account: NewAccount) -> Person:
    """Make the account and use the link up. Raises NotFoundError, and what ``open_account`` raises."""
    invitation, _ = await look(tx, secret)
    new = NewPerson(first_name="", email=invitation.email, extranet=bool(invitation.extranet))
    person = await accounts.open_account(tx, account, new)
    if invitation.department_id and await department_rows.find(tx, invitation.department_id) is not None:
        await departments.put_person(tx, invitation.department_id, person.id)
    await invitations.delete(tx, invitation.id)
    details = {"name": person.name, "invitation": invitation.id}
    await audit.note(tx, person.id, "invitation.accepted", "person", person.id, details)
    return person
