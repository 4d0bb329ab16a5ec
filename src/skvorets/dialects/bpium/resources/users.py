"""``/users``: who works here. Spec ``bpium-messages.md`` §9."""

from __future__ import annotations

from typing import Any

from skvorets.core import catalog_rights
from skvorets.dialects.bpium.registry import Call, Nothing, route
from skvorets.storage import people
from skvorets.storage.database import Tx


@route("GET", "/users", mode="read")
async def list_users(tx: Tx, call: Call[Nothing]) -> list[dict[str, Any]]:
    """List the employees: one query. Whoever is from outside sees himself only."""
    if not catalog_rights.level_in(call.person, catalog_rights.USERS_CATALOG):
        return [{"id": str(call.person.id), "title": call.person.name}]
    return [{"id": str(one.id), "title": one.name} for one in await people.all_active(tx, "human")]
