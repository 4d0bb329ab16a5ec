"""``/files``: three steps of an upload, and reading. Spec ``bpium-messages.md`` §8.

POST /files ─► address and permit ─► POST the bytes there ─► PATCH /files/{id} ─► the id may be used
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, Final

import msgspec

from skvorets.core import files, record_files
from skvorets.core.file_links import FileAddresses
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.file_views import file_view
from skvorets.dialects.bpium.moments import moment
from skvorets.dialects.bpium.registry import PREFIX, Call, Nothing, Redirect, lock_of_directory, route
from skvorets.errors import NoSuchFileError
from skvorets.storage.database import Tx

UPLOADS: Final = "/uploads"
"""Below it lie the places that bytes are sent to."""
ACL: Final = "private"
ACCESS_KEY_ID: Final = "skvorets"
_REMOTE = "remoteStorage"
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class NewFile(msgspec.Struct, frozen=True, rename="camel"):
    """Body of the first step; where the file shall go is told by whatever names its id later."""

    name: Name
    type_storage: str = _REMOTE
    size: int | None = None


class FileDone(msgspec.Struct, frozen=True, rename="camel"):
    """Body of the last step."""

    url: str
    name: Name | None = None


@route("POST", "/files", given=NewFile)
async def announce_file(tx: Tx, call: Call[NewFile]) -> dict[str, Any]:
    """Begin an upload: where to send the bytes, with which permit."""
    config = call.services.config
    if call.given.type_storage != _REMOTE:
        raise ApiError(400, f"typeStorage is {_REMOTE}.")
    if (call.given.size or 0) > config.max_file_bytes:
        raise ApiError(413, f"At most {config.max_file_bytes} bytes.")
    upload = await record_files.announce(tx, call.person, call.given.name)
    ends = moment(upload.created_at + record_files.PERMIT_MS)
    policy = base64.b64encode(msgspec.json.encode({"expiration": ends, "key": upload.upload_key})).decode()
    place = f"{config.base_url}{PREFIX}{UPLOADS}/{upload.file_id}"
    return {
        "fileId": upload.file_id,
        "uploadUrl": place,
        "redirect": "",
        "acl": ACL,
        "fileKey": upload.upload_key,
        "AWSAccessKeyId": ACCESS_KEY_ID,
        "police": policy,  # COMPAT(bpium): spelt so
        "signature": record_files.signature_of(tx.portal, upload.upload_key, policy),
    }


@route("PATCH", "/files/{file}", given=FileDone)
async def complete_file(tx: Tx, call: Call[FileDone]) -> dict[str, Any]:
    """Make a file of what was sent."""
    number = _number(call.parts["file"])
    file = await record_files.complete(tx, call.person, number, call.given.url, call.given.name or "")
    return file_view(file, call.services.config)


@route("GET", "/files/{file}", lock=lock_of_directory, mode="read")
async def get_file(tx: Tx, call: Call[Nothing]) -> Redirect:
    """Lead to an address that serves the bytes without a session; whether he may read is asked there again."""
    file = await files.file_to_read(tx, call.person, _number(call.parts["file"]))
    addresses = FileAddresses(call.services.config.base_url, tx.portal, call.person.id, tx.now)
    return Redirect(addresses.download(file))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004 — 63 bits
        raise NoSuchFileError
    return int(text)
