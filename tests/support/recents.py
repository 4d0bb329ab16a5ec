"""The recent list of an actor without the general chat, which every employee has."""

from __future__ import annotations

from typing import Any

from support.world import Actor


async def recents(actor: Actor, **params: Any) -> list[dict[str, Any]]:
    """Give the items of ``im.recent.list``."""
    answer = await actor.call("im.recent.list", **params)
    assert set(answer) - {"birthdayList"} == {"items", "hasMore", "hasMorePages"}
    return without_general(answer["items"])


def without_general(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the general chat."""
    return [item for item in items if item.get("chat", {}).get("type") != "general"]
