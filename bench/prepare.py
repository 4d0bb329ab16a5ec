"""Makes the people, chats and histories of a run in an empty database (`python -m bench.prepare --help`).

It runs with the package of the checkout that is measured, before the server starts. What rules make (chats with their
members) comes from the core; only the long histories are written in bulk, because a million messages through the core
would take longer than the measurement.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path

import msgspec

from bench.library import write_library
from bench.world import CROWD, CROWD_SIZE, HALL_SIZE, HISTORY, LONG, MEMBERS, TEAM_SIZE, World, chats_for
from bench.world import Person as Caller
from skvorets.app import open_store
from skvorets.config import Config
from skvorets.core import logins, tokens
from skvorets.core.chats import NewChat, create_chat
from skvorets.storage import applications, people
from skvorets.storage.applications import Application
from skvorets.storage.chats import Chat
from skvorets.storage.database import DIRECTORY_KEY, Store, Tx
from skvorets.storage.people import Person

TOKEN_LIFE_S = 24 * 3600
# Of the first people, for dialects that log in with one.
PASSWORD = "a long password for measuring"  # noqa: S105 — of an empty database on the loopback
PAIR_SIZE = 2
SCOPES = "im,imbot,user,user_basic,department"

# CAST, because PostgreSQL would take a bare parameter of a SELECT for text
_FILL = """
INSERT INTO messages (chat_id, seq, author_id, created_at, text)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($3 AS BIGINT))
SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT) + i, CAST($4 AS BIGINT) + i % $5, CAST($6 AS BIGINT),
       'A sentence of the usual length, as people write them to each other at work all day long, mostly in haste' FROM n
"""
_CLOSE_FILL = """
UPDATE chats SET last_seq = last_seq + $2, last_message_at = $3,
       last_message_id = (SELECT max(id) FROM messages WHERE chat_id = $1) WHERE id = $1
"""
_READ_ALL = """
UPDATE members SET read_seq = (SELECT last_seq FROM chats WHERE id = $1),
       read_id = (SELECT last_message_id FROM chats WHERE id = $1) WHERE chat_id = $1
"""


# Applications that may register bots.
APPLICATIONS = 5
_EMPTY_TEXTS = (
    *("last_name", "work_position", "gender", "birthday", "color", "avatar", "email", "www", "language", "status"),
    *("work_phone", "personal_mobile", "personal_phone", "inner_phone"),
)


async def prepare(store: Store, *, is_full: bool) -> World:
    """Fill the database of a started `store` and return what the scenarios need to know."""
    names = chats_for(is_full=is_full)
    ids = await store.write(DIRECTORY_KEY, _add_people, CROWD_SIZE if CROWD in names else HALL_SIZE)
    application, *others = [
        await store.write(DIRECTORY_KEY, _add_application, ids[0], number) for number in range(APPLICATIONS)
    ]
    chats = {name: await store.write(DIRECTORY_KEY, _add_chat, name, ids) for name in names}
    callers = [Caller(person_id, _token(store, application, person_id)) for person_id in ids[:HALL_SIZE]]
    return World(
        callers,
        {name: chat.id for name, chat in chats.items()},
        _token(store, application, ids[0]),
        [_token(store, one, ids[0]) for one in others],
        await store.write(DIRECTORY_KEY, _set_passwords, ids[:PAIR_SIZE]),
        PASSWORD,
    )


async def prepare_library(store: Store, messages: int) -> World:
    """Fill the database of a started `store` with a library of so many messages; its only caller is the reader."""
    [reader_id] = await store.write(DIRECTORY_KEY, _add_people, 1)
    application = await store.write(DIRECTORY_KEY, _add_application, reader_id)
    long_id = await store.write(DIRECTORY_KEY, write_library, reader_id, messages)
    return World([Caller(reader_id, _token(store, application, reader_id))], {LONG: long_id})


def _token(store: Store, application: int, person_id: int) -> str:
    expires_at = int(time.time()) + TOKEN_LIFE_S
    return tokens.issue(store.portal, tokens.Token(tokens.ACCESS, application, 1, person_id, expires_at))


async def _add_people(tx: Tx, count: int) -> list[int]:
    texts = dict.fromkeys(_EMPTY_TEXTS, "")
    times = {"idle_since": 0, "absent_until": 0, "last_seen": 0, "created_at": tx.now}
    ids = []
    for number in range(1, count + 1):
        flags = {"active": 1, "admin": int(number == 1), "extranet": 0}
        person = {"id": 0, "kind": "human", "first_name": f"Caller {number}", **flags, **texts, **times}
        ids.append(await people.insert(tx, msgspec.convert(person, Person)))
    return ids


async def _set_passwords(tx: Tx, ids: list[int]) -> list[str]:
    hashed = logins.hash_password(PASSWORD)
    names = [f"caller{person_id}@example.com" for person_id in ids]
    for person_id, name in zip(ids, names, strict=True):
        await logins.set_password_hash(tx, person_id, name, hashed)
    return names


async def _add_application(tx: Tx, owner_id: int, number: int = 0) -> int:
    fields = dict.fromkeys(("secret_hash", "handler_url", "install_url", "limits", "delivery"), "")
    numbers = {"id": 0, "api_only": 1, "version": 1, "active": 1, "installed": 1, "installation": 1, "webhook_id": 0}
    names = {"kind": "local", "client_id": f"local.bench{number or ''}", "name": "Bench", "scopes": SCOPES}
    row = {**fields, **numbers, **names, "installed_by": owner_id, "created_at": tx.now}
    return await applications.insert(tx, msgspec.convert(row, Application))


async def _add_chat(tx: Tx, name: str, ids: list[int]) -> Chat:
    creator = await people.find(tx, ids[0])
    if creator is None:
        raise LookupError(ids[0])
    new = NewChat(title=name, member_ids=tuple(ids[: MEMBERS[name]]), first_message=name)
    chat = await create_chat(tx, creator, new)
    if messages := HISTORY.get(name):
        await tx.do(_FILL, chat.id, 1, messages, ids[0], TEAM_SIZE, tx.now)
        await tx.do(_CLOSE_FILL, chat.id, messages, tx.now)
        await tx.do(_READ_ALL, chat.id)
    return chat


async def _run(options: argparse.Namespace) -> None:
    store = open_store(Config(data_dir=options.data_dir, database=options.database))
    await store.start()
    try:
        library: int = options.library
        world = await (prepare_library(store, library) if library else prepare(store, is_full=options.full))
    finally:
        await store.stop()
    options.out.write_bytes(msgspec.json.encode(world))


def main() -> None:
    """Read the command line and prepare."""
    parser = argparse.ArgumentParser(prog="python -m bench.prepare")
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--database", default="", help="postgresql://… instead of SQLite in the data directory")
    parser.add_argument("--out", type=Path, required=True, help="file to describe the world in")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--library", type=int, default=0, metavar="N", help="N messages to read, instead of the rest")
    asyncio.run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
