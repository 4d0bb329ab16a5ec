"""Helpers for tests of notifications."""

from __future__ import annotations

from typing import Any

from skvorets.core import notifications
from skvorets.core.notifications import NewNotification
from support.world import Actor, World


async def told(world: World, person: Actor, text: str = "hello", **more: Any) -> int:
    """Tell a person something straight through the core; the notification's id."""
    new = NewNotification(person_id=person.id, text=text, **more)
    notification_id: int = await world.unit(notifications.notify, new)
    return notification_id


async def notices(person: Actor) -> list[dict[str, Any]]:
    """Give the newest notifications of a person as he sees them."""
    answer = await person.call("im.notify.get")
    found: list[dict[str, Any]] = answer["notifications"]
    return found


async def texts(person: Actor) -> list[str]:
    """Give the texts of the newest notifications of a person."""
    return [one["text"] for one in await notices(person)]


async def unread(person: Actor) -> list[str]:
    """Give the texts of those that are unread."""
    return [one["text"] for one in await notices(person) if one["notify_read"] == "N"]
