"""Pages of people with OFFSET and LIMIT, as ids or as user objects. Source: spec ``bitrix24-im.md`` §10."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from skvorets.dialects.bitrix24.registry import Call, Page, Tx
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_people import view_people
from skvorets.storage.people import Person, Window

USUAL_LIMIT: Final = 10
MAX_LIMIT: Final = 50


class PeoplePage(Struct, frozen=True):
    """Parameters as documented."""

    USER_DATA: bool = False  # Y: user objects instead of ids
    OFFSET: int = 0
    LIMIT: int = USUAL_LIMIT  # at most 50


def window_of(params: PeoplePage) -> Window:
    """Give the wanted part; numbers below their range are as if they were not given."""
    return Window(min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT, max(params.OFFSET, 0))


async def page_of_people(tx: Tx, call: Call, params: PeoplePage, found: Sequence[Person], total: int | None) -> Page:
    """Put one part of a list into the answer; ``total`` None = not counted.

    One query for user objects (two when there are bots among them), none for ids.
    """
    items = (
        list((await view_people(tx, found, frame_of(tx, call))).values())
        if params.USER_DATA
        else [one.id for one in found]
    )
    return Page(items, window_of(params).offset, len(found), total)
