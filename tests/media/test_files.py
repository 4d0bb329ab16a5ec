"""What a file is by its content, and how it is taken in piece by piece."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from skvorets.errors import TooLargeError
from skvorets.media.files import HEAD_BYTES, UNKNOWN, Intake, keep, look_at
from skvorets.storage.blobs import FolderBlobs
from support.pictures import gif, jpeg, picture, png

MP4 = b"\0\0\0\x18ftypisom\0\0\0\0"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04rest", "application/zip"),
        (b"\x1f\x8brest", "application/gzip"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"RIFF\0\0\0\0AVI ", "video/x-msvideo"),
        (b"12345678WAVE\0", UNKNOWN),
        (b"OggS\0", "audio/ogg"),
        (MP4, "video/mp4"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\x1a\x45\xdf\xa3....webm", "video/webm"),
        (b"\x1a\x45\xdf\xa3....matroska", "video/x-matroska"),
        (b"BM\x36\0\0\0\0\0\0\0", "image/bmp"),
        (b"BMW is a car", "text/plain"),
        ("Привет".encode(), "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain"),
        (b"<html><script>", "text/plain"),
        (b"a\0b", UNKNOWN),
        (b"\xff\xfe\x41", UNKNOWN),
        (b"", UNKNOWN),
        (b"\x89PNG\r\n\x1a\nbroken", UNKNOWN),
    ],
)
def test_the_type_comes_from_the_content(head: bytes, expected: str) -> None:
    assert look_at(head) == (expected, 0, 0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_have_a_size(kind: str) -> None:
    assert look_at(picture(kind, (30, 20))) == (f"image/{kind.lower()}", 30, 20)


def test_a_picture_is_known_by_its_head_alone() -> None:
    assert look_at(picture("PNG", (30, 20))[:60]) == ("image/png", 30, 20)


@pytest.mark.parametrize("head", [png(60_000, 60_000), gif(60_000, 60_000), jpeg(60_000, 60_000)])
def test_a_picture_that_is_too_large_to_be_shown_is_a_file(head: bytes) -> None:
    assert look_at(head) == (UNKNOWN, 0, 0)


def test_a_long_text_may_be_cut_inside_a_letter() -> None:
    assert look_at(("x" + "я" * 5000).encode())[0] == "text/plain"


def test_a_file_is_kept_and_described(tmp_path: Path) -> None:
    data = picture("PNG", (3, 2))
    content = keep(FolderBlobs(tmp_path), data)
    assert content.digest == hashlib.sha256(data).hexdigest()
    assert (content.size, content.media_type, content.width, content.height) == (len(data), "image/png", 3, 2)


def test_a_file_comes_in_pieces(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    intake = Intake(blobs, 10 * HEAD_BYTES)
    for _ in range(3):
        intake.add(b"x" * HEAD_BYTES)
    content = intake.finish()
    intake.close()
    assert (content.size, content.media_type) == (3 * HEAD_BYTES, "text/plain")
    with blobs.open(content.digest) as file:
        assert file.read() == b"x" * 3 * HEAD_BYTES
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [content.digest]


def test_what_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    intake = Intake(FolderBlobs(tmp_path), 10)
    intake.add(b"12345")
    with pytest.raises(TooLargeError):
        intake.add(b"678901")
    intake.close()
    assert not list(tmp_path.iterdir())
