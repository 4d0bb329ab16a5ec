"""The window of a live chat as a visitor's browser opens it: the widget's API over real HTTP."""

from __future__ import annotations

from typing import Any

import msgspec
import yarl

from skvorets.core.lines import finishing
from skvorets.core.lines.clients import hash_token
from skvorets.storage import line_clients, line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.lines import Line
from support.push import Push
from support.world import Actor, World

API = "/widget/api/"


class Refused(Exception):  # noqa: N818 — as pytest shows it: status and code
    """A refusal, as ``"404 no_such_message"``."""

    def __init__(self, status: int, code: str, retry_after: str = "") -> None:
        super().__init__(f"{status} {code}")
        self.retry_after = retry_after


class Window:
    """One visitor's window, or a stranger's."""

    def __init__(self, world: World, line: Line | None = None, token: str = "") -> None:
        self.world = world
        self.line = line
        self.token = token
        self.person_id = 0

    @property
    def headers(self) -> dict[str, str]:
        """What shows who calls."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def call(self, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call the API; the answer's JSON, None for no content. Raises Refused."""
        raw = body if isinstance(body, bytes) else msgspec.json.encode({} if body is None else body)
        return await self.send(verb, path, raw, "application/json", **headers)

    async def send(self, verb: str, path: str, body: Any, content_type: str, **headers: str) -> Any:
        """Send bytes of any type."""
        url = yarl.URL(self.world.url + API + path, encoded=True)
        more = {"Content-Type": content_type, **self.headers, **headers}
        given = None if verb in {"GET", "HEAD"} else body
        async with self.world.session.request(verb, url, data=given, headers=more) as response:
            text = await response.read()
            assert "Set-Cookie" not in response.headers
            assert response.headers["Cache-Control"] == "no-store"
            if response.status == 204:
                assert not text
                return None
            answer = msgspec.json.decode(text)
            if response.status != 200:
                assert answer.keys() == {"error"}, answer
                assert answer["error"].keys() == {"code", "message"}
                raise Refused(response.status, answer["error"]["code"], response.headers.get("Retry-After", ""))
            return answer

    async def get(self, path: str) -> Any:
        """Ask by GET."""
        return await self.call("GET", path)

    async def post(self, path: str, **body: Any) -> Any:
        """Send JSON."""
        return await self.call("POST", path, body)

    async def come(self, **more: Any) -> dict[str, Any]:
        """Become a visitor of the line; how he is shown."""
        assert self.line is not None
        answer = await self.post("visitors", line=self.line.code, **more)
        self.token = answer["token"]
        self.person_id = answer["visitor"]["id"]
        visitor: dict[str, Any] = answer["visitor"]
        return visitor

    async def say(self, text: str, client_id: str = "", **more: Any) -> dict[str, Any]:
        """Send a message."""
        message: dict[str, Any] = await self.post("messages", text=text, clientId=client_id or text[:60], **more)
        return message

    async def upload(self, data: Any, name: str = "a.txt", client_id: str = "file") -> dict[str, Any]:
        """Send a file."""
        query = yarl.URL.build(query={"name": name, "clientId": client_id}).raw_query_string
        message: dict[str, Any] = await self.send("POST", f"files?{query}", data, "application/octet-stream")
        return message

    async def texts(self) -> list[str]:
        """Give what the talk says, oldest first."""
        return [one["text"] for one in (await self.get("messages"))["messages"]]

    async def listen(self, since: str | None = None) -> Push:
        """Give a push socket of the visitor, to be opened by ``async with``."""
        return Push(self.world, (await self.post("ticket"))["ticket"], since)


async def window_of(world: World, line: Line, **more: Any) -> Window:
    """Give the window of a new visitor of a line."""
    window = Window(world, line)
    await window.come(**more)
    return window


async def client_of(window: Window) -> LineClient:
    """Give the customer whose window this is, as he is stored now."""

    async def unit(tx: Tx) -> LineClient:
        client = await line_clients.by_token(tx, hash_token(window.token))
        assert client is not None
        return client

    client: LineClient = await window.world.unit(unit)
    return client


async def mark_as_spam(window: Window, actor: Actor) -> None:
    """Let an operator take nothing from the visitor any more."""

    async def unit(tx: Tx) -> None:
        client = await line_clients.by_token(tx, hash_token(window.token))
        assert client is not None
        session = await line_sessions.newest_of_chat(tx, client.chat_id)
        assert session is not None
        await finishing.mark_spam(tx, actor.person, session)

    await window.world.unit(unit)
