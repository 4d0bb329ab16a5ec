"""Attachments of messages: their addresses, and the bytes behind them.

The address tells a file by a number that means nothing without a signature: who may fetch it is asked each time.
Source: spec ``megaplan-messages.md`` §8.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote

from aiohttp import web

from skvorets.core import letters
from skvorets.dialects.megaplan.envelope import moment
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.registry import Services
from skvorets.errors import MessageNotFoundError, NoSuchFileError
from skvorets.storage import files
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.letters import Letter
from skvorets.storage.people import Person

PIECE_BYTES: Final = 256 * 1024
"""Read from the disk and sent at once."""
_PATH = re.compile(r"/apiattach/([1-9][0-9]{0,17})(?:/[^/]*)?/?")
_KILOBYTE = 1024


async def attaches_of(tx: Tx, found: Sequence[Letter], services: Services) -> dict[int, list[dict[str, object]]]:
    """Give what messages show of their files, by message: one query, none when no message has files."""
    shown = {one.message.id: _file_ids(one) for one in found if one.message.params and "FILE_ID" in one.message.params}
    wanted = {file_id for ids in shown.values() for file_id in ids}
    known = await files.find_many(tx, wanted) if wanted else {}
    return {
        message_id: [
            _view(known[one], services)
            for one in ids
            if one in known and known[one].message_id == message_id and not known[one].deleted_at
        ]
        for message_id, ids in shown.items()
    }


def url_of(file: File) -> str:
    """Give the address of a file, relative to the host."""
    return f"/apiattach/{file.id}/{quote(file.name, safe='')}"


def file_of_url(path: str) -> int:
    """Give the file that an address tells. Raises ApiError."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise ApiError(404, "File not found")
    return int(match[1])


async def serve_file(request: web.BaseRequest, services: Services, person: Person, file_id: int) -> web.StreamResponse:
    """Send a file of a message that the person has written or got. Raises NoSuchFileError, NotAllowedError."""
    file = await services.store.read(_file_to_fetch, person, file_id)
    try:
        blob = await asyncio.to_thread(services.blobs.open, file.digest)
    except FileNotFoundError:
        raise NoSuchFileError from None
    try:
        response = web.StreamResponse(headers=_headers(file))
        response.content_length = file.size
        await response.prepare(request)
        while request.method != "HEAD" and (piece := await asyncio.to_thread(blob.read, PIECE_BYTES)):
            await response.write(piece)
        await response.write_eof()
        return response
    finally:
        blob.close()


async def _file_to_fetch(tx: Tx, person: Person, file_id: int) -> File:
    file = await files.find(tx, file_id)
    if file is None or file.is_folder or not file.message_id:
        raise NoSuchFileError
    try:
        await letters.letter_to_read(tx, person, file.message_id)
    except MessageNotFoundError:
        raise NoSuchFileError from None
    return file


def _headers(file: File) -> dict[str, str]:
    plain = "".join(one if one.isascii() and one.isprintable() and one not in '"\\%' else "_" for one in file.name)
    return {
        "Content-Type": file.media_type,
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }


def _view(file: File, services: Services) -> dict[str, object]:
    return {
        "Name": file.name,
        "Url": url_of(file),
        "FileName": str(file.id),
        "TimeCreated": moment(file.created_at, services.zone),
        "Size": -(-file.size // _KILOBYTE),
    }


def _file_ids(letter: Letter) -> list[int]:
    ids: Iterable[object] = letter.message.read_params().get("FILE_ID", [])
    return [one for one in ids if isinstance(one, int)] if isinstance(ids, list) else []
