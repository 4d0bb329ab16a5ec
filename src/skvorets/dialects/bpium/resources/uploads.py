"""``/uploads/{id}``: the place that the bytes of a file are sent to, with a permit instead of a log-in.

A form as Amazon S3 takes it: ``key``, ``Policy``, ``Signature`` and others, the ``file`` last; its name and type are
not looked at. Spec ``bpium-messages.md`` §8.2, 8.3.
"""

from __future__ import annotations

import asyncio
import hmac
from typing import Final

from aiohttp import BodyPartReader, http_exceptions, web

from skvorets.core import record_files
from skvorets.core.files import Content
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.registry import PREFIX, Services, open_route
from skvorets.dialects.bpium.resources.files import UPLOADS
from skvorets.media.files import Intake
from skvorets.storage.database import lock_key

PIECE_BYTES: Final = 256 * 1024
MAX_FIELD_BYTES: Final = 8 * 1024
"""Of one field of the form that is not the file."""
MAX_FIELDS: Final = 30
_FILE = "file"


@open_route("POST", UPLOADS)
async def receive_file(request: web.BaseRequest, services: Services) -> web.StreamResponse:
    """Take the bytes; 204. Raises ApiError, NotAllowedError, TooLargeError."""
    if request.content_type != "multipart/form-data":
        raise ApiError(400, "Send multipart/form-data.")
    fields: dict[str, str] = {}
    try:
        reader = await request.multipart()
        for _ in range(MAX_FIELDS):
            part = await reader.next()
            if not isinstance(part, BodyPartReader):
                break
            if part.name == _FILE:
                key = await _permitted(request, services, fields)
                content = await _take(part, services)
                await services.store.write(lock_key("upload"), record_files.keep_bytes, key, content)
                return web.Response(status=204)
            fields[(part.name or "").lower()] = await _text(part)
    except (ValueError, web.RequestPayloadError, http_exceptions.HttpProcessingError) as error:
        raise ApiError(400, f"This is no such form: {error}") from None
    raise ApiError(400, "The form has no file.")


async def _permitted(request: web.BaseRequest, services: Services, fields: dict[str, str]) -> str:
    """Give the key of the place when the permit is good. Raises ApiError, NotAllowedError."""
    key, policy, signature = (fields.get(name, "") for name in ("key", "policy", "signature"))
    wanted = record_files.signature_of(services.store.portal, key, policy)
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), wanted.encode()):
        raise ApiError(403, "The permit is not good for this.")
    upload = await services.store.read(record_files.upload_to_fill, key)
    if request.path.rstrip("/") != f"{PREFIX}{UPLOADS}/{upload.file_id}":
        raise ApiError(403, "The permit is good for another place.")
    return key


async def _take(part: BodyPartReader, services: Services) -> Content:
    intake = await asyncio.to_thread(Intake, services.blobs, services.config.max_file_bytes)
    try:
        while piece := await part.read_chunk(PIECE_BYTES):
            await asyncio.to_thread(intake.add, piece)
        return await asyncio.to_thread(intake.finish)
    finally:
        await asyncio.to_thread(intake.close)


async def _text(part: BodyPartReader) -> str:
    """Read a short field. Raises ApiError."""
    found = bytearray()
    while piece := await part.read_chunk(MAX_FIELD_BYTES):
        found += piece
        if len(found) > MAX_FIELD_BYTES:
            raise ApiError(400, "A field of the form is too long.")
    return found.decode("utf-8", "replace").replace("\0", "\ufffd")
