"""Pictures that people send as base64: what they are by their first bytes, and how large, without decoding them.

Accepted are PNG, JPEG, GIF and WebP up to 5000×5000. Rules: spec ``bitrix24-im.md`` §6.1, §6.2 (``AVATAR``).
Pictures are never decoded here: only their headers are read, in time linear in their length.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from skvorets.core.base64_text import decode_base64
from skvorets.errors import ImageTooLargeError, WrongImageError

MAX_SIDE_PX: Final = 5000
"""Width and height of an accepted picture. [seed] [docs]"""

# Enough of a file to know its type.
SIGNATURE_BYTES: Final = 16
# JPEG segments that carry the size: SOF0 … SOF15 without DHT, JPG and DAC.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})


class Picture(NamedTuple):
    """A picture that was looked at."""

    data: bytes
    media_type: str  # image/png …
    width: int  # pixels
    height: int  # pixels


def read_base64_picture(text: str) -> Picture:
    """Read a picture sent as base64, with or without a ``data:`` prefix, line breaks or final ``=``.

    Raises WrongImageError, ImageTooLargeError.
    """
    try:
        data = decode_base64(text)
    except ValueError:
        raise WrongImageError from None
    return read_picture(data)


def read_picture(data: bytes) -> Picture:
    """Look at the bytes of a picture. Raises WrongImageError, ImageTooLargeError."""
    media_type = media_type_of(data)
    size = _SIZES[media_type](data) if media_type else None
    if size is None or not all(size):
        raise WrongImageError
    if max(size) > MAX_SIDE_PX:
        raise ImageTooLargeError
    return Picture(data, media_type, *size)


def media_type_of(data: bytes) -> str:
    """Give the type by the first bytes; empty for everything that is not an accepted picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return ""


def _png_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR" or len(data) < 24:  # noqa: PLR2004 — signature, chunk head, width, height
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _gif_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 10:  # noqa: PLR2004 — signature, width, height
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 — every segment begins so
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 — filling
            at += 1
        elif marker in _JPEG_WITHOUT_LENGTH:
            at += 2
        elif marker in _JPEG_FRAMES:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30:  # noqa: PLR2004 — the longest of the three headers
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and data[20] == 0x2F:  # noqa: PLR2004 — the signature of this form
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = int.from_bytes(data[26:28], "little"), int.from_bytes(data[28:30], "little")
        return width & 0x3FFF, height & 0x3FFF
    return None


_SIZES = {"image/png": _png_size, "image/jpeg": _jpeg_size, "image/gif": _gif_size, "image/webp": _webp_size}
