"""Messages in PostgreSQL: one connection commits whatever is queued with one statement, a small pool reads."""

from __future__ import annotations

import asyncio
import time

import asyncpg

from bench.stub.rows import PAGE, Message, message

_SCHEMA = """
DROP TABLE IF EXISTS stub_message;
CREATE TABLE stub_message(id bigint PRIMARY KEY, chat int, author int, created bigint, body text);
CREATE INDEX stub_message_by_chat ON stub_message(chat, id);
"""
_FILL = """
INSERT INTO stub_message
SELECT $2::bigint + i, $3, 1, 0, 'zq0q xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' FROM generate_series(1, $1::bigint) AS i
"""
_INSERT = """
INSERT INTO stub_message SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[], $5::text[])
"""
_LATEST = "SELECT id, chat, author, created, body FROM stub_message WHERE chat = $1 ORDER BY id DESC LIMIT $2"


class PostgresStore:
    """An emptied table in the database `dsn`; `start` it inside the running loop."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._last_id = 0
        self._queue: list[tuple[asyncio.Future[Message], Message]] = []
        self._filled = asyncio.Event()

    async def start(self, history: dict[int, int]) -> None:
        """Write `history` (chat -> number of messages) and start the writer."""
        writer = await asyncpg.connect(self._dsn)
        await writer.execute(_SCHEMA)
        for chat, messages in history.items():
            await writer.execute(_FILL, messages, self._last_id, chat)
            self._last_id += messages
        self._pool = await asyncpg.create_pool(self._dsn, min_size=2, max_size=4)
        self._task = asyncio.create_task(self._write(await writer.prepare(_INSERT)))

    async def add(self, chat: int, author: int, body: str) -> Message:
        """Store a message; returns when it is committed."""
        self._last_id += 1
        done: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._queue.append((done, message(self._last_id, chat, author, int(time.time()), body)))
        self._filled.set()
        return await done

    async def latest(self, chat: int) -> list[Message]:
        """Return the latest messages of the chat, newest first."""
        return [tuple(row) for row in await self._pool.fetch(_LATEST, chat, PAGE)]

    async def _write(self, insert: asyncpg.prepared_stmt.PreparedStatement) -> None:
        while True:
            await self._filled.wait()
            self._filled.clear()
            batch, self._queue = self._queue, []
            if batch:
                await insert.fetch(*map(list, zip(*(row for _, row in batch), strict=True)))
                for done, row in batch:
                    if not done.done():
                        done.set_result(row)
