"""``Message/create``: a message to one or several people. Source: seed "Создать сообщение"; spec §7.3."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from skvorets.core import access_pairs, letters
from skvorets.core.letters import AttachedFile, NewLetter
from skvorets.core.markup import MAX_TEXT_CHARS
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.given_files import GivenFile, read_files
from skvorets.dialects.megaplan.params import Params
from skvorets.dialects.megaplan.registry import Call, Services, method
from skvorets.dialects.megaplan.views import view_letters
from skvorets.errors import MessageNotFoundError, WrongSecretError
from skvorets.media.files import keep
from skvorets.storage.database import Tx, lock_key

MAX_SUBJECT = 255
# Of all letters to several people: their chat is looked for and made by one at a time.
_GROUP_KEY = lock_key("letters to several")
_MINUTE_MS = 60_000
# How long requests are remembered when the clock is not checked, milliseconds.
_DAY_MS = 24 * 3600 * 1000


@method("BumsCommonApiV01/Message/create", mode="free")
async def message_create(call: Call) -> dict[str, object]:
    """Send the message and give it. All is checked before anything is stored."""
    new = read_letter(call.params)
    given = read_files(call.params, call.services.config.max_file_bytes)
    if given and call.verb != "POST":
        raise ApiError(400, "Model[Attaches] must be sent by POST")
    if not new.text.strip() and not given:
        raise ApiError(400, "Model[Content] is required")
    kept = await asyncio.to_thread(_keep, call.services, given) if given else []
    store = call.services.store
    return {"message": await store.write(_GROUP_KEY, _send, call, new, kept)}


def read_letter(params: Params) -> NewLetter:
    """Read the message without its files. Raises ApiError."""
    model = params.model()
    text, subject = model.text("Content", "Model[Content]"), model.text("Subject", "Model[Subject]").strip()
    if len(text.strip()) > MAX_TEXT_CHARS:
        raise ApiError(400, f"Model[Content] is longer than {MAX_TEXT_CHARS} characters")
    if len(subject) > MAX_SUBJECT:
        raise ApiError(400, f"Model[Subject] is longer than {MAX_SUBJECT} characters")
    reply_to = params.message_id("Reply") if params.integer("Reply", 0) else 0
    if params.integer("Reply", 0) and not reply_to:
        raise MessageNotFoundError
    recipient_ids = model.person_ids("To", "Model[To]")
    if not recipient_ids and not reply_to:
        raise ApiError(400, "Model[To] is required")
    return NewLetter(
        text=text,
        subject=" ".join(subject.split()) or None,
        recipient_ids=recipient_ids,
        reply_to=reply_to,
        wants_answer=params.flag("WithAnswer"),
    )


def _keep(services: Services, given: Sequence[GivenFile]) -> list[AttachedFile]:
    return [AttachedFile(one.name, keep(services.blobs, one.data)) for one in given]


async def _send(tx: Tx, call: Call, new: NewLetter, kept: Sequence[AttachedFile]) -> dict[str, object]:
    complete = msgspec.structs.replace(new, files=kept)
    message = await letters.send_letter(tx, call.person, complete)
    # Last, so that what is refused has written nothing.
    minutes = call.services.config.megaplan_clock_minutes
    try:
        await access_pairs.spend_signature(tx, call.replay_key, 2 * minutes * _MINUTE_MS or _DAY_MS)
    except WrongSecretError:
        raise ApiError(401, "This very request was made before") from None
    letter = await letters.letter_to_read(tx, call.person, message.id)
    return (await view_letters(tx, call, [letter], "outgoing"))[0]
