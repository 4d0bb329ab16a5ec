"""Real pictures, and the smallest heads of pictures that there are, of any stated size (nothing follows the head)."""

from __future__ import annotations

import base64
import io
import zlib

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8), mode: str = "RGB", **options: object) -> bytes:
    """Draw a red picture; ``kind`` is PNG, JPEG, GIF or WEBP, ``options`` are those of Pillow's writer."""
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


def size_in(data: bytes) -> tuple[int, int]:
    """Decode a picture whole and give its width and height."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image.size


def png(width: int = 1, height: int = 1) -> bytes:
    """Build a PNG whose header states this size."""
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes([8, 6, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + head + zlib.crc32(head).to_bytes(4)


def gif(width: int = 1, height: int = 1) -> bytes:
    """Build the head of a GIF."""
    return b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\0\0\0"


def jpeg(width: int = 1, height: int = 1) -> bytes:
    """Build a JPEG up to its frame header, with another segment and filling before it."""
    other = b"\xff\xe0" + (4).to_bytes(2) + b"ab"
    frame = b"\xff\xff\xc2" + (11).to_bytes(2) + b"\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\1\1\1\0"
    return b"\xff\xd8" + other + frame


def webp(form: bytes, width: int = 1, height: int = 1) -> bytes:
    """Build the head of a WebP of one of its three forms: ``VP8X``, ``VP8L`` or ``VP8 ``."""
    if form == b"VP8X":
        body = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif form == b"VP8L":
        body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + bytes(5)
    else:
        body = bytes(3) + b"\x9d\x01\x2a" + width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"RIFF" + bytes(4) + b"WEBP" + form + len(body).to_bytes(4, "little") + body


def base64_of(data: bytes) -> str:
    """Encode as clients send it."""
    return base64.b64encode(data).decode()
