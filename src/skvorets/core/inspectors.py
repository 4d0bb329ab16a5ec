"""Addresses of ours that keep what is sent to them: a first bot needs no server of its own.

Whoever knows the address may send, nobody but its owner may look. An address works for a week after its last use.
"""

from __future__ import annotations

import secrets

from skvorets.errors import NotAllowedError, NotFoundError
from skvorets.storage import inspectors
from skvorets.storage.database import Tx
from skvorets.storage.inspectors import InspectedRequest, Inspector, NewRequest
from skvorets.storage.people import Person

# Requests that are kept of each.
KEPT_REQUESTS = 50
# Inspectors of one person.
MAX_INSPECTORS = 10
# How long one works after it was made, or last sent to, milliseconds.
LIFE_MS = 7 * 24 * 3600 * 1000
# Not prolonged more often: a request should cost one row.
_PROLONG_AFTER_MS = 3600 * 1000
_NAME_BYTES = 18


async def make_inspector(tx: Tx, owner: Person) -> Inspector:
    """Make an address that keeps what is sent to it. Raises NotAllowedError when the person has ten already."""
    await inspectors.delete_expired(tx)
    if len(await inspectors.of_person(tx, owner.id)) >= MAX_INSPECTORS:
        raise NotAllowedError
    new = Inspector(0, owner.id, secrets.token_urlsafe(_NAME_BYTES), tx.now, tx.now + LIFE_MS)
    return Inspector(await inspectors.insert(tx, new), new.person_id, new.name, new.created_at, new.expires_at)


async def inspectors_of(tx: Tx, owner: Person) -> list[Inspector]:
    """The person's inspectors that work, newest first."""
    return [one for one in await inspectors.of_person(tx, owner.id) if one.expires_at > tx.now]


async def keep_request(tx: Tx, name: str, new: NewRequest) -> None:
    """Keep a request that came to an address. Raises NotFoundError when it does not exist or its time is over."""
    found = await inspectors.find_by_name(tx, name)
    if found is None or found.expires_at <= tx.now:
        raise NotFoundError
    await inspectors.keep_request(tx, found.id, new, KEPT_REQUESTS)
    if found.expires_at < tx.now + LIFE_MS - _PROLONG_AFTER_MS:
        await inspectors.prolong(tx, found.id, tx.now + LIFE_MS)


async def requests_to_see(tx: Tx, viewer: Person, inspector_id: int) -> tuple[Inspector, list[InspectedRequest]]:
    """What an inspector has kept, newest first. Raises NotFoundError."""
    found = await _own(tx, viewer, inspector_id)
    return found, await inspectors.requests_of(tx, found.id)


async def remove_inspector(tx: Tx, owner: Person, inspector_id: int) -> None:
    """Remove an inspector with what it has kept. Raises NotFoundError."""
    await inspectors.delete(tx, (await _own(tx, owner, inspector_id)).id)


async def _own(tx: Tx, viewer: Person, inspector_id: int) -> Inspector:
    found = await inspectors.find(tx, inspector_id)
    if found is None or found.person_id != viewer.id or found.expires_at <= tx.now:
        raise NotFoundError
    return found
