"""``/profile/me``: who calls. Spec ``bpium-messages.md`` §9."""

from __future__ import annotations

from typing import Any

from skvorets.dialects.bpium.registry import Call, Nothing, route
from skvorets.storage.database import Tx


@route("GET", "/profile/me", mode="read")
async def get_me(tx: Tx, call: Call[Nothing]) -> dict[str, Any]:
    """Tell who calls."""
    return {"id": str(call.person.id), "email": call.person.email, "title": call.person.name, "subjects": []}
