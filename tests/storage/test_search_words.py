"""The kept words: equal to what names say after every change, and made for databases from before there were any."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from skvorets.storage import chats, departments, migrations, people, search_rebuild, search_words, words
from skvorets.storage.chats import Chat
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.people import Person
from support.stores import AnyStore
from support.world import World
from support.world import test_config as config_of

# What a database of the first release may hold.
OLD_ROWS = (
    """INSERT INTO people (kind, first_name, last_name, work_position, email, created_at)
        VALUES ('human', 'Алёна', 'Журавлёва', 'Дизайнер', 'alena@example.com', 1)""",
    "INSERT INTO people (kind, first_name, active, created_at) VALUES ('bot', 'Эхо', 1, 1)",
    "INSERT INTO chats (kind, title, created_at) VALUES ('open', 'Все свои', 1)",
    "INSERT INTO departments (name) VALUES ('Отдел продаж')",
)

Kept = list[tuple[int, int, str, int]]


async def kept(tx: Tx) -> Kept:
    rows = await tx.rows("SELECT kind, owner_id, word, in_name FROM search_words")
    return sorted((row[0], row[1], row[2], row[3]) for row in rows)


async def made_anew(tx: Tx) -> Kept:
    await tx.do("DELETE FROM search_words_version")
    assert await search_rebuild.bring_up_to_date(tx)
    return await kept(tx)


async def is_current(tx: Tx) -> bool:
    return not await search_rebuild.bring_up_to_date(tx)


def person(**more: Any) -> Person:
    """Give a person to be stored; what is not given is empty."""
    given: dict[str, Any] = {
        name: 0 if kind in {int, "int"} else "" for name, kind in Person.__annotations__.items() if name != "is_bot"
    }
    return Person(**{**given, "kind": "human", "active": 1, **more})


def chat(title: str, kind: str = "group") -> Chat:
    return Chat(0, kind, title, "", "", "", 0, 0, 0, "", "", "", "", "", 1, 0, 0, 0, 0)


async def test_words_follow_every_change_of_a_name(store: AnyStore) -> None:
    async def live(tx: Tx) -> Kept:
        ivan = await people.insert(tx, person(first_name="Иван", last_name="Ёлкин", work_position="Иван-царевич"))
        await people.insert(tx, person(kind="bot", first_name="Эхо", email="echo@example.com"))
        await people.change(tx, ivan, last_name="Палкин", email="I.Palkin@example.com")
        await people.change(tx, ivan, avatar="0" * 64)
        talk = await chats.insert(tx, chat("Мятный чат №3"))
        await chats.insert(tx, chat("", "private"))
        await chats.change(tx, talk, title="Релиз 2.0")
        await chats.change(tx, talk, color="MINT")
        await departments.insert(tx, "Отдел продаж", 0)
        return await kept(tx)

    found = await store.write(DIRECTORY_KEY, live)
    assert {row[2:] for row in found if row[:2] == (1, 1)} == {
        *(("иван", 1), ("палкин", 1), ("царевич", 0)),
        *(("i", 0), ("palkin", 0), ("example", 0), ("com", 0), ("i.palkin@example.com", 0)),
    }
    assert {row[2] for row in found if row[:2] == (1, 2)} == {"эхо", "echo", "example", "com", "echo@example.com"}
    assert [row[1:] for row in found if row[0] == 2] == [(1, "0", 1), (1, "2", 1), (1, "релиз", 1)]
    assert [row[1:] for row in found if row[0] == 3] == [(1, "отдел", 1), (1, "продаж", 1)]
    assert await store.write(DIRECTORY_KEY, made_anew) == found


async def test_after_a_life_through_the_api_the_words_are_what_the_names_say(world: World) -> None:
    bot = await world.alice.through(await world.install())
    given = {"EVENT_HANDLER": "http://127.0.0.1:9/", "PROPERTIES": {"NAME": "Эхо", "LAST_NAME": "Бот"}}
    bot_id = await bot.call("imbot.register", CODE="echo", **given)
    await bot.call("imbot.update", BOT_ID=bot_id, FIELDS={"PROPERTIES": {"NAME": "Отголосок", "WORK_POSITION": "Эхо"}})
    chat_id = await world.chat(world.alice, world.bob)
    await world.alice.call("im.chat.updateTitle", CHAT_ID=chat_id, TITLE="Жёлтый чат")
    await world.alice.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="раз")
    await world.add("Ещё", "Один", work_position="Дизайнер", email="one@example.com")
    found = await world.unit(kept)
    assert {(1, bot_id, "отголосок", 1), (1, bot_id, "эхо", 0), (2, chat_id, "желтый", 1)} <= set(found)
    assert not [row for row in found if row[:2] == (2, chat_id) and row[2] == "test"]
    assert await world.unit(made_anew) == found


async def test_a_database_of_the_first_release_is_found_in_from_the_first_start(database: str, tmp_path: Path) -> None:
    config = config_of(tmp_path, database)
    if database:
        await make_old_postgres(database)
    else:
        make_old_sqlite(config.sqlite_path)
    world = World(config)
    await world.open()
    try:
        assert await world.unit(is_current)
        assert await names(world, "алена жур") == ["Алёна Журавлёва"]
        assert await names(world, "alena@") == ["Алёна Журавлёва"]
        assert await names(world, "эхо") == ["Эхо"]
        chats_found = await world.alice.call("im.search.chat.list", FIND="свои")
        assert [one["title"] for one in chats_found.values()] == ["Все свои"]
        departments_found = await world.alice.call("im.search.department.list", FIND="продаж")
        assert [one["name"] for one in departments_found] == ["Отдел продаж"]
    finally:
        await world.close()


async def test_words_made_in_another_way_are_made_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = await world.unit(kept)
    await world.unit(spoil)
    assert await world.unit(is_current)
    monkeypatch.setattr(search_rebuild, "VERSION", words.VERSION + 1)
    assert not await world.unit(is_current)
    assert await world.unit(is_current)
    assert await world.unit(kept) == before


async def spoil(tx: Tx) -> None:
    await tx.do("UPDATE search_words SET word = word || 'x'")


async def test_many_words_are_written_in_several_statements(store: AnyStore) -> None:
    async def write(tx: Tx) -> int:
        owned = [search_words.Owned(one, search_words.of_title(f"чат {one}")) for one in range(1, 1_001)]
        await search_words.insert(tx, search_words.CHAT, owned)
        return len(await kept(tx))

    assert await store.write(DIRECTORY_KEY, write) == 2_000


async def test_a_long_word_fits_into_the_index(store: AnyStore) -> None:
    async def write(tx: Tx) -> Kept:
        await chats.insert(tx, chat("\U00020000" * 5_000))
        return await kept(tx)

    assert await store.write(DIRECTORY_KEY, write) == [(2, 1, "\U00020000" * words.MAX_WORD, 1)]


async def names(world: World, phrase: str) -> list[str]:
    found = await world.alice.call("im.search.user.list", FIND=phrase)
    return [one["name"] for one in found.values()] if found else []


def make_old_sqlite(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.migrate_sqlite(connection, path, up_to=1)
        for row in OLD_ROWS:
            connection.execute(row)


async def make_old_postgres(dsn: str) -> None:
    connection: Any = await asyncpg.connect(dsn)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await migrations.migrate_postgres(connection, up_to=1)
    for row in OLD_ROWS:
        await connection.execute(row)
    await connection.close()
