"""``im.dialog.messages.search``: messages of one chat by their words, in any form, and by date.

Source: docs ``im.dialog.messages.search`` (the seed has no page of it).
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import access, message_search
from skvorets.core.access import Dialog
from skvorets.core.message_search import Question
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.recent_kinds import read_date
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_found import view_found
from skvorets.errors import NotFoundError
from skvorets.storage.message_search import NEVER

# The texts are those of this method. [docs]
CHAT_ID_EMPTY = Fault("CHAT_ID_EMPTY", "CHAT_ID can`t be empty")
NO_ACCESS = Fault("ACCESS_ERROR", "You do not have access to this chat", 403)

# Messages of an answer. [docs]
USUAL_LIMIT = 50
MAX_LIMIT = 200
# COMPAT(bitrix24): a shorter text is no condition at all: whatever was said then is given. [docs]
MIN_CHARS = 3
_SECOND_MS = 1000
_DAY_MS = 24 * 3600 * _SECOND_MS


class Params(Struct, frozen=True):
    """Parameters as documented."""

    CHAT_ID: int  # required: number of a chat, also of a private dialog
    SEARCH_MESSAGE: str = ""  # words, all of which must stand in the message, in any form
    DATE_FROM: str = ""  # ISO 8601: written then or later
    DATE_TO: str = ""  # ISO 8601: written then or before, to the second
    DATE: str = ""  # ISO 8601: written within a day from then on
    ORDER: Structure | None = None  # {"ID": "ASC" | "DESC"}
    LIMIT: int = USUAL_LIMIT  # at most 200
    LAST_ID: int = 0  # go on behind this message


@method(
    "im.dialog.messages.search",
    scope="im",
    params=Params,
    mode="free",
    errors={NotFoundError: NO_ACCESS},
    faults={"CHAT_ID": CHAT_ID_EMPTY},
)
async def im_dialog_messages_search(call: Call, params: Params) -> View:
    """Give what was found with everything that it names."""
    if params.CHAT_ID <= 0:
        raise ApiError(CHAT_ID_EMPTY)
    question = _question_of(call, params)
    if question.text is not None:  # whoever has just written something finds it
        await call.surroundings.index.catch_up()
    return await call.surroundings.store.scan(_search, call, params.CHAT_ID, question)


async def _search(tx: Tx, call: Call, chat_id: int, question: Question) -> View:
    seat = await access.chat_to_read(tx, call.caller.person, Dialog(chat_id=chat_id))
    found = await message_search.search_chat(tx, seat, question)
    return await view_found(tx, found, seat, frame_of(tx, call))


def _question_of(call: Call, params: Params) -> Question:
    text = params.SEARCH_MESSAGE.strip()
    since, until = read_date(call, "DATE_FROM", params.DATE_FROM), read_date(call, "DATE_TO", params.DATE_TO)
    begin, end = since or 0, NEVER if until is None else until + _SECOND_MS
    if (day := read_date(call, "DATE", params.DATE)) is not None:
        begin, end = max(begin, day), min(end, day + _DAY_MS)
    return Question(
        text=text if len(text) >= MIN_CHARS else None,
        limit=min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT,
        since=begin,
        until=end,
        last_id=max(0, params.LAST_ID),
        is_newest_first=not _is_ascending(params.ORDER),
    )


def _is_ascending(order: Structure | None) -> bool:
    given = order.value if order is not None else None
    direction = given.get("ID", given.get("id")) if isinstance(given, dict) else None
    return isinstance(direction, str) and direction.strip().upper() == "ASC"
