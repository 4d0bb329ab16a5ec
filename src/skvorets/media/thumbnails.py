"""Smaller copies of pictures: previews of files, avatars in two resolutions.

The only place that decodes pictures. Before anything is decoded, the header must name one of our four formats and at
most ``MAX_PIXELS``: a small file cannot unpack to gigabytes. Decoding blocks: await it through ``in_decoder``, which
has two threads of its own, so that decoding never takes those of other waits.
"""

from __future__ import annotations

import asyncio
import io
import struct
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, NamedTuple, ParamSpec, TypeVar

from skvorets.core.pictures import media_type_of
from skvorets.errors import ImageTooLargeError, WrongImageError

if TYPE_CHECKING:
    from PIL.Image import Image as AnyImage
    from PIL.ImageFile import ImageFile

MAX_PIXELS: Final = 50_000_000
"""Width × height of what is decoded: twice the largest documented picture (5000×5000), 200 MB for a moment."""
_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
# Decoded at the same time: each may need the memory of MAX_PIXELS.
_AT_ONCE = 2
_decoders = threading.BoundedSemaphore(_AT_ONCE)
_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="pictures")
_P = ParamSpec("_P")
_T = TypeVar("_T")
_FIRST_QUARTER_TURN: Final = 5  # of the orientations that cameras note: 5 to 8 lie on their side
_QUALITY: Final = 85  # of JPEG: no difference to be seen at these sizes


class Thumbnail(NamedTuple):
    """A picture that was made smaller."""

    data: bytes
    media_type: str  # image/png where something is transparent, image/jpeg otherwise
    width: int  # pixels
    height: int  # pixels


async def in_decoder(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Run something that decodes pictures in a thread; at most two at once, the others wait without a thread."""
    return await asyncio.get_running_loop().run_in_executor(_threads, lambda: work(*args, **kwargs))


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height as people see the picture, in pixels. Raises WrongImageError, ImageTooLargeError."""
    from PIL.ExifTags import Base  # noqa: PLC0415 — a server without pictures starts without the library

    with _open(data) as image:
        width, height = image.size
        if image.format == "PNG" and "exif" not in image.info:
            return width, height  # the library would decode the whole picture to find notes behind it
        try:
            turn = image.getexif().get(Base.Orientation, 1)
        except (OSError, ValueError, SyntaxError, struct.error):
            turn = 1
        is_turned = isinstance(turn, int) and turn >= _FIRST_QUARTER_TURN
        return (height, width) if is_turned else (width, height)


def fit_within(data: bytes, max_width: int, max_height: int) -> Thumbnail:
    """Make a picture fit into a rectangle, never larger than it was; of an animation the first frame.

    Everything that is not picture (place, camera, comments) is left out. Raises WrongImageError, ImageTooLargeError.
    """
    from PIL import Image  # noqa: PLC0415

    def shrink(image: AnyImage) -> AnyImage:
        image.thumbnail((max_width, max_height), Image.Resampling.LANCZOS)
        return image

    return _redraw(data, (max_width, max_height), shrink)


def square_of(data: bytes, side: int) -> Thumbnail:
    """Cut the middle out of a picture as a square of at most ``side`` pixels, never larger than it was.

    Otherwise like ``fit_within``. Raises WrongImageError, ImageTooLargeError.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415

    def cut(image: AnyImage) -> AnyImage:
        length = min(side, *image.size)
        return ImageOps.fit(image, (length, length), Image.Resampling.LANCZOS)

    # JPEG may be decoded smaller, but not below the square in its shorter side.
    return _redraw(data, (side, side), cut)


def _redraw(data: bytes, draft: tuple[int, int], change: Callable[[AnyImage], AnyImage]) -> Thumbnail:
    """Decode, turn upright, change, encode."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    with _decoders, _open(data) as image:
        try:
            image.draft("RGB", draft)  # JPEG: decode no more than is needed
            upright = ImageOps.exif_transpose(image)
            is_transparent = upright.has_transparency_data
            changed = change(upright.convert("RGBA" if is_transparent else "RGB"))
        except (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError):
            raise WrongImageError from None
    changed.info = {}  # comments and the like would be written again
    out = io.BytesIO()
    if is_transparent:
        changed.save(out, "PNG", optimize=True)
    else:
        changed.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Thumbnail(out.getvalue(), "image/png" if is_transparent else "image/jpeg", *changed.size)


def _open(data: bytes) -> ImageFile:
    """Read the header. Raises WrongImageError, ImageTooLargeError."""
    from PIL import Image  # noqa: PLC0415

    wanted = _FORMATS.get(media_type_of(data))
    if wanted is None:
        raise WrongImageError
    try:
        image = Image.open(io.BytesIO(data), formats=[wanted])
    except Image.DecompressionBombError:
        raise ImageTooLargeError from None
    except (OSError, ValueError, SyntaxError, struct.error):
        raise WrongImageError from None
    if image.width * image.height > MAX_PIXELS:
        raise ImageTooLargeError
    return image
