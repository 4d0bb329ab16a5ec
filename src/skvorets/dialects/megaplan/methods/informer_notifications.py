"""``Informer/notifications``: notices of messages that the caller has not read. Source: spec §9."""

from __future__ import annotations

from skvorets.core import letters
from skvorets.core.mail_text import plain_lines
from skvorets.dialects.megaplan.envelope import moment
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.params import MESSAGE_OFFSET
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage import letters as rows
from skvorets.storage import people
from skvorets.storage.database import Tx
from skvorets.storage.letters import Letter

# Characters of a message that a notice shows. [inferred]
SHOWN_CHARS = 200
# Notices that one answer holds.
MAX_SHOWN = 1000
_KIND = "message"


@method("BumsCommonApiV01/Informer/notifications", mode="scan")
async def informer_notifications(tx: Tx, call: Call) -> dict[str, object]:
    """List notices, the newest first; a message's notice has the message's id. Three queries with the caller's."""
    params = call.params
    group = params.text("Group").strip().lower()
    limit, offset = params.integer("Limit", 0), params.integer("Offset", 0)
    after = params.moment("TimeUpdated")
    if limit > MAX_SHOWN or offset > letters.MAX_LISTED:
        raise ApiError(400, f"Limit must not be larger than {MAX_SHOWN}, Offset not than {letters.MAX_LISTED}")
    if group not in {"", _KIND, f"{_KIND}s"}:
        return {"notifications": []}
    found = await rows.unread(tx, call.person.id, after=after or 0, limit=limit or MAX_SHOWN, offset=offset)
    names = {
        one.id: one.name for one in (await people.find_many(tx, {one.message.author_id for one in found})).values()
    }
    return {"notifications": [_view(call, one, names.get(one.message.author_id, "")) for one in found]}


def _view(call: Call, letter: Letter, author: str) -> dict[str, object]:
    params = letter.message.read_params()
    is_awaited = params.get(letters.WITH_ANSWER) == "Y"
    return {
        "Id": letter.message.id + MESSAGE_OFFSET,
        "Name": f"{_words(call)[is_awaited]}: {author}" if author else _words(call)[is_awaited],
        "Subject": {
            "Id": letter.message.id + MESSAGE_OFFSET,
            "Name": str(params.get(letters.SUBJECT, "")),
            "Type": _KIND,
        },
        "Content": plain_lines(letter.message.text)[:SHOWN_CHARS],
        "TimeCreated": moment(letter.message.created_at, call.services.zone),
    }


def _words(call: Call) -> tuple[str, str]:
    """Say that there is a message, and that an answer to it is wanted."""
    if (call.person.language or call.services.config.language) == "en":
        return "New message", "New message, an answer is wanted"
    return "Новое сообщение", "Новое сообщение, просят ответить"
