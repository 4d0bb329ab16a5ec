"""The company's own collection: which files may come in, and what becomes of tags."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from skvorets.core import gifs
from skvorets.core.gifs import MAX_BYTES, MAX_TAGS, NewGif, NoTagsError, UnknownGifError
from skvorets.errors import TooLargeError, WrongImageError
from skvorets.storage import gifs as rows
from support.stores import AnyStore, started

CAT = NewGif("c" * 64, "cat.gif", "кот", 100, "image/gif", 10, 20)


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[AnyStore]:
    async with started(database, tmp_path) as opened:
        yield opened


async def names(store: AnyStore, phrase: str) -> list[str]:
    return [one.name for one in await store.read(gifs.find_gifs, phrase, 10, 0)]


async def test_the_same_bytes_again_get_other_tags(store: AnyStore) -> None:
    first = await store.write(1, gifs.add_gif, CAT)
    assert await store.write(1, gifs.add_gif, CAT._replace(tags=" собака ,, пёс  большой,", name="dog.gif")) == first
    assert (await names(store, "кот"), await names(store, "пес бол")) == ([], ["dog.gif"])
    (row,) = await store.read(rows.every)
    assert msgspec.structs.asdict(row) | {"added_at": 0} == {
        "id": first,
        "digest": CAT.digest,
        "name": "dog.gif",
        "tags": "собака, пёс большой",
        "size": 100,
        "width": 10,
        "height": 20,
        "added_at": 0,
    }


async def test_what_is_taken_out_is_not_found(store: AnyStore) -> None:
    gif_id = await store.write(1, gifs.add_gif, CAT)
    await store.write(1, gifs.remove_gif, gif_id)
    assert await names(store, "кот") == []
    assert not await store.read(rows.is_known, CAT.digest)
    with pytest.raises(UnknownGifError):
        await store.write(1, gifs.remove_gif, gif_id)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"media_type": "image/png"}, WrongImageError),
        ({"size": MAX_BYTES + 1}, TooLargeError),
        ({"tags": " ,, !"}, NoTagsError),
    ],
)
async def test_other_files_and_files_without_tags_stay_outside(
    store: AnyStore, change: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await store.write(1, gifs.add_gif, CAT._replace(**change))
    assert await store.read(rows.every) == []


async def test_tags_and_names_are_cut(store: AnyStore) -> None:
    await store.write(1, gifs.add_gif, CAT._replace(tags="кот " * 1000, name="x" * 1000))
    (row,) = await store.read(rows.every)
    assert (len(row.tags) <= MAX_TAGS, len(row.name)) == (True, 255)


@pytest.mark.parametrize("phrase", ["%", "_", "' OR 1=1 --", "кот\0", "\ud800", "к" * 10_000])
async def test_signs_of_sql_mean_nothing(store: AnyStore, phrase: str) -> None:
    await store.write(1, gifs.add_gif, CAT)
    assert await names(store, phrase) == (["cat.gif"] if phrase.startswith("кот") else [])
