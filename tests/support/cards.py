"""Waiting for cards of links, and looking at them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from skvorets.storage import event_log
from support.world import Actor, World

# Opens a server on the test's data, with these settings besides the usual ones; the fixture closes it in the end.
Launch: TypeAlias = Callable[..., Awaitable[World]]
PATIENCE_S = 10.0


async def settled(world: World) -> None:
    """Wait until every link that was sent before has been dealt with."""
    follower = world.app.links._follower
    ordered = world.app.store.log_is_ordered_by_id
    async with asyncio.timeout(PATIENCE_S):
        target = await world.app.store.read(event_log.newest, ordered_by_id=ordered)
        while follower._position < target or follower._open:  # noqa: ASYNC110 — the follower tells nobody
            await asyncio.sleep(0.005)


async def say(actor: Actor, dialog: str, text: str, **more: Any) -> int:
    """Send a message; its id."""
    message_id: int = await actor.call("im.message.add", DIALOG_ID=dialog, MESSAGE=text, **more)
    return message_id


async def params_of(actor: Actor, dialog: str, message_id: int) -> Any:
    """Give the params of a message as ``im.dialog.messages.get`` shows them."""
    page = await actor.call("im.dialog.messages.get", DIALOG_ID=dialog, LIMIT=50)
    return next(one for one in page["messages"] if one["id"] == message_id)["params"]
