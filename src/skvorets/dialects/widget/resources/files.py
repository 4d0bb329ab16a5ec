"""Files of visitors.

POST /widget/api/files?name=&clientId=   the bytes of a file as they are → the message that shows it

A name without characters answers 400 empty_name; a file that is larger than the line's looks tell 413 too_large; one
whose bytes break off 400 broken_off; too many or too much of them 429 too_many. Files are fetched by the addresses that
the message gives: ``/files/…``, signed for their reader and for a limited time (``core/file_links.py``).
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec

from skvorets.core import file_names, folders
from skvorets.core import files as file_rules
from skvorets.core.files import Content
from skvorets.core.lines import relay
from skvorets.core.lines.relay import ClientMessage
from skvorets.dialects.widget.errors import ApiError
from skvorets.dialects.widget.given import ClientId
from skvorets.dialects.widget.registry import Call, route
from skvorets.dialects.widget.resources.messages import show
from skvorets.dialects.widget.shapes import WidgetMessage
from skvorets.dialects.widget.views import max_file_bytes
from skvorets.errors import LineClosedError, TooLargeError
from skvorets.media.files import Intake
from skvorets.storage import chats, messages
from skvorets.storage.database import Tx


class NamedFile(msgspec.Struct, frozen=True, rename="camel"):
    """What a file is to be called, and its message by the visitor's program."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
    client_id: ClientId


@route("POST", "files", given=NamedFile, mode="free", counts="files", streams=True)
async def send_file(call: Call[NamedFile]) -> WidgetMessage:
    """Send a file: written to the disk as it comes, never whole in memory."""
    name, most = file_names.clean_name(call.given.name), max_file_bytes(call.services.config)
    if (call.size or 0) > most:
        raise _too_large(most)
    if call.size:  # before anything is read
        call.services.limits.count("bytes", call.address, call.token, amount=call.size)
    try:
        content = await _receive(call, most)
    except TooLargeError:
        raise _too_large(most) from None
    if call.write is None:
        raise LookupError
    message: WidgetMessage = await call.write(_post, name, content)
    return message


async def _receive(call: Call[NamedFile], most: int) -> Content:
    """Keep what comes. Raises TooLargeError, ApiError when it breaks off or is too much; nothing stays then."""
    if call.pieces is None:
        raise LookupError
    intake = await asyncio.to_thread(Intake, call.services.blobs, most)
    try:
        async for piece in call.pieces:
            if not call.size:
                call.services.limits.count("bytes", call.address, call.token, amount=len(piece))
            await asyncio.to_thread(intake.add, piece)
        return await asyncio.to_thread(intake.finish)
    finally:
        await asyncio.to_thread(intake.close)


async def _post(tx: Tx, call: Call[NamedFile], name: str, content: Content) -> WidgetMessage:
    guest, client_id = call.visitor.guest, call.given.client_id
    known = await messages.find_by_client_id(tx, guest.id, client_id)
    if known is not None:
        return await show(tx, call, known)
    chat = await chats.find(tx, call.client.client_chat_id)
    if chat is None:
        raise LineClosedError
    folder = await folders.folder_of_chat(tx, chat, guest)
    file = await file_rules.add_file(tx, guest, folder, name, content, renames=True)
    new = ClientMessage(text="", client_id=client_id, file_ids=(file.id,))
    return await show(tx, call, await relay.client_writes(tx, call.client, new))


def _too_large(most: int) -> ApiError:
    return ApiError(413, "too_large", f"Files have at most {most} bytes here.")
