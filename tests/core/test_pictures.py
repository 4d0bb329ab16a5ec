"""Pictures in parameters: accepted types, sizes from headers, tolerant base64, hostile bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.core.pictures import MAX_SIDE_PX, read_base64_picture, read_picture
from skvorets.errors import ImageTooLargeError, WrongImageError
from support.pictures import base64_of, gif, jpeg, png, webp

KINDS = {
    "image/png": png,
    "image/gif": gif,
    "image/jpeg": jpeg,
    "image/webp": lambda *size: webp(b"VP8X", *size),
    "image/webp;lossless": lambda *size: webp(b"VP8L", *size),
    "image/webp;lossy": lambda *size: webp(b"VP8 ", *size),
}


@pytest.mark.parametrize("kind", KINDS)
def test_type_and_size_are_read_from_the_header(kind: str) -> None:
    picture = read_picture(KINDS[kind](640, 480))
    assert (picture.media_type, picture.width, picture.height) == (kind.partition(";")[0], 640, 480)


@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_size_is_accepted_and_one_more_is_not(kind: str) -> None:
    assert read_picture(KINDS[kind](MAX_SIDE_PX, MAX_SIDE_PX)).width == MAX_SIDE_PX
    with pytest.raises(ImageTooLargeError):
        read_picture(KINDS[kind](MAX_SIDE_PX + 1, 1))
    with pytest.raises(ImageTooLargeError):
        read_picture(KINDS[kind](1, MAX_SIDE_PX + 1))


@pytest.mark.parametrize(
    "spelling",
    [
        base64_of(png()),
        f"data:image/png;base64,{base64_of(png())}",
        f"DATA:image/png;charset=utf-8;BASE64,{base64_of(png())}",
        "\n".join(base64_of(png())),
        f"  {base64_of(png()).rstrip('=')}  ",
        base64_of(png()).replace("+", "-").replace("/", "_"),
    ],
)
def test_usual_spellings_of_base64_are_read(spelling: str) -> None:
    assert read_base64_picture(spelling).data == png()


@pytest.mark.parametrize(
    "text",
    ["", "%%%", "Привет", "aGVsbG8=", base64_of(b"<svg xmlns='x'/>"), base64_of(png()[:20]), base64_of(png(0, 5))],
)
def test_whatever_is_no_picture_is_refused(text: str) -> None:
    with pytest.raises(WrongImageError):
        read_base64_picture(text)


@given(st.sampled_from(sorted(KINDS)), st.integers(0, 40), st.binary(max_size=40))
def test_broken_headers_are_refused_and_nothing_else_happens(kind: str, kept: int, rest: bytes) -> None:
    data = KINDS[kind](3, 4)[:kept] + rest
    try:
        picture = read_picture(data)
    except WrongImageError:
        return
    assert 0 < picture.width <= MAX_SIDE_PX
    assert 0 < picture.height <= MAX_SIDE_PX


def test_a_long_jpeg_of_nothing_but_filling_is_refused_quickly() -> None:
    with pytest.raises(WrongImageError):
        read_picture(b"\xff\xd8" + b"\xff" * 2_000_000)
