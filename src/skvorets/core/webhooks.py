"""Inbound webhooks: secret addresses that act for their owner, and who owns the bots registered through them.

Rules: spec ``bitrix24-transport.md`` §8, §11; ``wire-habits.md``, "Bots and messages".
"""

from __future__ import annotations

import secrets

import msgspec

from skvorets.core import tokens
from skvorets.core.events import ApplicationChanged, WebhookChanged, record
from skvorets.errors import EmptyCodeError, NotFoundError, WrongNameError
from skvorets.storage import applications
from skvorets.storage.applications import Application, Webhook
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# Characters of the CLIENT_ID by which a webhook names the owner of its bots; our own bound.
MAX_CLIENT_ID = 255
# What stands before a CLIENT_ID in the owner's client id. [source: im]
_CUSTOM = "custom"
_SECRET_BYTES = 16


class WebhookOwner(msgspec.Struct, frozen=True, kw_only=True):
    """In whose name a webhook registers bots, and which webhook it is."""

    client_id: str  # CLIENT_ID of the call
    webhook_id: int
    person_id: int  # whose webhook it is
    scopes: frozenset[str]


async def create_webhook(tx: Tx, owner: Person, scopes: tuple[str, ...], title: str = "", expires_at: int = 0) -> str:
    """Make an inbound webhook that acts for its owner; the secret, which is not stored and cannot be shown again.

    ``expires_at``: unix milliseconds, 0 = never.
    """
    secret = secrets.token_hex(_SECRET_BYTES)
    webhook = Webhook(0, owner.id, tokens.fingerprint(secret), title, ",".join(scopes), 1, expires_at, tx.now)
    await applications.insert_webhook(tx, webhook)
    return secret


async def revoke_webhook(tx: Tx, webhook_id: int) -> None:
    """Switch a webhook off for good. Raises NotFoundError when there is none or it was off already."""
    if not await applications.deactivate_webhook(tx, webhook_id):
        raise NotFoundError
    await record(tx, WebhookChanged(webhook_id=webhook_id))


async def every_webhook(tx: Tx) -> list[Webhook]:
    """All webhooks, oldest first, the revoked and expired ones, too."""
    return await applications.every_webhook(tx)


async def find_owner_for_webhook(tx: Tx, client_id: str) -> Application | None:
    """Find who owns the bots that webhooks registered with this CLIENT_ID; None when nobody did."""
    found = await applications.find_by_client_id(tx, _CUSTOM + client_id)
    return found if found is not None and found.kind == "webhook" and found.active else None


async def owner_for_webhook(tx: Tx, owner: WebhookOwner) -> Application:
    """Find or make the application that owns the bots registered by webhooks with this CLIENT_ID.

    The CLIENT_ID alone tells the owner: every webhook that knows it may use its bots. Raises EmptyCodeError,
    WrongNameError (longer than 255 characters).
    """
    if not owner.client_id:
        raise EmptyCodeError
    if len(owner.client_id) > MAX_CLIENT_ID:
        raise WrongNameError
    known = await applications.find_by_client_id(tx, _CUSTOM + owner.client_id)
    if known is None:
        new = _new_owner(tx, owner)
        return msgspec.structs.replace(new, id=await applications.insert(tx, new))
    if known.active:
        return known
    installation = known.installation + 1
    await applications.change(tx, known.id, active=1, installed=1, installation=installation)
    await record(tx, ApplicationChanged(application_id=known.id, actor_id=owner.person_id, change="changed"))
    return msgspec.structs.replace(known, active=1, installed=1, installation=installation)


def _new_owner(tx: Tx, owner: WebhookOwner) -> Application:
    return Application(
        id=0,
        kind="webhook",
        client_id=_CUSTOM + owner.client_id,
        secret_hash="",
        name=owner.client_id,
        scopes=",".join(sorted(owner.scopes)),
        handler_url="",
        install_url="",
        api_only=1,
        version=1,
        active=1,
        installed=1,
        installed_by=owner.person_id,
        installation=1,
        webhook_id=owner.webhook_id,
        limits="",
        delivery="",
        created_at=tx.now,
    )
