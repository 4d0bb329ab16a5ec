"""The doors ``/files/download/``, ``/files/show/`` and ``/files/preview/``: files of messages and folders.

    GET /files/download/TOKEN/NAME   to be saved
    GET /files/show/TOKEN/NAME       to be looked at: pictures, sound and films; everything else as download
    GET /files/preview/TOKEN/NAME    a smaller copy of a picture

The token (``core/file_links.py``) names file and person; no session is needed, and none is looked at. Whether the
person may read the file is asked anew each time: who has left the chat gets 404 like everybody else. Downloads can go
on where they broke off. See delivery-and-security in docs, "OWASP ASVS 5.0" (files).
"""

from __future__ import annotations

import asyncio
import logging
from typing import BinaryIO, Final
from urllib.parse import quote

from aiohttp import web

from skvorets.core import file_links, files
from skvorets.dialects.native.ranges import Part, Subject, part_wanted
from skvorets.dialects.native.served_bytes import headers_with, not_found, wrong_verb
from skvorets.errors import NoSuchFileError, WrongImageError
from skvorets.media.previews import Previews
from skvorets.storage import people
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import Store, Tx
from skvorets.storage.files import File

PREVIEW_PX: Final = 640
"""Width and height that a smaller copy fits into. [docs] (``links.preview`` of im.disk.file.commit)"""
PIECE_BYTES: Final = 256 * 1024
"""Read from the disk and sent at once."""
# Of other types a browser could make more than a picture, a sound or a film.
INLINE_TYPES: Final = frozenset(
    {
        *("image/png", "image/jpeg", "image/gif", "image/webp"),
        *("audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/wav", "audio/flac"),
        *("video/mp4", "video/webm", "video/quicktime"),
    }
)
_FORMS = frozenset({"download", "show", "preview"})
_MILLISECONDS = 1000
# Only the reader's own browser keeps it, and asks each time whether it may still be shown.
_HEADERS = headers_with("private, no-cache")

_log = logging.getLogger(__name__)


class FileDownloads:
    """Serves files by signed addresses."""

    def __init__(self, store: Store, blobs: BlobStore, previews: Previews) -> None:
        """Serve from this store."""
        self._store = store
        self._blobs = blobs
        self._previews = previews

    @staticmethod
    def is_meant(request: web.BaseRequest) -> bool:
        """Does the address name one of these doors?"""
        return _parts(request.path)[0] in _FORMS

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request: 200, 206, 304, 404, 405 or 416."""
        if request.method not in {"GET", "HEAD"}:
            return wrong_verb()
        form, token = _parts(request.path)
        try:
            file = await self._store.read(_file_of, token)
            if form == "preview":
                return await self._preview(request, file)
            return await self._file(request, file, is_inline=form == "show")
        except (NoSuchFileError, WrongImageError):
            return not_found()
        except FileNotFoundError:
            _log.error("a file's bytes are not in the blob store")
            return not_found()

    async def _preview(self, request: web.BaseRequest, file: File) -> web.Response:
        if not file.width:
            raise NoSuchFileError
        picture = await self._previews.get(file.digest, PREVIEW_PX, PREVIEW_PX)
        subject = Subject(len(picture.data), f'"{file.digest}-{PREVIEW_PX}"', file.created_at // _MILLISECONDS)
        part = part_wanted(request.headers, subject)
        headers = {**_head(subject, part), "Content-Disposition": _disposition("inline", file.name)}
        if part.length == 0:
            return web.Response(status=part.status, headers=headers)
        body = picture.data[part.start : part.start + part.length]
        return web.Response(body=body, status=part.status, headers={**headers, "Content-Type": picture.media_type})

    async def _file(self, request: web.BaseRequest, file: File, *, is_inline: bool) -> web.StreamResponse:
        subject = Subject(file.size, f'"{file.digest}"', file.created_at // _MILLISECONDS)
        part = part_wanted(request.headers, subject)
        shown = is_inline and file.media_type in INLINE_TYPES
        headers = {
            **_head(subject, part),
            "Content-Type": file.media_type,
            "Content-Disposition": _disposition("inline" if shown else "attachment", file.name),
        }
        blob = await asyncio.to_thread(self._blobs.open, file.digest)
        try:
            return await _send(request, part, headers, blob)
        finally:
            blob.close()


async def _send(request: web.BaseRequest, part: Part, headers: dict[str, str], blob: BinaryIO) -> web.StreamResponse:
    """Stream a part piece by piece: a large file never lies in memory, a slow reader holds nobody up."""
    if part.length == 0:
        return web.Response(status=part.status, headers=headers)
    response = web.StreamResponse(status=part.status, headers=headers)
    response.content_length = part.length
    await response.prepare(request)
    if request.method == "HEAD":
        return response
    left = part.length
    await asyncio.to_thread(blob.seek, part.start)
    while left and (piece := await asyncio.to_thread(blob.read, min(left, PIECE_BYTES))):
        await response.write(piece)
        left -= len(piece)
    await response.write_eof()
    return response


async def _file_of(tx: Tx, token: str) -> File:
    """Give the file that a token names if its person may read it now. Raises NoSuchFileError."""
    link = file_links.read(tx.portal, token, tx.now)
    if link is None or link.purpose != file_links.READ:
        raise NoSuchFileError
    person = await people.find(tx, link.person_id)
    if person is None or not person.active:
        raise NoSuchFileError
    return await files.file_to_read(tx, person, link.target_id)


def _parts(path: str) -> tuple[str, str]:
    """Cut ``/files/FORM/TOKEN/NAME``; the name is for people."""
    _, _, form, token, *_ = [*path.split("/", 4), "", "", "", ""]
    return form, token


def _head(subject: Subject, part: Part) -> dict[str, str]:
    headers = {**_HEADERS, "ETag": subject.etag, "Last-Modified": subject.last_modified, "Accept-Ranges": "bytes"}
    content_range = part.content_range(subject)
    return {**headers, "Content-Range": content_range} if content_range else headers


def _disposition(kind: str, name: str) -> str:
    """Write the name twice: in ASCII for old clients, in UTF-8 (RFC 5987, RFC 6266) for all others."""
    plain = "".join(one if one.isascii() and one.isprintable() and one not in '"\\%' else "_" for one in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
