"""Smaller copies of pictures, and what must not be decoded."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from skvorets.errors import ImageTooLargeError, WrongImageError
from skvorets.media import thumbnails
from skvorets.media.thumbnails import fit_within, size_of, square_of


def picture(kind: str, size: tuple[int, int], mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_made_smaller_in_its_proportions(kind: str) -> None:
    small = fit_within(picture(kind, (640, 320)), 100, 100)
    assert (small.width, small.height) == (100, 50)
    with Image.open(io.BytesIO(small.data)) as image:
        assert image.size == (100, 50)


def test_a_small_picture_is_not_made_larger() -> None:
    assert fit_within(picture("PNG", (10, 20)), 100, 100)[2:] == (10, 20)


def test_transparent_pictures_stay_transparent() -> None:
    assert fit_within(picture("PNG", (10, 10), "RGBA"), 5, 5).media_type == "image/png"
    assert fit_within(picture("PNG", (10, 10)), 5, 5).media_type == "image/jpeg"


def test_the_cameras_turn_is_obeyed_and_its_notes_are_left_out() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Somebody's camera"
    data = picture("JPEG", (400, 200), exif=exif)
    assert size_of(data) == (200, 400)
    small = fit_within(data, 100, 100)
    assert (small.width, small.height) == (50, 100)
    assert b"camera" not in small.data


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("GIF", "P"), ("PNG", "RGBA")])
def test_comments_are_left_out(kind: str, mode: str) -> None:
    options: dict[str, object] = {"comment": b"my street"}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("comment", "my street")
        options = {"pnginfo": notes}
    data = picture(kind, (40, 40), mode, **options)
    assert b"my street" in data
    assert b"my street" not in fit_within(data, 20, 20).data


@pytest.mark.parametrize(("size", "side"), [((640, 320), 100), ((320, 640), 100), ((60, 400), 60), ((10, 10), 10)])
def test_a_square_is_the_middle_of_the_picture(size: tuple[int, int], side: int) -> None:
    image = Image.new("RGB", size, "red")
    width, height = size
    length = min(size)
    image.paste("blue", ((width - length) // 2, (height - length) // 2, (width + length) // 2, (height + length) // 2))
    out = io.BytesIO()
    image.save(out, "PNG")
    small = square_of(out.getvalue(), 100)
    assert (small.width, small.height) == (side, side)
    with Image.open(io.BytesIO(small.data)) as cut:
        for corner in ((0, 0), (side - 1, side - 1)):
            color = cut.getpixel(corner)
            assert isinstance(color, tuple)
            assert (color[0] < 60, color[2] > 200) == (True, True)


def test_what_would_unpack_to_too_much_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "MAX_PIXELS", 100)
    with pytest.raises(ImageTooLargeError):
        fit_within(picture("PNG", (11, 10)), 5, 5)
    with pytest.raises(ImageTooLargeError):
        size_of(picture("PNG", (11, 10)))


@pytest.mark.parametrize("data", [b"", b"text", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(WrongImageError):
        fit_within(data, 5, 5)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_broken_pictures_are_refused_or_read_but_never_fail_otherwise(kind: str) -> None:
    whole = picture(kind, (64, 64))
    chance = random.Random(7)
    for _ in range(200):
        broken = bytearray(whole[: chance.randrange(len(whole))])
        for _ in range(4):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        for read in (size_of, _shrink):
            try:
                read(bytes(broken))
            except WrongImageError:
                continue


def _shrink(data: bytes) -> tuple[int, int]:
    small = fit_within(data, 16, 16)
    return small.width, small.height
