"""The stub's ASGI application: `uvicorn --factory bench.stub.app:make_app`.

Environment: `BENCH_WORLD`, a file with `bench.world.World` as JSON; `BENCH_DATABASE`, a path of an SQLite file to be
made, or an address `postgresql://…`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import msgspec

from bench.stub.postgres_store import PostgresStore
from bench.stub.sqlite_store import SqliteStore
from bench.world import HISTORY, MEMBERS, World

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]

_TICKET = b"ticket="
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Stub:
    """The application and all its state."""

    def __init__(self, world: World, store: SqliteStore | PostgresStore) -> None:
        self._store = store
        self._history = {world.chats[chat]: size for chat, size in HISTORY.items() if chat in world.chats}
        self._people = {person.token: person.id for person in world.people}
        ids = [person.id for person in world.people]
        self._members = {number: frozenset(ids[: MEMBERS[chat]]) for chat, number in world.chats.items()}
        self._sockets: defaultdict[int, set[Send]] = defaultdict(set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] == "http":
            status, answer = await self._answer(scope["path"], await _body(receive))
            await _reply(send, status, answer)
        elif scope["type"] == "websocket":
            await self._push(scope, receive, send)
        else:
            await self._live(receive, send)

    async def _answer(self, path: str, body: bytes) -> tuple[int, object]:
        params = _decode(body)
        person = self._people.get(params["auth"])
        if person is None:
            return 401, {"error": "expired_token"}
        if path == "/push/ticket":
            return 200, {"ticket": params["auth"]}
        chat = int(params["DIALOG_ID"][4:])
        members = self._members.get(chat, frozenset())
        if person not in members:
            return 400, {"error": "ACCESS_ERROR"}
        if path == "/rest/im.message.add.json":
            return 200, {"result": await self._add(chat, person, params["MESSAGE"], members)}
        if path == "/rest/im.dialog.messages.get.json":
            names = ("id", "chat_id", "author_id", "date", "text")
            rows = [dict(zip(names, row, strict=True)) for row in await self._store.latest(chat)]
            return 200, {"result": {"chat_id": chat, "messages": rows}}
        return 404, {"error": "ERROR_METHOD_NOT_FOUND"}

    async def _add(self, chat: int, person: int, text: str, members: frozenset[int]) -> int:
        number, _, _, created, _ = await self._store.add(chat, person, text)
        frame: Scope = {}
        for member in [one for one in self._sockets if one in members]:  # connected ones first: a chat may be big
            for send in list(self._sockets[member]):
                if not frame:
                    params = {"id": number, "chatId": chat, "senderId": person, "date": created, "text": text}
                    event = _encode({"event": "message", "params": params})
                    frame = {"type": "websocket.send", "text": event.decode()}
                await send(frame)
        return number

    async def _push(self, scope: Scope, receive: Receive, send: Send) -> None:
        person = self._people.get(scope["query_string"].partition(_TICKET)[2].decode())
        await receive()
        if person is None:
            await send({"type": "websocket.close", "code": 4401})
            return
        await send({"type": "websocket.accept"})
        self._sockets[person].add(send)
        try:
            while (await receive())["type"] != "websocket.disconnect":
                pass
        finally:
            self._sockets[person].discard(send)
            if not self._sockets[person]:
                del self._sockets[person]

    async def _live(self, receive: Receive, send: Send) -> None:
        kind = ""
        while kind != "lifespan.shutdown":
            kind = (await receive())["type"]
            if kind == "lifespan.startup":
                await self._store.start(self._history)
            await send({"type": f"{kind}.complete"})


async def _body(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        part = await receive()
        body += part.get("body", b"")
        if not part.get("more_body"):
            return body


async def _reply(send: Send, status: int, answer: object) -> None:
    body = _encode(answer)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def make_app() -> Stub:
    """Build the stub from the environment (see above); uvicorn's factory."""
    database = os.environ["BENCH_DATABASE"]
    world = msgspec.json.decode(Path(os.environ["BENCH_WORLD"]).read_bytes(), type=World)
    is_postgres = database.startswith("postgresql://")
    return Stub(world, PostgresStore(database) if is_postgres else SqliteStore(database))
