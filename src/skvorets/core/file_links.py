"""Addresses of files that work without any other credentials, for a limited time, for one person.

An address carries a token: what may be done with which file, for whom, until when, and a keyed digest over that. It is
only the key to the door: whether the person may read the file is asked anew each time. Addresses stay the same for
hours, so that a browser can keep what it has fetched.
Source: docs ``disk.file.get`` (DOWNLOAD_URL), ``disk.folder.uploadfile`` (uploadUrl); delivery-and-security, "files".
"""

from __future__ import annotations

import base64
import hmac
import struct
from typing import Final
from urllib.parse import quote

import msgspec

from skvorets.storage.database import Portal
from skvorets.storage.files import File

READ, UPLOAD, UPLOAD_RENAMING = 1, 2, 3

READ_S: Final = 24 * 3600
"""An address of a file is good for at least so long, seconds; undocumented."""
_STEP_S: Final = 6 * 3600  # … and at most so much longer: all addresses made within a step are the same
UPLOAD_S: Final = 3600
"""An address for an upload is good for so long, seconds: as an access token."""
_BODY = struct.Struct(">BQQQ")  # purpose, file or folder, person, expiry (unix seconds)
_DIGEST_SIZE = 16
_TOKEN_LENGTH = -(-(_BODY.size + _DIGEST_SIZE) * 8 // 6)
_MILLISECONDS = 1000


class Link(msgspec.Struct, frozen=True):
    """What an address allows."""

    purpose: int  # READ, UPLOAD or UPLOAD_RENAMING
    target_id: int  # the file, or the folder to upload into
    person_id: int
    expires_at: int  # unix seconds


class FileAddresses(msgspec.Struct, frozen=True):
    """Makes the addresses of files for one person."""

    base_url: str  # without a final slash
    portal: Portal
    person_id: int
    now: int  # unix milliseconds

    def download(self, file: File) -> str:
        """Address of the file as something to be saved."""
        return self._read(file, "download")

    def show(self, file: File) -> str:
        """Address of the file as something to be looked at, where that is safe."""
        return self._read(file, "show")

    def preview(self, file: File) -> str:
        """Address of a smaller copy of a picture; empty for everything else."""
        return self._read(file, "preview") if file.width else ""

    def upload_token(self, folder: File, *, renames: bool) -> str:
        """Token for an upload into a folder; ``renames``: a taken name gets a number."""
        expires_at = self.now // _MILLISECONDS + UPLOAD_S
        return sign(self.portal, Link(UPLOAD_RENAMING if renames else UPLOAD, folder.id, self.person_id, expires_at))

    def _read(self, file: File, form: str) -> str:
        expires_at = (self.now // _MILLISECONDS // _STEP_S + 1) * _STEP_S + READ_S
        token = sign(self.portal, Link(READ, file.id, self.person_id, expires_at))
        # The name is there for people and for programs that save under the last part of an address.
        return f"{self.base_url}/files/{form}/{token}/{quote(file.name, safe='')}"


def sign(portal: Portal, link: Link) -> str:
    """Write a token as URL-safe characters; the same link always gives the same."""
    body = _BODY.pack(link.purpose, link.target_id, link.person_id, link.expires_at)
    return base64.urlsafe_b64encode(body + _digest(portal, body)).decode().rstrip("=")


def read(portal: Portal, text: str, now: int) -> Link | None:
    """Read a token; None when we did not write it or it is too old. ``now`` is unix milliseconds."""
    if len(text) != _TOKEN_LENGTH:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    body, digest = raw[: _BODY.size], raw[_BODY.size :]
    if not hmac.compare_digest(digest, _digest(portal, body)):
        return None
    link = Link(*_BODY.unpack(body))
    return link if link.expires_at * _MILLISECONDS > now else None


def _digest(portal: Portal, body: bytes) -> bytes:
    return hmac.digest(portal.secret, b"file:" + body, "sha256")[:_DIGEST_SIZE]
