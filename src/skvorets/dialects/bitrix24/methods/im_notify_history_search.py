"""``im.notify.history.search``: find among the caller's notifications.

Source: docs "im.notify.history.search".
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec import Struct

from skvorets.core import notification_search
from skvorets.core.notification_search import Wanted
from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.errors import PARAMS_ERROR, ApiError, Fault
from skvorets.dialects.bitrix24.methods.im_notify_get import LAST_ID_STRING, MAX_LIMIT, read_last_id
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import BadValue, to_atom_date
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_notifications import Shown, view_notifications
from skvorets.storage import notifications

SEARCH_TEXT_ERROR = Fault("SEARCH_TEXT_ERROR", "SEARCH_TEXT can't be less then 3 symbols")
# Characters of a text that is the only condition.
MIN_TEXT = 3
_DATES = ("SEARCH_DATE", "SEARCH_DATE_FROM", "SEARCH_DATE_TO")


class Params(Struct, frozen=True):
    """Parameters as documented; a text alone has at least three characters."""

    SEARCH_TEXT: str = ""  # part of the text, in any letter case
    SEARCH_TYPE: str = ""  # MODULE or MODULE|EVENT
    SEARCH_TYPES: tuple[str, ...] = ()
    SEARCH_DATE: str = ""  # of this day, in the portal's time
    SEARCH_DATE_FROM: str = ""  # together with …
    SEARCH_DATE_TO: str = ""  # … this one, both included
    SEARCH_AUTHORS: tuple[int, ...] = ()
    LAST_ID: str | None = None  # the last one of the page before
    LIMIT: int = MAX_LIMIT
    CONVERT_TEXT: bool = False  # text as HTML
    GROUP_TAG: str = ""  # the tag or the group tag


@method(
    "im.notify.history.search",
    scope="im",
    params=Params,
    mode="scan",
    faults={
        "LAST_ID": LAST_ID_STRING,
        "SEARCH_TEXT": SEARCH_TEXT_ERROR,
        **dict.fromkeys(("SEARCH_TYPE", "SEARCH_TYPES", "SEARCH_AUTHORS", "GROUP_TAG", *_DATES), PARAMS_ERROR),
    },
)
async def im_notify_history_search(tx: Tx, call: Call, params: Params) -> dict[str, Any]:
    """Give a page of what was found with its authors; the number of all only on the first page."""
    last_id = read_last_id(params.LAST_ID)
    wanted = _wanted(params, Clock(call.surroundings.config.utc_offset_minutes))
    has_other = wanted.types or wanted.authors or wanted.since is not None
    if not has_other and len(wanted.text) < MIN_TEXT:
        raise ApiError(SEARCH_TEXT_ERROR)
    chat_id = await notifications.chat_id_of(tx, call.caller.person.id)
    if chat_id is None:
        return {"notifications": [], "users": []}
    limit = min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else MAX_LIMIT
    found, total = await notification_search.search(tx, call.caller.person, wanted, last_id=last_id, limit=limit)
    return {
        "chat_id": chat_id,
        **({} if last_id is not None else {"total_results": total}),
        **await view_notifications(tx, found, Shown(chat_id, frame_of(tx, call), params.CONVERT_TEXT)),
    }


def _wanted(params: Params, clock: Clock) -> Wanted:
    types = tuple(one.strip() for one in (params.SEARCH_TYPE, *params.SEARCH_TYPES) if one.strip())
    since, until = _period(params, clock)
    return Wanted(
        text=params.SEARCH_TEXT.strip(),
        types=types,
        authors=params.SEARCH_AUTHORS,
        since=since,
        until=until,
        group_tag=params.GROUP_TAG.strip(),
    )


def _period(params: Params, clock: Clock) -> tuple[int | None, int | None]:
    """Give the first and the last millisecond of the wanted days; None = any. Raises ApiError PARAMS_ERROR."""
    try:
        date, since, until = (to_atom_date(getattr(params, name).strip()) for name in _DATES)
        if date is not None:
            day = clock.local(date).replace(hour=0, minute=0, second=0, microsecond=0)
            first = round(day.timestamp() * 1000)
            return first, first + timedelta(days=1) // timedelta(milliseconds=1) - 1
    except (BadValue, OverflowError):
        raise ApiError(PARAMS_ERROR) from None
    return (since, until) if since is not None and until is not None else (None, None)
