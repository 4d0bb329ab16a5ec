"""``…/records/{recordId}/messages``: the conversation about a record.

Source: spec ``bpium-messages.md`` §4; seed "Сообщения (Messages)". Reading one message is an extension.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec

from skvorets.core import catalog_rights, record_chats, record_messages
from skvorets.core.record_messages import NO_LIMIT, Page
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.message_bodies import MessageBody, read_words
from skvorets.dialects.bpium.message_views import view_messages
from skvorets.dialects.bpium.record_paths import lock_of_record, record_of_call
from skvorets.dialects.bpium.registry import Call, Nothing, route
from skvorets.errors import MessageNotFoundError, NoSuchFileError
from skvorets.storage.database import Tx

MESSAGES: Final = "/catalogs/{catalog}/records/{record}/messages"
MAX_LIMIT: Final = 1_000
MAX_OFFSET: Final = 10**9
MAX_ID: Final = 10**18 - 1
READ_AT_ONCE: Final = 200
"""Longer lists are read beside the event loop."""
_NUMBER_DIGITS = 18
NO_SUCH_FILE: Final = (
    "One of the attachments is no file that you have uploaded, or hangs somewhere else; give its address instead."
)


class Wanted(msgspec.Struct, frozen=True, rename="camel"):
    """Which part of the conversation is wanted; everything when nothing is said."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_LIMIT)] | None = None
    offset: Annotated[int, msgspec.Meta(ge=0, le=MAX_OFFSET)] = 0
    sort_type: Annotated[int, msgspec.Meta(ge=-1, le=1)] = 1  # 1: oldest first, -1: newest first
    after_id: Annotated[int, msgspec.Meta(ge=0, le=MAX_ID)] = 0


class _Listed(msgspec.Struct, frozen=True):
    views: list[dict[str, Any]]
    last_unread_id: int  # the caller has now read up to this one; 0 = he had before


@route("GET", MESSAGES, given=Wanted, mode="free")
async def list_messages(call: Call[Wanted]) -> list[dict[str, Any]]:
    """Give the messages, oldest first; the caller has read them then."""
    if call.given.sort_type == 0:
        raise ApiError(400, "sortType is 1 or -1.")
    store = call.services.store
    limit = call.given.limit or NO_LIMIT
    listed = await store.read(_list, call, min(limit, READ_AT_ONCE))
    if limit > READ_AT_ONCE and len(listed.views) == READ_AT_ONCE:
        listed = await store.scan(_list, call, limit)
    if listed.last_unread_id:
        await store.write(lock_of_record(call), _note_read, call, listed.last_unread_id)
    return listed.views


@route("POST", MESSAGES, given=MessageBody, lock=lock_of_record)
async def add_message(tx: Tx, call: Call[MessageBody]) -> dict[str, str]:
    """Write about the record; the new message's id."""
    record = await record_of_call(tx, call)
    words = await read_words(tx, call.given)
    try:
        message = await record_messages.write_about(tx, call.person, record, words)
    except NoSuchFileError:
        raise ApiError(400, NO_SUCH_FILE) from None
    return {"id": str(message.id)}


@route("GET", f"{MESSAGES}/{{message}}", mode="read")
async def get_message(tx: Tx, call: Call[Nothing]) -> dict[str, Any]:
    """Give one message."""
    record = await record_of_call(tx, call)
    _, message = await record_messages.message_about(tx, call.person, record, _message_id(call))
    return (await view_messages(tx, [message], call.services.config))[0]


@route("PATCH", f"{MESSAGES}/{{message}}", given=MessageBody, lock=lock_of_record)
async def change_message(tx: Tx, call: Call[MessageBody]) -> dict[str, str]:
    """Change an own message; what the body leaves out stays."""
    record = await record_of_call(tx, call)
    number = _message_id(call)
    if call.given.is_empty:
        raise ApiError(400, "Say what is to change.")
    words = await read_words(tx, call.given)
    try:
        await record_messages.change_about(tx, call.person, record, number, words)
    except NoSuchFileError:
        raise ApiError(400, NO_SUCH_FILE) from None
    return {"id": str(number)}


@route("DELETE", f"{MESSAGES}/{{message}}", lock=lock_of_record)
async def delete_message(tx: Tx, call: Call[Nothing]) -> dict[str, str]:
    """Empty a message: an own one, or any for who manages the catalog."""
    record = await record_of_call(tx, call)
    is_warden = catalog_rights.reaches(catalog_rights.level_in(call.person, record.catalog_id), "access")
    number = _message_id(call)
    await record_messages.delete_about(tx, call.person, record, number, is_warden=is_warden)
    return {"id": str(number)}


async def _list(tx: Tx, call: Call[Wanted], limit: int) -> _Listed:
    record = await record_of_call(tx, call)
    page = Page(
        above_id=call.given.after_id,
        limit=limit,
        offset=call.given.offset,
        is_newest_first=call.given.sort_type < 0,
    )
    seat, shown = await record_messages.messages_about(tx, call.person, record, page)
    newest = max(shown, key=lambda one: one.id, default=None)
    is_behind = seat is not None and newest is not None and record_chats.is_behind(seat, newest)
    return _Listed(
        await view_messages(tx, shown, call.services.config), newest.id if newest is not None and is_behind else 0
    )


async def _note_read(tx: Tx, call: Call[Wanted], message_id: int) -> None:
    await record_chats.note_read(tx, call.person, await record_of_call(tx, call), message_id)


def _message_id(call: Call[Any]) -> int:
    """Read the message's id from the path. Raises MessageNotFoundError for what can be none."""
    text = call.parts["message"]
    if not (text.isascii() and text.isdecimal() and len(text) <= _NUMBER_DIGITS):
        raise MessageNotFoundError
    return int(text)
