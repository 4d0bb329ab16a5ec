"""Folders of letters: each page is read from the indexes; what was there before the migration is found as well."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from skvorets.core import access, chats
from skvorets.core.messages import NewMessage, post_message
from skvorets.storage import letters, migrations
from skvorets.storage.database import Tx
from skvorets.storage.letters import Folder, Search
from skvorets.storage.statements import to_sqlite
from support.world import Actor, World

FOLDERS: tuple[Folder, ...] = ("incoming", "outgoing", "all", "deleted")


async def write(tx: Tx, author: Actor, other: Actor, texts: int) -> None:
    person = await access.person_to_write_to(tx, author.person, other.id)
    seat = await chats.open_private(tx, author.person, person)
    for number in range(texts):
        await post_message(
            tx, NewMessage(chat=seat.chat, author_id=author.id, actor_id=author.id, text=f"{author.id} {number}")
        )


@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize(
    "more", [{}, {"favorites_only": 1}, {"changed_after": 5}], ids=["plain", "favourite", "changed"]
)
def test_no_page_is_read_from_a_whole_table(tmp_path: Path, is_newest_first: bool, more: dict[str, int]) -> None:  # noqa: FBT001
    path = tmp_path / "new.db"
    connection = sqlite3.connect(path, isolation_level=None)
    migrations.migrate_sqlite(connection, path)
    for folder in FOLDERS:
        search = Search(folder=folder, limit=50, offset=5, is_newest_first=is_newest_first, **more)  # type: ignore[arg-type]  # numbers of fields
        statement, args = letters.page_statement(2, search)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {to_sqlite(statement)}", args)]
        assert not [one for one in plan if one.startswith("SCAN") and not one.startswith(("SCAN f", "SCAN part"))], plan
        if folder in {"incoming", "outgoing"} and not more:
            assert any(f"messages_{folder}" in one for one in plan), plan
            assert "USE TEMP B-TREE FOR ORDER BY" not in plan[:4], plan
    connection.close()


def test_messages_from_before_are_letters_after_the_migration(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path, isolation_level=None)
    migrations.migrate_sqlite(connection, path, up_to=19)
    connection.execute("INSERT INTO private_chats (low_id, high_id, chat_id) VALUES (1, 2, 10), (2, 2, 11)")
    for number, (chat_id, author_id) in enumerate([(10, 1), (10, 2), (11, 2), (10, 0), (12, 1)], 1):
        connection.execute(
            "INSERT INTO messages (chat_id, seq, author_id, created_at, text) VALUES (?, ?, ?, 0, '')",
            (chat_id, number, author_id),
        )
    migrations.migrate_sqlite(connection, path)
    found = [row[0] for row in connection.execute("SELECT to_id FROM messages ORDER BY id")]
    connection.close()
    assert found == [2, 1, 2, 0, 0]


async def test_what_is_stored_for_each_kind_of_chat(world: World) -> None:
    await world.unit(write, world.bob, world.carol, 1)
    await world.unit(write, world.carol, world.bob, 1)
    await world.unit(write, world.bob, world.bob, 1)
    group = await world.chat(world.bob, world.carol)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{group}", MESSAGE="x")
    rows = await world.unit(_to_ids)
    assert [row for row in rows if row[0]] == [
        (world.bob.id, world.carol.id),
        (world.carol.id, world.bob.id),
        (world.bob.id, world.bob.id),
        (world.bob.id, 0),
    ]
    assert {row[1] for row in rows if not row[0]} == {0}


async def _to_ids(tx: Tx) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in await tx.rows("SELECT author_id, to_id FROM messages ORDER BY id")]
