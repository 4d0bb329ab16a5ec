"""Every column that names a blob is known to whoever clears blobs."""

from __future__ import annotations

import re

import pytest

from skvorets.storage import blob_names
from skvorets.storage.database import Tx
from skvorets.storage.migrations import known_migrations
from support.world import World

# Columns whose names sound like it, and what they really are.
OTHERS = {
    ("files", "digest"),  # asked for by itself
    ("link_previews", "digest"),  # of an address
    ("link_previews", "picture"),  # an address
    ("web_push_subscriptions", "digest"),  # of an address
    ("spent_signatures", "digest"),  # of a signature
    ("sections", "icon"),  # an icon's name
    ("catalogs", "icon"),
}
_TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)^\);", re.DOTALL | re.MULTILINE)
_COLUMN = re.compile(r"^\s*(\w+) TEXT\b", re.MULTILINE)
_ADDED = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (\w+) TEXT")
_SOUNDS_LIKE_IT = re.compile(r"avatar|blob|digest|icon|image|photo|picture")


def test_every_column_that_may_name_a_blob_is_judged() -> None:
    script = "\n".join(one.script for one in known_migrations())
    columns = {(table, column) for table, body in _TABLE.findall(script) for column in _COLUMN.findall(body)}
    columns |= set(_ADDED.findall(script))
    assert ("people", "avatar") in columns
    suspicious = {one for one in columns if _SOUNDS_LIKE_IT.search(one[1])}
    assert suspicious == set(blob_names.NAMING) | OTHERS


@pytest.mark.parametrize(("deleted_ago_ms", "is_named"), [(None, True), (3_600_000, True), (25 * 3_600_000, False)])
async def test_a_deleted_file_keeps_its_bytes_for_a_day(
    world: World, deleted_ago_ms: int | None, *, is_named: bool
) -> None:
    digest = "a" * 64

    async def insert(tx: Tx) -> None:
        deleted_at = 0 if deleted_ago_ms is None else tx.now - deleted_ago_ms
        await tx.do(
            "INSERT INTO files (parent_id, name, name_key, digest, author_id, created_at, changed_at, deleted_at)"
            " VALUES (1, 'n', 'n', $1, 1, 0, 0, $2)",
            digest,
            deleted_at,
        )

    await world.unit(insert)
    found = await world.app.store.read(blob_names.named_among, [digest, "b" * 64])
    assert found == ({digest} if is_named else set())


async def test_pictures_are_named(world: World) -> None:
    async def give(tx: Tx) -> None:
        await tx.do("UPDATE people SET avatar = $1 WHERE id = $2", "c" * 64, world.bob.id)

    await world.unit(give)
    assert await world.app.store.read(blob_names.named_among, ["c" * 64, "d" * 64]) == {"c" * 64}
    assert await world.app.store.read(blob_names.named_among, []) == set()
