"""Placements for tests."""

from __future__ import annotations

from typing import Any

from skvorets.storage import placements
from skvorets.storage.placements import Placement
from support.world import Actor, World

HANDLER = "https://example.com/apps/immarket/handlers/textarea.php"
# As the seed binds it.
TEXTAREA: dict[str, Any] = {
    "PLACEMENT": "IM_TEXTAREA",
    "HANDLER": HANDLER,
    "LANG_ALL": {"ru": {"TITLE": "Приложение для панели над полем ввода"}},
    "OPTIONS": {
        "iconName": "fa-bars",
        "context": "USER;CHAT",
        "role": "USER",
        "color": "GRAPHITE",
        "width": "200",
        "height": "100",
        "extranet": "N",
    },
}


def binding(placement: str = "IM_CONTEXT_MENU", handler: str = HANDLER, **options: Any) -> dict[str, Any]:
    """Give the parameters of a plain ``placement.bind``."""
    return {"PLACEMENT": placement, "HANDLER": handler, "TITLE": "Place", "OPTIONS": options}


async def bound(world: World, owner: Actor) -> list[Placement]:
    """Give what the application of an actor's token has bound."""
    application_id = (await owner.call("app.info"))["ID"]
    found: list[Placement] = await world.app.store.read(placements.of_application, application_id)
    return found
