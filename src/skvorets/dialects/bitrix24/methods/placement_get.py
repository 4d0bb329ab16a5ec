"""``placement.get``: what the application has bound to places.

Source: spec ``bitrix24-imbot.md`` §12.1; docs ``placement.get``.
"""

from __future__ import annotations

from typing import Any

from skvorets.core.app_places import choose_phrase
from skvorets.dialects.bitrix24.placement_rules import managed_application
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method
from skvorets.storage import placements
from skvorets.storage.placements import Placement


@method("placement.get", scope="placement", mode="read")
async def placement_get(tx: Tx, call: Call, params: NoParams) -> list[dict[str, Any]]:
    """List them, oldest first: one statement."""
    application = managed_application(call)
    language = call.caller.person.language or tx.portal.language
    bound = await placements.of_application(tx, application.id)
    return [_view(one, language, application.name) for one in bound]


def _view(one: Placement, language: str, name: str) -> dict[str, Any]:
    phrases = one.read_phrases()
    words = choose_phrase(phrases, language)
    by_language = {
        each: {key.upper(): phrase for key, phrase in phrases_of.items()} for each, phrases_of in phrases.items()
    }
    return {
        "placement": one.placement,
        "userId": 0,
        "handler": one.handler,
        "options": one.read_options() or [],
        "title": one.title or words.get("title") or name,
        "description": one.description or words.get("description", ""),
        # COMPAT(bitrix24): an empty map is written as an empty list.
        "langAll": by_language or [],
    }
