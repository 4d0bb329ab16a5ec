"""What the reference has and this server has not: 501 (spec ``bpium-messages.md`` §9)."""

from __future__ import annotations

from typing import Any

from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.registry import Call, Nothing, route


@route("GET", "/catalogs/{catalog}/values", mode="free")
@route("GET", "/catalogs/{catalog}/totals", mode="free")
@route("GET", "/catalogs/{catalog}/widgets", mode="free")
@route("GET", "/catalogs/{catalog}/records/{record}/relations", mode="free")
@route("GET", "/catalogs/{catalog}/fields/{field}/availableRecords", mode="free")
@route("GET", "/catalogs/{catalog}/fields/{field}/availableFilterRecords", mode="free")
async def refuse(call: Call[Nothing]) -> dict[str, Any]:
    """Say that this is not built."""
    raise ApiError(501, "This resource does not exist here.")
