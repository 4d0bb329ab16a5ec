"""``/api/start``: the first screen, as one snapshot.

GET /api/start?limit=   the person, the first page of his chats, counters, and where the log of events stands

A socket that begins with ``since=position`` misses nothing that is not in the snapshot.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core import counters, recents
from skvorets.core.counters import Counters
from skvorets.dialects.native.registry import Call, route
from skvorets.dialects.native.shapes.chats import ChatView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_chats import view_recents
from skvorets.dialects.native.views_people import person_view
from skvorets.storage import event_log
from skvorets.storage.database import Tx


class Screen(msgspec.Struct, frozen=True):
    """How much is wanted."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 100


class CountersView(msgspec.Struct, frozen=True):
    """What waits for the person; muted chats aside."""

    chats: int  # conversations with unread messages, or marked by hand
    unread: int  # messages; a marked conversation without any counts as one
    notifications: int


class Start(msgspec.Struct, frozen=True, rename="camel"):
    """The answer."""

    me: PersonView
    chats: list[ChatView]
    has_more: bool
    people: list[PersonView]
    counters: CountersView
    position: str  # of the log of events, for ``since=``


@route("GET", "/api/start", query=Screen, mode="read")
async def get_start(tx: Tx, call: Call[Screen]) -> Start:
    """Give the first screen: thirteen statements at most, however many chats there are."""
    viewer, ordered_by_id = viewer_of(tx, call), call.services.store.log_is_ordered_by_id
    lines, has_more = await recents.recents_of(tx, call.person, recents.Wanted(limit=call.given.limit))
    page = await view_recents(tx, viewer, lines, [call.person.id])
    found = await counters.counters_of(tx, call.person)
    # As for a socket: what is left of the log may begin later than its newest event that readers see.
    position = max(await event_log.head(tx, ordered_by_id=ordered_by_id), await event_log.log_start(tx))
    return Start(
        me=person_view(call.person, viewer),
        chats=page.chats,
        has_more=has_more,
        people=page.people,
        counters=_counters_view(found),
        position=str(position),
    )


def _counters_view(found: Counters) -> CountersView:
    waiting = {("d", one) for one in [*found.dialogs, *found.marked_dialogs]}
    waiting |= {("c", one) for one in [*found.chats, *found.lines, *found.marked_chats] if one not in found.muted_chats}
    return CountersView(
        chats=len(waiting),
        unread=found.total_dialogs + found.total_chats + found.total_lines,
        notifications=found.total_notifications,
    )
