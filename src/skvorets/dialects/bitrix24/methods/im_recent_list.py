"""``im.recent.list``: the caller's conversations in pages.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.list".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core.recents import Wanted, recents_of
from skvorets.dialects.bitrix24.birthdays import load_birthdays
from skvorets.dialects.bitrix24.recent_kinds import form_of, read_date
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_recent import load_recents

# Items of a page. [source: im]
USUAL_LIMIT = 50
MAX_LIMIT = 200
_SECOND_MS = 1000


class Params(Struct, frozen=True):
    """Parameters as documented."""

    SKIP_OPENLINES: bool = False
    SKIP_DIALOG: bool = False
    SKIP_CHAT: bool = False
    ONLY_OPENLINES: bool = False
    LAST_MESSAGE_DATE: str = ""  # date of the last item of the page before; without a time: the beginning of that day
    OFFSET: int = 0
    LIMIT: int = USUAL_LIMIT  # at most 200
    UNREAD_ONLY: bool = False  # only with unread messages or a mark set by hand
    PARSE_TEXT: bool = False  # texts as HTML instead of plain ones
    GET_ORIGINAL_TEXT: bool = False  # texts with their codes


@method("im.recent.list", scope="im", params=Params, mode="read")
async def im_recent_list(tx: Tx, call: Call, params: Params) -> View:
    """Give a page of conversations: pinned ones first, then the newest; from a date on by time alone.

    The first page also tells whose birthday is today.
    """
    until = read_date(call, "LAST_MESSAGE_DATE", params.LAST_MESSAGE_DATE)
    wanted = Wanted(
        lines=not params.SKIP_OPENLINES,
        chats=not (params.SKIP_CHAT or params.ONLY_OPENLINES),
        dialogs=not (params.SKIP_DIALOG or params.ONLY_OPENLINES),
        # Dates on the wire have whole seconds: what was said later in the same second belongs to the page, too.
        said_until=None if until is None else until // _SECOND_MS * _SECOND_MS + _SECOND_MS - 1,
        is_unread_only=params.UNREAD_ONLY,
        ignores_pins=until is not None,
        limit=min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT,
        offset=max(params.OFFSET, 0),
    )
    lines, has_more = await recents_of(tx, call.caller.person, wanted)
    frame = frame_of(tx, call)
    form = form_of(is_original=params.GET_ORIGINAL_TEXT, is_parsed=params.PARSE_TEXT)
    answer: View = {"items": await load_recents(tx, lines, frame, form), "hasMorePages": has_more, "hasMore": has_more}
    if until is None and not wanted.offset:
        answer["birthdayList"] = await load_birthdays(tx, call.caller.person, frame)
    return answer
