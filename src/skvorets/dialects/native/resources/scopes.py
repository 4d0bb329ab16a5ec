"""``/api/dev/scopes``: the rights that can be given, in words.

GET    [{"name": "im", "ru": "…", "en": "…"}]
"""

from __future__ import annotations

import msgspec

from skvorets.core.scopes import SCOPES
from skvorets.dialects.native.registry import Call, Nothing, route


class Scope(msgspec.Struct, frozen=True):
    """One right."""

    name: str
    ru: str
    en: str


@route("GET", "/api/dev/scopes", mode="free")
async def list_scopes(call: Call[Nothing]) -> list[Scope]:
    """List the rights."""
    return [Scope(name, *words) for name, words in SCOPES.items()]
