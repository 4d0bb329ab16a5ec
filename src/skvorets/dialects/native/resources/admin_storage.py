"""``/api/admin/storage``: how much is stored.

GET    /api/admin/storage               sizes and numbers
POST   /api/admin/storage/survey        counts the folder of files anew, in the background
POST   /api/admin/storage/clear         removes the blobs that nothing names, older than a day
GET    /api/admin/files                 the largest files
DELETE /api/admin/files/{id}            removes a file for everybody; its bytes go with the next clearing, a day later

A page view reads the ends of indexes and the small tables; the folder of files is walked only when that is asked for
(``media/survey.py``), and the last result is shown with its time.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core import message_files
from skvorets.dialects.native.administration import Survey, note, parts_of
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage import chats, people, statistics
from skvorets.storage.database import DIRECTORY_KEY, Tx

_MOST_FILES = 100


class Stored(msgspec.Struct, frozen=True, rename="camel"):
    """How much there is. Sizes in bytes, times in unix milliseconds."""

    engine: str  # sqlite, postgres
    database_bytes: int
    database_free_bytes: int  # of it empty pages, which are used again
    messages: int  # ever written
    chats: int
    people: int  # active ones
    bots: int
    log_rows: int  # of the event log
    log_oldest_at: int  # 0 = it is empty
    log_kept_days: int
    waiting: int  # events and letters that wait for delivery
    dead: int  # that were given up
    survey: Survey | None  # None = the folder of files was not counted yet
    is_counting: bool


class Cleared(msgspec.Struct, frozen=True):
    """What was removed."""

    count: int
    bytes: int


class HowMany(msgspec.Struct, frozen=True):
    """How many files."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST_FILES)] = 20


class LargeFile(msgspec.Struct, frozen=True, rename="camel"):
    """A large file."""

    id: int
    name: str
    size: int
    media_type: str
    created_at: int
    author_id: int
    author_name: str
    chat_id: int  # 0 = of a person's own folders
    chat_title: str  # empty for dialogs of two, which are nobody else's business


@route("GET", "/api/admin/storage", mode="scan", is_for_admins=True)
async def get_stored(tx: Tx, call: Call[Nothing]) -> Stored:
    """Show sizes and numbers: seven statements, none of which walks a large table."""
    survey = parts_of(call.services).survey
    size, numbers, log = (
        await statistics.database_size(tx),
        await statistics.numbers(tx),
        await statistics.log_span(tx),
    )
    waiting = await statistics.deliveries(tx)
    return Stored(
        engine="postgres" if tx.is_postgres else "sqlite",
        database_bytes=size.whole,
        database_free_bytes=size.free,
        messages=numbers.messages,
        chats=numbers.chats,
        people=numbers.people,
        bots=numbers.bots,
        log_rows=log.rows,
        log_oldest_at=log.oldest_at,
        log_kept_days=call.services.config.keep_events_days,
        waiting=waiting.get("waiting", 0) + waiting.get("sending", 0),
        dead=waiting.get("dead", 0),
        survey=None if survey.latest is None else msgspec.convert(survey.latest, Survey, from_attributes=True),
        is_counting=survey.is_counting,
    )


@route("POST", "/api/admin/storage/survey", mode="free", is_for_admins=True)
async def begin_survey(call: Call[Nothing]) -> None:
    """Count the folder of files anew; nothing happens while that is under way."""
    parts_of(call.services).survey.begin()


@route("POST", "/api/admin/storage/clear", mode="free", is_for_admins=True)
async def clear_blobs(call: Call[Nothing]) -> Cleared:
    """Remove the blobs that nothing names. It is written down before: what follows cannot be undone."""
    await call.services.store.write(DIRECTORY_KEY, _note_clearing, call)
    return msgspec.convert(await parts_of(call.services).survey.clear(), Cleared, from_attributes=True)


@route("GET", "/api/admin/files", query=HowMany, mode="scan", is_for_admins=True)
async def list_largest_files(tx: Tx, call: Call[HowMany]) -> list[LargeFile]:
    """List the largest files: three statements."""
    found = await statistics.largest_files(tx, call.given.limit)
    authors = await people.find_many(tx, {one.author_id for one in found})
    places = await chats.find_many(tx, {one.chat_id for one in found if one.chat_id})
    return [
        LargeFile(
            id=one.id,
            name=one.name,
            size=one.size,
            media_type=one.media_type,
            created_at=one.created_at,
            author_id=one.author_id,
            author_name=authors[one.author_id].name if one.author_id in authors else "",
            chat_id=one.chat_id,
            chat_title=places[one.chat_id].title if one.chat_id in places else "",
        )
        for one in found
    ]


@route("DELETE", "/api/admin/files/{id}", is_for_admins=True)
async def remove_file(tx: Tx, call: Call[Nothing]) -> None:
    """Remove a file for everybody."""
    file = await message_files.take_down(tx, call.person, call.ids["id"])
    details = {"name": file.name, "size": file.size, "author": file.author_id, "chat": file.chat_id}
    await note(tx, call, "file.removed", "file", file.id, **details)


async def _note_clearing(tx: Tx, call: Call[Nothing]) -> None:
    await note(tx, call, "blobs.removed", "", 0)
