"""``Message/create``: a message to one or several people. Source: seed "Создать сообщение"; spec §7.3."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

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


async def prepare(params: Params, services: Services, verb: str, check: Callable[[], Awaitable[object]]) -> NewLetter:
    """Read the message and keep its files. Raises ApiError."""
    new = read_letter(params)
    given = read_files(params, services.config.max_file_bytes)
    if given and verb != "POST":
        raise ApiError(400, "Model[Attaches] must be sent by POST")
    if not new.text.strip() and not given:
        raise ApiError(400, "Model[Content] is required")
    if not given:
        return new
    await check()
    return msgspec.structs.replace(new, files=await asyncio.to_thread(_keep, services, given))


def lock_of(new: NewLetter) -> int:
    """Give the key of the unit of work."""
    return _GROUP_KEY if len(new.recipient_ids) > 1 else 0


@method("BumsCommonApiV01/Message/create", mode="write", prepare=prepare, lock=lock_of)
async def message_create(tx: Tx, call: Call) -> dict[str, object]:
    """Send the message and give it. All is checked before anything is stored."""
    new: NewLetter = call.prepared
    letter = await letters.send_letter(tx, call.person, new)
    # Last, so that what is refused has written nothing.
    minutes = call.services.config.megaplan_clock_minutes
    try:
        await access_pairs.spend_signature(tx, call.replay_key, 2 * minutes * _MINUTE_MS or _DAY_MS)
    except WrongSecretError:
        raise ApiError(401, "This very request was made before") from None
    return {"message": (await view_letters(tx, call, [letter], "outgoing"))[0]}


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
