"""``im.dialog.messages.get``: messages of a dialog, the newest, older or newer ones.

Source: spec ``bitrix24-im.md`` §7.1, §4.4; seed "im.dialog.messages.get".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core import access
from skvorets.core.access import Seat
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.markup_html import to_html
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, dialog_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import to_int
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_messages import MessagePage, view_messages
from skvorets.errors import ChatNotFoundError
from skvorets.storage import messages
from skvorets.storage.messages import NO_UPPER_ID, Message

FIRST_ID_STRING = Fault("FIRST_ID_STRING", "First ID can't be string")
LAST_ID_STRING = Fault("LAST_ID_STRING", "Last ID can't be string")

# Messages of an answer. [seed] [docs]
USUAL_LIMIT = 20
MAX_LIMIT = 50
# Unread messages that an answer is extended by at most. Undocumented: after a year's absence a page stays a page.
MAX_EXTENSION = 500


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: str | None = None  # required: chatN or the id of a person …
    CHAT_ID: int | None = None  # … or the number of a chat here
    LAST_ID: str = ""  # number: messages with smaller ids, newest first
    FIRST_ID: str = ""  # number: messages with larger ids, oldest first; 0 = from the beginning; wins over LAST_ID
    LIMIT: int = USUAL_LIMIT  # at most 50
    CONVERT_TEXT: bool = False  # texts as HTML instead of codes


class _Range(Struct, frozen=True):
    """What part of the history is wanted; None = not given."""

    below_id: int | None
    above_id: int | None
    limit: int


@method(
    "im.dialog.messages.get",
    scope="im",
    params=Params,
    mode="read",
    faults={**CHAT_FAULTS, "LAST_ID": LAST_ID_STRING, "FIRST_ID": FIRST_ID_STRING},
)
async def im_dialog_messages_get(tx: Tx, call: Call, params: Params) -> View:
    """Give the messages with the people and files that they name."""
    dialog = dialog_of(params)
    if dialog is None:
        raise ApiError(DIALOG_ID_EMPTY)
    wanted = _Range(
        below_id=_number(params.LAST_ID, LAST_ID_STRING) or None,
        above_id=_number(params.FIRST_ID, FIRST_ID_STRING),
        limit=min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT,
    )
    try:
        seat = await access.chat_to_read(tx, call.caller.person, dialog)
    except ChatNotFoundError:
        if not dialog.person_id:
            raise
        return _answer(0, MessagePage([], [], []))  # two people who have not written to each other yet
    frame = frame_of(tx, call)
    page = await view_messages(tx, await _messages_of(tx, seat, wanted), seat, frame)
    if params.CONVERT_TEXT:
        for view in page.messages:
            view["text"] = to_html(view["text"], frame.clock)
    return _answer(seat.chat.id, page)


async def _messages_of(tx: Tx, seat: Seat, wanted: _Range) -> list[Message]:
    if wanted.above_id is not None:
        above = max(wanted.above_id, seat.first_id - 1)
        return await messages.newer(tx, seat.chat.id, above_id=above, limit=wanted.limit)
    found = await messages.older(
        tx, seat.chat.id, first_id=seat.first_id, below_id=wanted.below_id or NO_UPPER_ID, limit=wanted.limit
    )
    if wanted.below_id is None and len(found) == wanted.limit:
        found += await _unread_before(tx, seat, found[-1].id)
    return found


async def _unread_before(tx: Tx, seat: Seat, oldest_id: int) -> list[Message]:
    """Give what lies between the page and the last message that was read, that one included."""
    if seat.member is None or oldest_id <= seat.member.read_id:
        return []
    first_id = max(seat.first_id, seat.member.read_id)
    return await messages.older(tx, seat.chat.id, first_id=first_id, below_id=oldest_id, limit=MAX_EXTENSION)


def _number(text: str, fault: Fault) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.removeprefix("-").isdecimal():
        raise ApiError(fault)
    return max(0, to_int(text))


def _answer(chat_id: int, page: MessagePage) -> dict[str, Any]:
    return {"chat_id": chat_id, "messages": page.messages, "users": page.users, "files": page.files}
