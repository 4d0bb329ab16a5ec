"""Bytes of files before a row names them: kept durably, and looked at to know what they are.

The type comes from the content alone: a name may say anything. Source of the signatures: the formats' own documents and
the WHATWG "MIME Sniffing" standard. Everything here blocks for the disk: call it in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from skvorets.core.files import Content
from skvorets.core.pictures import media_type_of
from skvorets.errors import TooLargeError, WrongImageError
from skvorets.media.thumbnails import size_of
from skvorets.storage.blobs import BlobStore, BlobWriter

HEAD_BYTES: Final = 1024 * 1024
"""Of a file as much is looked at: the size of a picture stands in it even after large colour profiles."""
UNKNOWN: Final = "application/octet-stream"
_TEXT_BYTES = 4096  # of which must be text for the whole to count as text
# Control characters that stand in no text: all but tabulator, line ends, form feed and escape.
_BINARY = frozenset(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B}
_EBML = b"\x1a\x45\xdf\xa3"


class _Signature(NamedTuple):
    """Bytes at a place, and the type that they mean."""

    offset: int
    signature: bytes
    media_type: str


_SIGNATURES: Sequence[_Signature] = (
    _Signature(0, b"%PDF-", "application/pdf"),
    _Signature(0, b"PK\x03\x04", "application/zip"),
    _Signature(0, b"PK\x05\x06", "application/zip"),
    _Signature(0, b"\x1f\x8b", "application/gzip"),
    _Signature(0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    _Signature(0, b"Rar!\x1a\x07", "application/vnd.rar"),
    _Signature(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    _Signature(0, b"II*\x00", "image/tiff"),
    _Signature(0, b"MM\x00*", "image/tiff"),
    _Signature(0, b"ID3", "audio/mpeg"),
    _Signature(0, b"fLaC", "audio/flac"),
    _Signature(0, b"#!AMR", "audio/amr"),
    _Signature(0, b"OggS", "audio/ogg"),
    _Signature(8, b"WAVE", "audio/wav"),
    _Signature(8, b"AVI ", "video/x-msvideo"),
    _Signature(0, b"FLV\x01", "video/x-flv"),
    _Signature(0, b"\x00\x00\x01\xba", "video/mpeg"),
    _Signature(0, b"\x00\x00\x01\xb3", "video/mpeg"),
)
_MPEG_AUDIO = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
_AAC = (b"\xff\xf1", b"\xff\xf9")
# Brands of the ISO media format that are not video/mp4.
_BRANDS = {
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
}


class Intake:
    """A file that comes in pieces: written to the disk as it comes, never whole in memory."""

    def __init__(self, blobs: BlobStore, max_bytes: int) -> None:
        """Take at most ``max_bytes``."""
        self._writer: BlobWriter = blobs.begin()
        self._max_bytes = max_bytes
        self._size = 0
        self._head = bytearray()

    def add(self, piece: bytes) -> None:
        """Add bytes. Raises TooLargeError past the limit."""
        self._size += len(piece)
        if self._size > self._max_bytes:
            raise TooLargeError
        if len(self._head) < HEAD_BYTES:
            self._head += piece[: HEAD_BYTES - len(self._head)]
        self._writer.write(piece)

    def finish(self) -> Content:
        """Keep it durably and say what it is."""
        media_type, width, height = look_at(bytes(self._head))
        return Content(self._writer.finish(), self._size, media_type, width, height)

    def close(self) -> None:
        """Forget it unless it was finished."""
        self._writer.__exit__(None, None, None)


def keep(blobs: BlobStore, data: bytes) -> Content:
    """Keep bytes durably and say what they are."""
    media_type, width, height = look_at(data[:HEAD_BYTES])
    return Content(blobs.put(data), len(data), media_type, width, height)


def look_at(head: bytes) -> tuple[str, int, int]:
    """Give the media type, and width and height of a picture that can be shown (0, 0 for everything else)."""
    if picture := media_type_of(head):
        try:
            return picture, *size_of(head)
        except WrongImageError:  # only begins like one, or is too large to be shown
            return UNKNOWN, 0, 0
    return next((found for look in _LOOKS if (found := look(head))), UNKNOWN), 0, 0


def _by_signature(head: bytes) -> str:
    for offset, signature, media_type in _SIGNATURES:
        if head.startswith(signature, offset) and (offset == 0 or head.startswith(b"RIFF")):
            return media_type
    return ""


def _bitmap(head: bytes) -> str:
    """BM, the size, four bytes that are always zero: a text may begin with the two letters, too."""
    return "image/bmp" if head.startswith(b"BM") and head[6:10] == bytes(4) else ""


def _iso_media(head: bytes) -> str:
    """MP4 and its relatives: a box ``ftyp`` with a brand."""
    return _BRANDS.get(head[8:12], "video/mp4") if head[4:8] == b"ftyp" else ""


def _matroska(head: bytes) -> str:
    if not head.startswith(_EBML):
        return ""
    return "video/webm" if b"webm" in head[:64] else "video/x-matroska"


def _mpeg_audio(head: bytes) -> str:
    if head.startswith(_MPEG_AUDIO):
        return "audio/mpeg"
    return "audio/aac" if head.startswith(_AAC) else ""


def _text(head: bytes) -> str:
    """Text is what has no control characters and is UTF-8; the last character may be cut in two."""
    start = head[:_TEXT_BYTES]
    if not start or not _BINARY.isdisjoint(start):
        return ""
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.start >= len(start) - 3 and len(head) > len(start)
        return "text/plain" if is_cut else ""
    return "text/plain"


_LOOKS: Sequence[Callable[[bytes], str]] = (_by_signature, _bitmap, _iso_media, _matroska, _mpeg_audio, _text)
