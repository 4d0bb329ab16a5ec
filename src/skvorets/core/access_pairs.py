"""Pairs with which programs sign their requests, and one-time keys by which another place may fetch such a pair.

A pair belongs to a person and to the password it was got by; it stays the same from one log-in to the next and ends
with that password. Its secret half is derived from the public one with the portal's secret, so it is nowhere stored.
Rules: spec ``megaplan-messages.md`` §3.7-3.11, §4.3.3.
"""

from __future__ import annotations

import hashlib
import secrets

from skvorets.core import tokens
from skvorets.core.logins import Admission, can_log_in
from skvorets.errors import NotAllowedError, WrongSecretError
from skvorets.storage import access_pairs, people
from skvorets.storage.access_pairs import AccessPair
from skvorets.storage.database import Portal, Tx
from skvorets.storage.people import Person

# How long a one-time key is good, milliseconds. [inferred]
KEY_MS = 5 * 60 * 1000

_ID_BYTES = 10
_KEY_BYTES = 24  # 32 characters
_MAX_ID = 64


async def pair_for(tx: Tx, admission: Admission) -> tuple[str, str]:
    """Give the pair of somebody who has logged in, made when it is the first time: public and secret half."""
    pair = await access_pairs.of_person(tx, admission.person.id, admission.app_password_id)
    if pair is None:
        pair = AccessPair(secrets.token_hex(_ID_BYTES), admission.person.id, admission.app_password_id)
        await access_pairs.insert(tx, pair)
    return pair.access_id, secret_of(tx.portal, pair.access_id)


def secret_of(portal: Portal, access_id: str) -> str:
    """Give the secret half that belongs to a public one; of any text, so that unknown ones take as long."""
    return tokens.access_secret(portal, access_id[:_MAX_ID])


async def owner_of(tx: Tx, access_id: str) -> Person:
    """Whose pair this is, also of somebody who may no longer log in. Raises WrongSecretError."""
    owner = await access_pairs.owner_of(tx, access_id) if len(access_id) <= _MAX_ID else None
    if owner is None:
        raise WrongSecretError
    return owner


async def make_key(tx: Tx, admission: Admission) -> str:
    """Make a one-time key for somebody who has logged in."""
    key = secrets.token_urlsafe(_KEY_BYTES)
    await access_pairs.insert_key(tx, _digest(key), admission.person.id, admission.app_password_id, tx.now + KEY_MS)
    return key


async def take_key(tx: Tx, key: str) -> Admission:
    """Log in by a one-time key, which is used up. Raises WrongSecretError, NotAllowedError (a disabled person)."""
    found = await access_pairs.take_key(tx, _digest(key))
    if found is None:
        raise WrongSecretError
    person = await people.find(tx, found[0])
    if person is None or not can_log_in(person):
        raise NotAllowedError
    return Admission(person, found[1])


async def spend_signature(tx: Tx, request: bytes, kept_ms: int) -> None:
    """Take a signed request once only. Raises WrongSecretError when the same one came before."""
    if not await access_pairs.spend_signature(tx, hashlib.sha256(request).hexdigest(), tx.now + kept_ms):
        raise WrongSecretError


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
