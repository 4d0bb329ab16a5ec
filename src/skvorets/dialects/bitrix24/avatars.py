"""Pictures in parameters (``AVATAR``, base64): checked and kept before the unit of work that names them.

Source: spec ``bitrix24-im.md`` §6.1, §6.2. Methods with a picture have the mode ``free``: keeping a file waits for the
disk, which a unit of work must not. What is kept was decoded and drawn anew, at most ``KEPT_PX`` a side: a broken
picture is refused, and the place where it was taken, the camera and comments are not kept.
"""

from __future__ import annotations

from typing import Final

from skvorets.core.pictures import read_base64_picture
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.registry import Call
from skvorets.media.thumbnails import fit_within, in_decoder
from skvorets.storage.blobs import BlobStore

WRONG_TYPE = Fault("AVATAR_ERROR", "Avatar incorrect type")
WRONG_SIZE = Fault("AVATAR_ERROR", "Avatar incorrect size (max 5000x5000)")
KEPT_PX: Final = 1024
"""Sides of a kept picture: more than any size in which it is served, so that a larger one may come."""


async def keep_avatar(call: Call, text: str) -> str:
    """Keep a picture and give its digest. Raises WrongImageError, ImageTooLargeError."""
    return await in_decoder(_keep, call.surroundings.blobs, text)


def _keep(blobs: BlobStore, text: str) -> str:
    return blobs.put(fit_within(read_base64_picture(text).data, KEPT_PX, KEPT_PX).data)
