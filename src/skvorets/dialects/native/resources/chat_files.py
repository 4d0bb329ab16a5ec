"""Files and links of a chat.

POST /api/chats/{id}/files?name=     the bytes of a file as they are → the file; shown when a message names it
GET  /api/chats/{id}/files?type=&beforeId=&limit=   what messages show: image, video, audio, file; the newest first
GET  /api/chats/{id}/links?beforeId=&limit=         addresses in messages, the newest message first
POST /api/files/{id}/save            a copy among one's saved files

A hidden chat or file answers 404 no_such_chat, no_such_file; a name without characters 400 empty_name; a file that is
larger than the server takes 413 too_large; one whose bytes break off 400 broken_off.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal

import msgspec

from skvorets.core import access, file_names, folders, message_links
from skvorets.core import files as file_rules
from skvorets.core.access import Dialog, Seat
from skvorets.core.files import Content
from skvorets.core.restrictions import require
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, Nothing, lock_of_chat, lock_of_person, route
from skvorets.dialects.native.shapes.messages import FileView
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_files import addresses_for, file_view
from skvorets.dialects.native.views_people import view_people
from skvorets.errors import TooLargeError
from skvorets.media.files import Intake
from skvorets.storage import files
from skvorets.storage.database import Tx
from skvorets.storage.messages import NO_UPPER_ID

_MOST = 100
_Before = Annotated[int, msgspec.Meta(ge=0, le=NO_UPPER_ID)]
_Limit = Annotated[int, msgspec.Meta(ge=1, le=_MOST)]


class Named(msgspec.Struct, frozen=True):
    """What a file is to be called."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]


class FilesWanted(msgspec.Struct, frozen=True, rename="camel"):
    """Which files of a chat are wanted."""

    type: Literal["", "image", "video", "audio", "file"] = ""
    before_id: _Before = 0  # of a file
    limit: _Limit = 50


class LinksWanted(msgspec.Struct, frozen=True, rename="camel"):
    """Which links of a chat are wanted."""

    before_id: _Before = 0  # of a message
    limit: _Limit = 50  # of messages: all links of one stand in the same answer


class OneFile(msgspec.Struct, frozen=True):
    """A file."""

    file: FileView


class FilePage(msgspec.Struct, frozen=True, rename="camel"):
    """Files of a chat."""

    files: list[FileView]  # the newest first
    people: list[PersonView]
    has_more: bool


class LinkView(msgspec.Struct, frozen=True, rename="camel"):
    """An address in a message."""

    message_id: int
    url: str
    title: str  # what is written in its place, or what the page says of itself; may be empty
    created_at: int
    author_id: int


class LinkPage(msgspec.Struct, frozen=True, rename="camel"):
    """Links of a chat."""

    links: list[LinkView]
    people: list[PersonView]
    has_more: bool


@route("POST", "/api/chats/{id}/files", query=Named, mode="free", streams=True)
async def upload_file(call: Call[Named]) -> OneFile:
    """Keep a file: written to the disk as it comes, never whole in memory."""
    store, most = call.services.store, call.services.config.max_file_bytes
    name = file_names.clean_name(call.given.name)
    await store.read(_chat_to_fill, call)
    if (call.sent.size or 0) > most:
        raise _too_large(most)
    try:
        content = await _receive(call, call.sent.pieces)
    except TooLargeError:
        raise _too_large(most) from None
    return await store.write(lock_of_chat(call), _add, call, name, content)


@route("GET", "/api/chats/{id}/files", query=FilesWanted, mode="read")
async def list_files(tx: Tx, call: Call[FilesWanted]) -> FilePage:
    """List the files that messages of a chat show."""
    given, viewer = call.given, viewer_of(tx, call)
    seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))
    found = await files.shown_in(
        tx,
        seat.chat.folder_id,
        first_id=seat.first_id,
        below_id=given.before_id or NO_UPPER_ID,
        kind=given.type,
        limit=given.limit + 1,
    )
    shown, addresses = found[: given.limit], addresses_for(tx, viewer)
    people = await view_people(tx, viewer, {one.author_id for one in shown}) if shown else []
    return FilePage([file_view(one, addresses) for one in shown], people, len(found) > given.limit)


@route("GET", "/api/chats/{id}/links", query=LinksWanted, mode="free")
async def list_links(call: Call[LinksWanted]) -> LinkPage:
    """List the links of a chat, those of the message that was sent a moment ago, too."""
    await call.services.store.read(_chat_to_read, call)
    await call.services.index.catch_up()
    return await call.services.store.scan(_links, call)


@route("POST", "/api/files/{id}/save", lock=lock_of_person)
async def save_file(tx: Tx, call: Call[Nothing]) -> None:
    """Put a copy of a file among one's saved files."""
    await file_rules.save_file(tx, call.person, call.ids["id"])


async def _chat_to_read(tx: Tx, call: Call[LinksWanted]) -> Seat:
    return await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))


async def _links(tx: Tx, call: Call[LinksWanted]) -> LinkPage:
    seat = await _chat_to_read(tx, call)
    found, has_more = await message_links.links_of_chat(tx, seat, call.given.before_id, call.given.limit)
    views = [
        LinkView(one.message.id, one.url, one.title, one.message.created_at, one.message.author_id) for one in found
    ]
    people = await view_people(tx, viewer_of(tx, call), {one.author_id for one in views}) if views else []
    return LinkPage(views, people, has_more)


async def _chat_to_fill(tx: Tx, call: Call[Named]) -> Seat:
    seat = await access.chat_to_read(tx, call.person, Dialog(chat_id=call.ids["id"]))
    require(seat.chat, "send")
    return seat


async def _receive(call: Call[Named], pieces: AsyncIterator[bytes]) -> Content:
    """Keep what comes. Raises TooLargeError, ApiError when it breaks off; nothing stays then."""
    services = call.services
    intake = await asyncio.to_thread(Intake, services.blobs, services.config.max_file_bytes)
    try:
        async for piece in pieces:
            await asyncio.to_thread(intake.add, piece)
        return await asyncio.to_thread(intake.finish)
    finally:
        await asyncio.to_thread(intake.close)


async def _add(tx: Tx, call: Call[Named], name: str, content: Content) -> OneFile:
    seat = await _chat_to_fill(tx, call)
    folder = await folders.folder_of_chat(tx, seat.chat, call.person)
    file = await file_rules.add_file(tx, call.person, folder, name, content, renames=True)
    return OneFile(file_view(file, addresses_for(tx, viewer_of(tx, call))))


def _too_large(most: int) -> ApiError:
    return ApiError(413, "too_large", f"Files have at most {most} bytes here.")
