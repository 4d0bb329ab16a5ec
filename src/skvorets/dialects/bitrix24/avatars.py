"""Pictures in parameters (``AVATAR``, base64): checked and kept before the unit of work that names them.

Source: spec ``bitrix24-im.md`` §6.1, §6.2. Methods with a picture have the mode ``free``: keeping a file waits for the
disk, which a unit of work must not.
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.registry import Call
from skvorets.media import avatars

WRONG_TYPE = Fault("AVATAR_ERROR", "Avatar incorrect type")
WRONG_SIZE = Fault("AVATAR_ERROR", "Avatar incorrect size (max 5000x5000)")


async def keep_avatar(call: Call, text: str) -> str:
    """Keep a picture and give its digest. Raises WrongImageError, ImageTooLargeError."""
    return await avatars.keep_avatar(call.surroundings.blobs, text)
