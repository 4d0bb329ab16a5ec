"""The server under test, in the words of its REST and push doors.

Requests are put together once per caller, so that a call costs the generator little more than two writes of bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from bench.http_client import HttpConnection
from bench.numbered import numbers_in, text_of
from bench.world import Person, World
from bench.ws_client import WsConnection

HTTP_OK = 200


class RefusedError(Exception):
    """The server answered with something else than a result."""


class Caller:
    """One person with one connection."""

    def __init__(self, port: int, person: Person) -> None:
        self._connection = HttpConnection(port)
        self._auth = person.token.encode()

    async def send(self, dialog: bytes, number: int) -> None:
        """Post message `number` into `dialog` ("chat5" or a person's id); returns after the acknowledgement."""
        body = b'{"DIALOG_ID":"%s","MESSAGE":"%s","auth":"%s"}' % (dialog, text_of(number), self._auth)
        status, answer = await self._connection.post_json(b"/rest/im.message.add.json", body)
        if status != HTTP_OK or b'"result"' not in answer:
            raise RefusedError(status, answer[:300])

    async def list_latest(self, dialog: bytes) -> int:
        """Read the latest 20 messages of `dialog`; returns how many of them are ours."""
        body = b'{"DIALOG_ID":"%s","LIMIT":20,"auth":"%s"}' % (dialog, self._auth)
        status, answer = await self._connection.post_json(b"/rest/im.dialog.messages.get.json", body)
        if status != HTTP_OK:
            raise RefusedError(status, answer[:300])
        return len(numbers_in(answer))

    async def call(self, path: str, **params: object) -> object:
        """POST the parameters to `path` and return the whole decoded answer."""
        body = msgspec.json.encode({**params, "auth": self._auth.decode()})
        status, answer = await self._connection.post_json(path.encode(), body)
        if status != HTTP_OK:
            raise RefusedError(path, status, answer[:300])
        return msgspec.json.decode(answer)

    async def ask(self, path: str, **params: object) -> int:
        """POST the parameters to `path`; return the size of the answer, which must be a result, in bytes."""
        body = msgspec.json.encode({**params, "auth": self._auth.decode()})
        status, answer = await self._connection.post_json(path.encode(), body)
        if status != HTTP_OK or not answer.startswith(b'{"result":'):
            raise RefusedError(path, status, answer[:300])
        return len(answer)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@dataclass(frozen=True)
class Service:
    """A started server: where it listens, who is there, which processes to charge."""

    name: str
    port: int
    world: World
    pid: int  # root of the server's process tree
    database_pid: int = 0  # root of the database's tree, counted for CPU only; 0: none

    @property
    def cpu_roots(self) -> list[int]:
        """Processes whose CPU is the price of a message."""
        return [self.pid, self.database_pid] if self.database_pid else [self.pid]

    def dialog(self, chat: str) -> bytes:
        """Return the DIALOG_ID of the chat named in `bench.world`."""
        return b"chat%d" % self.world.chats[chat]

    def has_chat(self, chat: str) -> bool:
        """Tell whether the preparation made this chat."""
        return chat in self.world.chats

    def caller(self, index: int, among: int) -> Caller:
        """Return caller `index` as one of the first `among` people."""
        return Caller(self.port, self.world.people[index % among])

    async def listen(self, index: int, on_number: Callable[[int], object]) -> WsConnection:
        """Open the push socket of person `index`; `on_number` gets the number of each message that arrives."""
        caller = self.caller(index, len(self.world.people))
        answer = await caller.call("/push/ticket")
        caller.close()
        ticket = answer.get("ticket") if isinstance(answer, dict) else None
        if not isinstance(ticket, str):
            raise RefusedError("no ticket", answer)

        def on_frame(payload: bytes) -> None:
            for number in numbers_in(payload):
                on_number(number)

        return await WsConnection.open(self.port, f"/push/ws?ticket={ticket}", on_frame)
