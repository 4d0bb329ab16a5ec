"""Where the follower stands in the log: the durable reader ``web-push``.

The place moves on before anything is sent: whoever moves it sends. So nothing is shown twice after a crash or by two
processes, and what a crash leaves unsent is not worth waking people for.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final, NamedTuple

from skvorets.storage import event_log, web_push
from skvorets.storage.database import Tx, lock_key
from skvorets.storage.event_log import Position
from skvorets.web_push.news import KINDS, News, news_of

CURSOR: Final = "web-push"
KEY: Final = lock_key(CURSOR)
ROWS_AT_ONCE: Final = 200
"""Rows of the log read at a time."""


class Found(NamedTuple):
    """What comes next in the log."""

    position: Position  # the last event looked at
    seen: int  # events looked at
    news: list[tuple[Position, News]]
    is_hidden: bool  # nothing was found, but something is there that cannot be seen yet


async def open_place(tx: Tx) -> Position:
    """Where to go on; a reader that is new, or whose place the log does not know any more, begins at the end."""
    found = await event_log.cursor(tx, CURSOR)
    if found is not None and await event_log.is_known(tx, found):
        return found
    head = await event_log.head(tx, ordered_by_id=not tx.is_postgres)
    await event_log.move_cursor(tx, CURSOR, head)
    return head


async def look(tx: Tx, position: Position, here: Container[int], not_before: int) -> Found:
    """Read what comes next and say who is to be told; what happened before a time (unix ms) is told to nobody."""
    ordered = not tx.is_postgres
    rows = await event_log.read_after(tx, position, ROWS_AT_ONCE, ordered_by_id=ordered)
    if not rows:
        is_hidden = not ordered and await event_log.has_hidden(tx, position)
        return Found(position, 0, [], is_hidden)
    wanted = [one for one in rows if one.kind in KINDS and one.at >= not_before]
    if wanted and not await web_push.has_any(tx):
        wanted = []
    news = [(stored.position, one) for stored in wanted for one in await news_of(tx, stored, here)]
    return Found(rows[-1].position, len(rows), news, is_hidden=False)


async def advance(tx: Tx, position: Position) -> Position:
    """Store how far the log is done with; where the reader stood before. Never goes back."""
    found = await event_log.cursor(tx, CURSOR) or event_log.START
    if found < position:
        await event_log.move_cursor(tx, CURSOR, position)
    return found
