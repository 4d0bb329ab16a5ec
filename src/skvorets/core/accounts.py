"""New accounts that people make for themselves: by an invitation, or at the first run.

link ──► secret known and good? ──► name, login, password ──► person with a log-in, the link is used up
"""

from __future__ import annotations

import hashlib
import secrets

import msgspec

from skvorets.core import logins, people
from skvorets.core.names import check_email, clean_name
from skvorets.core.people import NewPerson
from skvorets.errors import EmptyNameError
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_SECRET_BYTES = 32
_SECRET_LENGTH = 43  # of the secret as URL-safe text


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says of himself. The password was hashed before: that takes too long for a unit of work."""

    first_name: str
    last_name: str = ""
    login: str
    password_hash: str
    language: str = ""  # ru, en or empty


def new_secret() -> tuple[str, str]:
    """Make the secret of a link: what stands in the link, and the digest that is stored."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    """Digest under which a link's secret is stored; of nothing when it can be none."""
    is_possible = len(secret) == _SECRET_LENGTH and secret.isascii()
    return hashlib.sha256(secret.encode()).hexdigest() if is_possible else ""


async def open_account(tx: Tx, account: NewAccount, new: NewPerson) -> Person:
    """Add the person ``new``, named as the account says, who can log in.

    Raises EmptyNameError, WrongNameError (login), TakenError (login), WrongEmailError.
    """
    first_name = clean_name(account.first_name)
    if not first_name:
        raise EmptyNameError
    named = msgspec.structs.replace(
        new,
        first_name=first_name,
        last_name=clean_name(account.last_name),
        email=check_email(new.email),
        language=account.language,
    )
    person = await people.add_person(tx, named)
    await logins.set_password_hash(tx, person.id, account.login, account.password_hash)
    return person
