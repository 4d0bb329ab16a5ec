"""The message object. Source: spec ``megaplan-messages.md`` §7.1; the first six keys are the vendor's page's."""

from __future__ import annotations

from collections.abc import Sequence

from skvorets.core import letters
from skvorets.core.mail_text import plain_lines
from skvorets.dialects.megaplan.attachments import attaches_of
from skvorets.dialects.megaplan.envelope import moment
from skvorets.dialects.megaplan.params import MESSAGE_OFFSET
from skvorets.dialects.megaplan.registry import Call
from skvorets.storage import letters as rows
from skvorets.storage import people
from skvorets.storage.database import Tx
from skvorets.storage.letters import SEVERAL, Folder, Letter

Named = dict[str, object]


async def view_letters(tx: Tx, call: Call, found: Sequence[Letter], folder: str = "") -> list[dict[str, object]]:
    """Show letters: three queries at most, however many there are.

    ``folder``: the one that is listed; letters of "all" and single ones tell in which they lie.
    """
    several = [one.message.id for one in found if one.to_id == SEVERAL]
    recipients = await rows.recipients_of(tx, several) if several else {}
    to = {one.message.id: recipients.get(one.message.id, []) if one.to_id == SEVERAL else [one.to_id] for one in found}
    ids = {one.message.author_id for one in found}.union(*to.values())
    known = await people.find_many(tx, ids)
    named: dict[int, Named] = {one: {"Id": one, "Name": known[one].name if one in known else ""} for one in ids}
    attaches = await attaches_of(tx, found, call.services)
    lies_in = "" if folder == "all" else folder
    return [
        _view(
            call,
            one,
            lies_in or letters.folder_of(call.person, one),
            [named[person_id] for person_id in to[one.message.id]],
            named[one.message.author_id],
            attaches.get(one.message.id, []),
        )
        for one in found
    ]


def _view(
    call: Call,
    letter: Letter,
    folder: Folder | str,
    to: list[Named],
    author: Named,
    attaches: list[dict[str, object]],
) -> dict[str, object]:
    message, zone = letter.message, call.services.zone
    params = message.read_params()
    written, changed = message.created_at, letters.changed_at(call.person, letter)
    time_created = moment(written, zone)
    reply = params.get("REPLY_ID") or params.get(letters.REPLY_ELSEWHERE)
    return {
        "Id": message.id + MESSAGE_OFFSET,
        "Subject": str(params.get(letters.SUBJECT, "")),
        "Content": plain_lines(message.text),
        "Folder": folder,
        "TimeCreated": time_created,
        "To": to,
        "Author": author,
        "TimeUpdated": time_created if changed == written else moment(changed, zone),
        "Attaches": attaches,
        "IsUnread": folder != "outgoing" and letters.is_unread(call.person, letter),
        "IsFavorite": letter.favorite_at > 0,
        "WithAnswer": params.get(letters.WITH_ANSWER) == "Y",
        "Reply": int(reply) + MESSAGE_OFFSET if isinstance(reply, int) else None,
    }
