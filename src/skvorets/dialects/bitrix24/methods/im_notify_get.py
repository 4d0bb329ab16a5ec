"""``im.notify.get``: the caller's notifications, page by page: those that ask for an answer, then the others.

Source: docs "im.notify.get"; spec ``bitrix24-im.md`` §4.9, §14.2.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_notifications import Shown, view_notifications
from skvorets.storage import notifications
from skvorets.storage.notifications import NO_UPPER_ID, Notification

LAST_ID_STRING = Fault("LAST_ID_STRING", "Last notification ID can't be string")
LAST_ID_AND_LAST_TYPE = Fault("LAST_ID_AND_LAST_TYPE", "Parameters LAST_ID and LAST_TYPE should be used together.")
# Notifications of a page, also at most.
MAX_LIMIT = 50
# Values of LAST_TYPE: the page goes on among those that ask for an answer, or among the others.
_ASKING = 1


class Params(Struct, frozen=True):
    """Parameters as documented."""

    LAST_ID: str | None = None  # the last one of the page before; together with …
    LAST_TYPE: int | None = None  # … 1 while that one asked for an answer, 3 after
    LIMIT: int = MAX_LIMIT
    CONVERT_TEXT: bool = False  # text as HTML


@method("im.notify.get", scope="im", params=Params, mode="read", faults={"LAST_ID": LAST_ID_STRING})
async def im_notify_get(tx: Tx, call: Call, params: Params) -> dict[str, Any]:
    """Give a page with its authors; without any notification the counts are left out, as documented."""
    last_id = read_last_id(params.LAST_ID)
    if (last_id is None) != (params.LAST_TYPE is None):
        raise ApiError(LAST_ID_AND_LAST_TYPE)
    person_id = call.caller.person.id
    total = await notifications.count(tx, person_id)
    chat_id = await notifications.chat_id_of(tx, person_id) if total else None
    if chat_id is None:
        return {"notifications": [], "users": []}
    unread = await notifications.count_unread(tx, [person_id])
    limit = min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else MAX_LIMIT
    found = await _page(tx, person_id, last_id, params.LAST_TYPE, limit)
    shown = Shown(chat_id, frame_of(tx, call), params.CONVERT_TEXT)
    return {
        "total_count": total,
        "total_unread_count": unread.get(person_id, 0),
        "chat_id": chat_id,
        **await view_notifications(tx, found, shown),
    }


def read_last_id(text: str | None) -> int | None:
    """Read where a page begins; None for the first one. Raises ApiError LAST_ID_STRING."""
    if text is None or not text.strip():
        return None
    if not text.strip().isdecimal():
        raise ApiError(LAST_ID_STRING)
    return min(int(text.strip()[:19]), NO_UPPER_ID)


async def _page(tx: Tx, person_id: int, last_id: int | None, last_type: int | None, limit: int) -> list[Notification]:
    found: list[Notification] = []
    below = NO_UPPER_ID if last_id is None else last_id
    if last_type is None or last_type == _ASKING:
        found = await notifications.page(tx, person_id, below_id=below, limit=limit, to_confirm=True)
        below = NO_UPPER_ID
    if len(found) < limit:
        rest = limit - len(found)
        found += await notifications.page(tx, person_id, below_id=below, limit=rest, to_confirm=False)
    return found
