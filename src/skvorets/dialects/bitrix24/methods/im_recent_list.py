"""``im.recent.list``: the caller's conversations in pages.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.list".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core.recents import Window, recents_of
from skvorets.dialects.bitrix24.recent_kinds import Kinds, read_date
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_recent import load_recents
from skvorets.storage.chats import Chat
from skvorets.storage.members import Member

# Items of a page. [source: im]
USUAL_LIMIT = 50
MAX_LIMIT = 200
_SECOND_MS = 1000


class Params(Struct, frozen=True):
    """Parameters as documented."""

    SKIP_OPENLINES: bool = False
    SKIP_DIALOG: bool = False
    SKIP_CHAT: bool = False
    LAST_MESSAGE_DATE: str = ""  # date of the last item of the page before; without a time: the beginning of that day
    OFFSET: int = 0
    LIMIT: int = USUAL_LIMIT
    UNREAD_ONLY: bool = False
    GET_ORIGINAL_TEXT: bool = False  # texts with their codes


@method("im.recent.list", scope="im", params=Params, mode="read")
async def im_recent_list(tx: Tx, call: Call, params: Params) -> View:
    """Give a page of conversations: pinned ones first, then the newest; from a date on by time alone."""
    kinds = Kinds(lines=not params.SKIP_OPENLINES, chats=not params.SKIP_CHAT, dialogs=not params.SKIP_DIALOG)
    until = read_date("LAST_MESSAGE_DATE", params.LAST_MESSAGE_DATE)

    def is_wanted(chat: Chat, _: Member) -> bool:
        # Dates on the wire have whole seconds: what was said later in the same second belongs to the page, too.
        said_at = chat.last_message_at or chat.created_at
        return kinds.include(chat) and (until is None or said_at // _SECOND_MS <= until // _SECOND_MS)

    window = Window(
        wanted=is_wanted,
        limit=min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT,
        offset=max(params.OFFSET, 0),
        is_unread_only=params.UNREAD_ONLY,
        ignores_pins=until is not None,
    )
    lines, has_more = await recents_of(tx, call.caller.person, window)
    items = await load_recents(tx, lines, frame_of(tx, call), is_raw=params.GET_ORIGINAL_TEXT)
    return {"items": items, "hasMorePages": has_more, "hasMore": has_more}
