"""Pictures of people and chats, before they are kept: decoded and drawn anew, at most ``KEPT_PX`` a side.

So a broken picture is refused, and the place where it was taken, the camera and comments are not kept.
Source: spec ``bitrix24-im.md`` §6.1, §6.2.
"""

from __future__ import annotations

from typing import Final

from skvorets.core.pictures import read_base64_picture
from skvorets.media.thumbnails import fit_within, in_decoder
from skvorets.storage.blobs import BlobStore

KEPT_PX: Final = 1024
"""Sides of a kept picture: more than any size in which it is served, so that a larger one may come."""


async def keep_avatar(blobs: BlobStore, text: str) -> str:
    """Keep a picture sent as base64 and give its digest. Raises WrongImageError, ImageTooLargeError."""
    return await in_decoder(_keep, blobs, text)


def _keep(blobs: BlobStore, text: str) -> str:
    return blobs.put(fit_within(read_base64_picture(text).data, KEPT_PX, KEPT_PX).data)
