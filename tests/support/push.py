"""A client of the push socket: opens it as a program would and gives the frames one after another."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

import aiohttp
import msgspec

from skvorets.core import access, members
from skvorets.core.access import Dialog
from skvorets.storage.database import Tx
from support.world import Actor, World

# More than any frame takes on a busy machine; only a failing test waits so long.
PATIENCE_S = 5.0
# The server hands out what is committed within some milliseconds; what did not come by then does not come.
SILENCE_S = 0.15


class Push:
    """One open socket; use as ``async with``."""

    def __init__(self, world: World, ticket: str, since: str | None = None, **headers: str) -> None:
        self.world = world
        self.position = ""
        self._query = {"ticket": ticket} | ({} if since is None else {"since": since})
        self._headers = headers

    async def __aenter__(self) -> Self:
        url = f"{self.world.url}/push/ws"
        self._session = aiohttp.ClientSession()  # one of its own: a shared one has a limited number of connections
        self.socket = await self._session.ws_connect(url, params=self._query, headers=self._headers, max_msg_size=0)
        hello = await self.frame()
        assert hello.keys() == {"type", "position"}, hello
        assert hello["type"] == "hello"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()
        await self._session.close()

    async def frame(self) -> dict[str, Any]:
        """Give the next frame."""
        message = await self.socket.receive(PATIENCE_S)
        assert message.type is aiohttp.WSMsgType.TEXT, (message, self.socket.close_code)
        frame: dict[str, Any] = msgspec.json.decode(message.data)
        self.position = frame["position"]
        return frame

    async def message(self) -> dict[str, Any]:
        """Give the next frame that says a message was added."""
        while (frame := await self.frame())["type"] != "message.added":
            pass
        return frame

    async def texts(self, until: str) -> list[str]:
        """Give the texts of all messages up to this one."""
        found: list[str] = []
        while until not in found:
            found.append((await self.message())["data"]["text"])
        return found

    async def rest(self) -> list[dict[str, Any]]:
        """Give what comes until nothing comes any more."""
        found: list[dict[str, Any]] = []
        while True:
            try:
                message = await self.socket.receive(SILENCE_S)
            except TimeoutError:
                return found
            if message.type is not aiohttp.WSMsgType.TEXT:
                return found
            found.append(msgspec.json.decode(message.data))

    async def close_code(self) -> int | None:
        """Read to the end; the code with which the server closed."""
        while (await self.socket.receive(PATIENCE_S)).type is aiohttp.WSMsgType.TEXT:
            pass
        return self.socket.close_code


async def ticket_of(actor: Actor) -> str:
    """Get a ticket with the actor's token or webhook."""
    shown = {"auth": actor.auth} if actor.auth else {"webhook": actor.path.removeprefix("/rest/").rstrip("/")}
    answer = await actor.world.post("/push/ticket", msgspec.json.encode(shown), "application/json")
    assert answer.status == 200, answer
    assert answer.body.keys() == {"ticket", "expiresIn"}
    ticket: str = answer.body["ticket"]
    return ticket


async def listen(actor: Actor, since: str | None = None, **headers: str) -> Push:
    """Give a socket of the actor, to be opened by ``async with``."""
    return Push(actor.world, await ticket_of(actor), since, **headers)


async def refusal_of(world: World, query: str, **headers: str) -> tuple[int, str]:
    """Try to open a socket that must be refused; status and code."""
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"} | headers
    headers.setdefault("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
    async with asyncio.timeout(PATIENCE_S):
        answer = await world.get(f"/push/ws{query}", **headers)
    return answer.status, answer.body["error"]


async def say(actor: Actor, chat_id: int, text: str) -> int:
    """Post a message; its id."""
    message_id: int = await actor.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    return message_id


async def remove(world: World, actor: Actor, chat_id: int, person: Actor) -> None:
    """Remove somebody from a chat."""

    async def unit(tx: Tx) -> None:
        seat = await access.chat_of_member(tx, actor.person, Dialog(chat_id=chat_id))
        await members.remove_member(tx, actor.person, seat, person.id)

    await world.unit(unit)


async def invite(world: World, actor: Actor, chat_id: int, person: Actor, *, shows_history: bool = True) -> None:
    """Bring somebody into a chat."""

    async def unit(tx: Tx) -> None:
        seat = await access.chat_of_member(tx, actor.person, Dialog(chat_id=chat_id))
        await members.add_members(tx, actor.person, seat, [person.id], shows_history=shows_history)

    await world.unit(unit)


async def until_gone(world: World) -> None:
    """Wait until the server has noticed that all sockets are closed."""
    async with asyncio.timeout(5):
        while world.app.hub.sessions():  # noqa: ASYNC110 — a client's goodbye is no event of ours
            await asyncio.sleep(0.005)
