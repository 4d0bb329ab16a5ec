"""Messages in SQLite: WAL, `synchronous=FULL`, one writer thread that commits whatever is queued."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time

from bench.stub.rows import PAGE, Message, message

_SCHEMA = """
CREATE TABLE message(id INTEGER PRIMARY KEY, chat INTEGER, author INTEGER, created INTEGER, body TEXT);
CREATE INDEX message_by_chat ON message(chat, id);
"""
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO message SELECT ? + i, ?, 1, 0, 'zq0q xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' FROM n
"""
_LATEST = "SELECT id, chat, author, created, body FROM message WHERE chat = ? ORDER BY id DESC LIMIT ?"

_Waiting = tuple["asyncio.Future[Message]", Message]


class SqliteStore:
    """A new database at `path`; `start` it inside the running loop."""

    def __init__(self, path: str) -> None:
        self._writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._writer.execute("PRAGMA journal_mode=WAL")
        self._writer.execute("PRAGMA synchronous=FULL")
        self._writer.executescript(_SCHEMA)
        self._reader = sqlite3.connect(path, check_same_thread=False)
        self._last_id = 0
        self._queue: list[_Waiting] = []
        self._filled = threading.Event()

    async def start(self, history: dict[int, int]) -> None:
        """Write `history` (chat -> number of messages) and start the writer."""
        for chat, messages in history.items():
            self._writer.execute(_FILL, (messages, self._last_id, chat))
            self._last_id += messages
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._write, daemon=True).start()

    async def add(self, chat: int, author: int, body: str) -> Message:
        """Store a message; returns when it is on disk."""
        self._last_id += 1
        done: asyncio.Future[Message] = self._loop.create_future()
        self._queue.append((done, message(self._last_id, chat, author, int(time.time()), body)))
        self._filled.set()
        return await done

    async def latest(self, chat: int) -> list[Message]:
        """Return the latest messages of the chat, newest first."""
        return self._reader.execute(_LATEST, (chat, PAGE)).fetchall()

    def _write(self) -> None:
        while True:
            self._filled.wait()
            self._filled.clear()
            batch, self._queue = self._queue, []
            if batch:
                self._writer.execute("BEGIN IMMEDIATE")
                self._writer.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?)", [row for _, row in batch])
                self._writer.execute("COMMIT")
                self._loop.call_soon_threadsafe(_resolve, batch)


def _resolve(batch: list[_Waiting]) -> None:
    for done, row in batch:
        if not done.done():
            done.set_result(row)
