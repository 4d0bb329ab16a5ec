"""Smaller copies of kept pictures: made once, taken from the cache, made again when that is not whole."""

from __future__ import annotations

import asyncio
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from skvorets.errors import ImageTooLargeError, WrongImageError
from skvorets.media import previews as module
from skvorets.media.previews import Previews
from skvorets.media.thumbnails import Thumbnail, fit_within
from skvorets.storage.blobs import FolderBlobs


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 320), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind)
    return out.getvalue()


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "files")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "previews"


@pytest.fixture
def previews(blobs: FolderBlobs, cache: Path) -> Previews:
    return Previews(blobs, cache)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes that were really made."""
    sizes: list[tuple[int, int]] = []

    def note(data: bytes, max_width: int, max_height: int) -> Thumbnail:
        sizes.append((max_width, max_height))
        return fit_within(data, max_width, max_height)

    monkeypatch.setattr(module, "fit_within", note)
    return sizes


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("kind", "mode", "media_type"), [("JPEG", "RGB", "image/jpeg"), ("PNG", "RGBA", "image/png")])
async def test_a_copy_fits_and_says_what_it_is(
    blobs: FolderBlobs, previews: Previews, kind: str, mode: str, media_type: str
) -> None:
    digest = blobs.put(picture(kind, mode=mode))
    preview = await previews.get(digest, 100, 100)
    assert preview[1:] == (media_type, 100, 50)
    with Image.open(io.BytesIO(preview.data)) as image:
        assert image.size == (100, 50)
    assert (await previews.get_square(digest, 64))[1:] == (media_type, 64, 64)


async def test_many_who_ask_at_once_and_later_get_one_copy(
    blobs: FolderBlobs, previews: Previews, cache: Path, made: list[tuple[int, int]]
) -> None:
    digest = blobs.put(picture())
    first = await asyncio.gather(*(previews.get(digest, 100, 100) for _ in range(20)))
    assert made == [(100, 100)]
    assert len(set(first)) == 1
    assert await previews.get(digest, 100, 100) == first[0]
    assert await Previews(blobs, cache).get(digest, 100, 100) == first[0]
    assert made == [(100, 100)]
    await previews.get(digest, 50, 50)
    assert made == [(100, 100), (50, 50)]
    assert len(files(cache)) == 2


async def test_who_stops_waiting_does_not_stop_it_for_the_others(blobs: FolderBlobs, previews: Previews) -> None:
    digest = blobs.put(picture())
    first = asyncio.create_task(previews.get(digest, 100, 100))
    second = asyncio.create_task(previews.get(digest, 100, 100))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).width == 100


async def test_the_cache_may_be_deleted_or_cut_off_at_any_time(
    blobs: FolderBlobs, previews: Previews, cache: Path, made: list[tuple[int, int]]
) -> None:
    digest = blobs.put(picture())
    preview = await previews.get(digest, 100, 100)
    shutil.rmtree(cache)
    assert await previews.get(digest, 100, 100) == preview
    for half in (preview.data[:-10], b"", b"text"):
        files(cache)[0].write_bytes(half)
        assert await previews.get(digest, 100, 100) == preview
    assert len(made) == 5
    assert [path.read_bytes() for path in files(cache)] == [preview.data]


async def test_a_cache_that_cannot_be_written_costs_only_time(blobs: FolderBlobs) -> None:
    digest = blobs.put(picture())
    not_a_folder = blobs.path(digest)
    assert (await Previews(blobs, not_a_folder).get(digest, 100, 100)).width == 100


@pytest.mark.parametrize("digest", ["", "x", "0" * 64, "../../etc/passwd"])
async def test_what_is_not_there_is_not_found(previews: Previews, digest: str) -> None:
    with pytest.raises(FileNotFoundError):
        await previews.get(digest, 100, 100)


async def test_a_deleted_picture_is_not_found_though_its_copy_remains(blobs: FolderBlobs, previews: Previews) -> None:
    digest = blobs.put(picture())
    await previews.get(digest, 100, 100)
    blobs.path(digest).unlink()
    with pytest.raises(FileNotFoundError):
        await previews.get(digest, 100, 100)


@pytest.mark.parametrize("data", [b"", b"<svg/>", picture()[:100]])
async def test_what_is_no_whole_picture_is_refused_each_time(
    blobs: FolderBlobs, previews: Previews, cache: Path, data: bytes
) -> None:
    digest = blobs.put(data)
    for _ in range(2):
        with pytest.raises(WrongImageError):
            await previews.get(digest, 100, 100)
    assert files(cache) == []


async def test_too_large_files_are_not_read_whole(
    blobs: FolderBlobs, previews: Previews, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_SOURCE_BYTES", 100)
    digest = blobs.put(picture())
    with pytest.raises(ImageTooLargeError):
        await previews.get(digest, 100, 100)
