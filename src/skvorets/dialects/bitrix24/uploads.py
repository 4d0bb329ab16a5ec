"""``POST /rest/upload.json?token=…``: the second step of ``disk.folder.uploadfile``.

A form with one file, under the name that the first step has told. It is written to the disk as it comes, piece by
piece, and may be as large as ``max_file_bytes``. The token (``core/file_links.py``) names the folder and the person;
nothing else is asked, and his rights are looked at before and after. The answer is that of the method.
Source: docs ``disk.folder.uploadfile``; spec ``bitrix24-transport.md`` §12.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Final

from aiohttp import BodyPartReader, MultipartReader, http_exceptions, web

from skvorets.core import file_links, folders
from skvorets.core.file_links import FileAddresses, Link
from skvorets.core.file_names import clean_name
from skvorets.core.files import Content
from skvorets.dialects.bitrix24 import envelope, errors
from skvorets.dialects.bitrix24.disk import ERRORS, NewFile, add_new_file, lock_of_folder
from skvorets.dialects.bitrix24.envelope import Clock, Timing
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.registry import Surroundings
from skvorets.dialects.bitrix24.replies import CORS
from skvorets.dialects.bitrix24.views import View, frame_for
from skvorets.dialects.bitrix24.views_disk import new_file_view
from skvorets.errors import CoreError, TooLargeError
from skvorets.media.files import Intake
from skvorets.storage import people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

UPLOAD_PATH: Final = "/rest/upload"
UPLOAD_FIELD: Final = "file"
PIECE_BYTES: Final = 256 * 1024
"""Written to the disk at once."""
# Other fields and the boundaries of a form, beside its file, bytes.
_FRAME_BYTES = 64 * 1024
_MAX_PARTS = 100
_MILLISECONDS = 1000
_UNREADABLE = (web.RequestPayloadError, http_exceptions.HttpProcessingError, ConnectionError, ValueError, RuntimeError)

_log = logging.getLogger(__name__)


class Uploads:
    """Takes files that are posted to an address of the first step."""

    def __init__(self, surroundings: Surroundings) -> None:
        """Keep them in the portal."""
        self._surroundings = surroundings
        self._clock = Clock(surroundings.config.utc_offset_minutes)

    @staticmethod
    def is_meant(request: web.BaseRequest) -> bool:
        """Is a file posted?"""
        return request.method == "POST" and request.path in {UPLOAD_PATH, f"{UPLOAD_PATH}.json"}

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request."""
        began, ticks = time.time(), time.perf_counter()
        try:
            view = await self._take(request)
            status, answer = 200, envelope.success(view, self._timing(began, time.perf_counter() - ticks))
        except ApiError as error:
            status, answer = error.fault.status, envelope.failure(error)
        except CoreError as error:
            fault = errors.fault_of(error, ERRORS) or errors.INTERNAL_SERVER_ERROR
            status, answer = fault.status, envelope.failure(ApiError(fault))
        except OSError:
            _log.exception("an uploaded file cannot be kept")
            status, answer = 500, envelope.failure(ApiError(errors.INTERNAL_SERVER_ERROR))
        body, content_type = envelope.encode(answer, "json")
        response = web.Response(body=body, status=status, headers={"Content-Type": content_type, **CORS})
        if "error" in answer:
            response.force_close()  # the rest of what was refused is not waited for
        return response

    async def _take(self, request: web.BaseRequest) -> View:
        config, store = self._surroundings.config, self._surroundings.store
        link = file_links.read(store.portal, request.rel_url.query.get("token", ""), int(time.time() * _MILLISECONDS))
        if link is None or link.purpose not in {file_links.UPLOAD, file_links.UPLOAD_RENAMING}:
            raise ApiError(errors.INVALID_TOKEN, text="The address of the upload is wrong or too old")
        await store.read(_check, link)
        if (request.content_length or 0) > config.max_file_bytes + _FRAME_BYTES:
            raise ApiError(errors.REQUEST_TOO_LARGE)
        try:
            name, content = await self._receive(request)
        except TooLargeError:
            raise ApiError(errors.REQUEST_TOO_LARGE) from None
        new = NewFile(link.target_id, name, content, link.purpose == file_links.UPLOAD_RENAMING)
        return await store.write(lock_of_folder(link.target_id), self._add, link, new)

    async def _receive(self, request: web.BaseRequest) -> tuple[str, Content]:
        """Keep the file of the form; its name and content. Raises ApiError, EmptyNameError, TooLargeError."""
        intake = await asyncio.to_thread(Intake, self._surroundings.blobs, self._surroundings.config.max_file_bytes)
        try:
            part = await _file_part(await _reading(request.multipart()))
            name = clean_name(part.filename or "")
            while True:
                piece = await _piece(part)
                if not piece:
                    break
                await asyncio.to_thread(intake.add, piece)
            return name, await asyncio.to_thread(intake.finish)
        finally:
            await asyncio.to_thread(intake.close)

    async def _add(self, tx: Tx, link: Link, new: NewFile) -> View:
        person = await _person(tx, link)
        file = await add_new_file(tx, person, new)
        config = self._surroundings.config
        addresses = FileAddresses(config.base_url, tx.portal, person.id, tx.now)
        return new_file_view(file, frame_for(config, tx.now), addresses)

    def _timing(self, began: float, duration: float) -> Timing:
        start, finish = (self._clock.atom(int(moment * _MILLISECONDS)) for moment in (began, began + duration))
        return Timing(began, began + duration, duration, duration, start, finish, 0, 0.0)


async def _file_part(form: MultipartReader) -> BodyPartReader:
    """Find the file among the fields; small ones before it are skipped."""
    left = _FRAME_BYTES
    for _ in range(_MAX_PARTS):
        part = await _reading(form.next())
        if part is None:
            break
        if not isinstance(part, BodyPartReader):  # a form within the form
            break
        if part.filename is not None:
            return part
        while skipped := await _reading(part.read_chunk(_FRAME_BYTES)):
            left -= len(skipped)
            if left < 0:
                raise TooLargeError
    raise ApiError(errors.ERROR_ARGUMENT, text=f"Argument '{UPLOAD_FIELD}' is null or empty", argument=UPLOAD_FIELD)


async def _piece(part: BodyPartReader) -> bytes:
    """Read what is worth a way to the disk; empty at the end."""
    piece = bytearray()
    while len(piece) < PIECE_BYTES:
        read = await _reading(part.read_chunk(PIECE_BYTES))
        if not read:
            break
        piece += read
    return bytes(piece)


async def _reading(awaitable: Any) -> Any:
    """Read from the body. Raises ApiError for what is no form, is damaged or breaks off."""
    try:
        return await awaitable
    except (AssertionError, *_UNREADABLE):
        raise ApiError(errors.REQUEST_UNREADABLE) from None


async def _check(tx: Tx, link: Link) -> None:
    await folders.folder_to_fill(tx, await _person(tx, link), link.target_id)


async def _person(tx: Tx, link: Link) -> Person:
    person = await people.find(tx, link.person_id)
    if person is None or not person.active:
        raise ApiError(errors.INVALID_TOKEN, text="The address of the upload is wrong or too old")
    return person
