"""The first run: a link, printed by the server, whose page makes the administrator of an empty portal.

Whoever can read what the server prints may have it; so there is no password that everybody knows, and no moment in
which a stranger could be quicker. The link is good until it is used, or until the next start prints another one.
"""

from __future__ import annotations

import hmac

import msgspec

from skvorets.core import accounts, audit
from skvorets.core.accounts import NewAccount
from skvorets.core.people import NewPerson
from skvorets.errors import NotFoundError
from skvorets.storage import first_run
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

DEFAULT_LANGUAGE = "ru"
"""Of a portal for which none was chosen."""


async def prepare(tx: Tx) -> str:
    """Make the secret of the link, the one before is good no more; empty when there is an administrator."""
    if await first_run.has_administrator(tx):
        if await first_run.welcome_hash(tx):
            await first_run.set_welcome_hash(tx, "")
        return ""
    secret, secret_hash = accounts.new_secret()
    await first_run.set_welcome_hash(tx, secret_hash)
    return secret


async def look(tx: Tx, secret: str) -> None:
    """Say nothing when the link is good. Raises NotFoundError, also when there is an administrator already."""
    known = await first_run.welcome_hash(tx)
    is_good = known != "" and hmac.compare_digest(known, accounts.digest_of(secret))
    if not is_good or await first_run.has_administrator(tx):
        raise NotFoundError


async def create_administrator(tx: Tx, secret: str, account: NewAccount) -> Person:
    """Make the administrator, take his language for the company's, use the link up.

    Raises NotFoundError, and what ``open_account`` raises.
    """
    await look(tx, secret)
    await first_run.set_language(tx, account.language)
    # The chat of all employees gets its title now, in this language.
    tx.portal = msgspec.structs.replace(tx.portal, language=account.language)
    person = await accounts.open_account(tx, account, NewPerson(first_name="", admin=True))
    await first_run.set_welcome_hash(tx, "")
    await audit.note(tx, person.id, "administrator.created", "person", person.id, {"name": person.name})
    return person
