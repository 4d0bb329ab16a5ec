"""``/api/settings``: what the person has chosen for his own clients.

GET   /api/settings   all of them
PATCH /api/settings   change some; all of them. The person's other browsers get the event settings.changed.
"""

from __future__ import annotations

from skvorets.core import settings
from skvorets.core.settings import Settings, SettingsChange
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.database import Tx


@route("GET", "/api/settings", mode="read")
async def get_settings(tx: Tx, call: Call[Nothing]) -> Settings:
    """Give the settings: one statement."""
    return await settings.settings_of(tx, call.person)


@route("PATCH", "/api/settings", body=SettingsChange)
async def change_settings(tx: Tx, call: Call[SettingsChange]) -> Settings:
    """Change what is given. Refusals: malformed."""
    return await settings.change_settings(tx, call.person.id, call.given)
