"""``/api/dev/webhooks``: inbound webhooks, secret addresses that act for their owner.

GET    /api/dev/webhooks        administrators all, others their own; without the secret, which is not stored
POST   /api/dev/webhooks        one for oneself: the address, shown once
DELETE /api/dev/webhooks/{id}   switch it off for good
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core import application_desk, webhooks
from skvorets.core.scopes import SCOPES
from skvorets.dialects.native.administration import note
from skvorets.dialects.native.developers import Line, Scopes
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage import people
from skvorets.storage.database import Tx

_DAY_MS = 24 * 3600 * 1000


class Webhook(msgspec.Struct, frozen=True, rename="camel"):
    """A webhook as it is listed. Times are unix milliseconds, 0 = never."""

    id: int
    person_id: int
    person_name: str
    title: str
    scopes: list[str]
    is_active: bool
    expires_at: int
    created_at: int


class NewWebhook(msgspec.Struct, frozen=True, rename="camel"):
    """What is asked for."""

    scopes: Scopes
    title: Line = ""
    days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0  # 0 = until it is revoked


class Made(msgspec.Struct, frozen=True):
    """The address, which cannot be shown again."""

    url: str


@route("GET", "/api/dev/webhooks", mode="read")
async def list_webhooks(tx: Tx, call: Call[Nothing]) -> list[Webhook]:
    """List the webhooks that the person may see, newest first; those switched off are left out."""
    found = [one for one in await application_desk.webhooks_to_see(tx, call.person) if one.active]
    owners = await people.find_many(tx, {one.person_id for one in found})
    return [
        Webhook(
            id=one.id,
            person_id=one.person_id,
            person_name=owners[one.person_id].name if one.person_id in owners else "",
            title=one.title,
            scopes=one.scopes.split(","),
            is_active=not one.expires_at or one.expires_at > tx.now,
            expires_at=one.expires_at,
            created_at=one.created_at,
        )
        for one in reversed(found)
    ]


@route("POST", "/api/dev/webhooks", body=NewWebhook)
async def add_webhook(tx: Tx, call: Call[NewWebhook]) -> Made:
    """Make a webhook for oneself."""
    if call.person.extranet:
        raise ApiError(403, "not_allowed", "Only employees have webhooks.")
    new = call.given
    if unknown := [scope for scope in new.scopes if scope not in SCOPES]:
        raise ApiError(400, "unknown_scope", f"There is no scope {unknown[0]}.")
    scopes = tuple(dict.fromkeys(new.scopes))
    expires_at = tx.now + new.days * _DAY_MS if new.days else 0
    secret = await webhooks.create_webhook(tx, call.person, scopes, new.title.strip(), expires_at)
    await note(tx, call, "webhook.created", "webhook", 0, name=new.title.strip(), scopes=list(scopes))
    return Made(f"{call.services.config.base_url}/rest/{call.person.id}/{secret}/")


@route("DELETE", "/api/dev/webhooks/{id}")
async def revoke_webhook(tx: Tx, call: Call[Nothing]) -> None:
    """Switch a webhook off for good."""
    found = await application_desk.webhook_to_revoke(tx, call.person, call.ids["id"])
    await webhooks.revoke_webhook(tx, found.id)
    owner = await people.find(tx, found.person_id)
    await note(tx, call, "webhook.revoked", "webhook", found.id, name=found.title, owner=owner.name if owner else "")
