"""One caller of each dialect, in the words of its clients, for the scenario `dialects`."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from abc import ABC, abstractmethod
from email.utils import formatdate
from urllib.parse import quote, urlencode

import msgspec

from bench.http_client import LOOPBACK, HttpConnection
from bench.numbered import text_of
from bench.service import HTTP_OK, RefusedError, Service

FORM = "application/x-www-form-urlencoded"
# The record talked about is that of this employee, who is also the partner of the private dialog.
PARTNER = 1


class Door(ABC):
    """One connection of one person."""

    name = ""

    def __init__(self, service: Service, page: int) -> None:
        self._service, self._page = service, page
        self._connection = HttpConnection(service.port)

    @abstractmethod
    async def create(self, number: int) -> None:
        """Write message `number`."""

    @abstractmethod
    async def list_page(self) -> None:
        """List a page, which must be full."""

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    async def _send(self, verb: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
        lines = [f"{verb} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        status, answer = await self._connection.exchange("\r\n".join([*lines, "", ""]).encode() + body)
        if status != HTTP_OK:
            raise RefusedError(path, status, answer[:300])
        return answer

    def _count(self, found: int) -> None:
        if found != self._page:
            raise RefusedError(f"{self.name}: {found} messages instead of {self._page}")


class Bitrix24Door(Door):
    """`/rest/` with a token."""

    name = "Bitrix24"

    def __init__(self, service: Service, dialog: str, page: int) -> None:
        super().__init__(service, page)
        self._dialog, self._token = dialog, service.world.people[0].token

    async def create(self, number: int) -> None:
        """Call im.message.add."""
        await self._ask("im.message.add", MESSAGE=text_of(number).decode())

    async def list_page(self) -> None:
        """Call im.dialog.messages.get."""
        self._count((await self._ask("im.dialog.messages.get", LIMIT=self._page)).count(b'"author_id"'))

    async def _ask(self, method: str, **params: object) -> bytes:
        body = msgspec.json.encode({"DIALOG_ID": self._dialog, **params, "auth": self._token})
        return await self._send("POST", f"/rest/{method}.json", {"Content-Type": "application/json"}, body)


class BpiumDoor(Door):
    """`/api/v1/` with the cookie that the first call gave."""

    name = "Bpium"

    def __init__(self, service: Service) -> None:
        super().__init__(service, 0)
        self._headers: dict[str, str] = {}
        self._path = f"/api/v1/catalogs/$users/records/{service.world.people[PARTNER].id}"

    async def open(self, page: int) -> str:
        """Log in and subscribe, with the partner; the Bitrix24 name of the conversation about the record."""
        self._page = page
        for person in (PARTNER, 0):
            self._headers = {"Content-Type": "application/json", "Cookie": await self._cookie(person)}
            options = f"{self._path}/chatOptions/{self._service.world.people[PARTNER].id}"
            await self._send("PATCH", options, self._headers, b'{"subscribe":true}')
        return await _newest_chat(self._service)

    async def create(self, number: int) -> None:
        """Post a message as text."""
        body = b'{"text":"%s"}' % text_of(number)
        await self._send("POST", f"{self._path}/messages", self._headers, body)

    async def list_page(self) -> None:
        """List the oldest page."""
        answer = await self._send("GET", f"{self._path}/messages?limit={self._page}", self._headers)
        self._count(answer.count(b'"updatedDate"'))

    async def _cookie(self, person: int) -> str:
        given = msgspec.json.encode(
            {"email": self._service.world.logins[person], "password": self._service.world.password}
        )
        lines = ("POST /auth/login HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json")
        head = "\r\n".join((*lines, f"Content-Length: {len(given)}", "", "")).encode()
        return await _cookie_of(self._service.port, head + given)


class MegaplanDoor(Door):
    """`/BumsCommonApiV01/`, signed."""

    name = "Megaplan"

    def __init__(self, service: Service) -> None:
        super().__init__(service, 0)
        self._access_id = self._secret = ""

    async def open(self, page: int) -> str:
        """Log in; the Bitrix24 name of the private dialog with the partner."""
        self._page = page
        world = self._service.world
        password = hashlib.md5(world.password.encode(), usedforsecurity=False).hexdigest()
        given = urlencode({"Login": world.logins[0], "Password": password})
        path = f"/BumsCommonApiV01/User/authorize.api?{given}"
        answer = msgspec.json.decode(await self._send("POST", path, {"Content-Type": FORM}))
        self._access_id, self._secret = answer["data"]["AccessId"], answer["data"]["SecretKey"]
        return str(world.people[PARTNER].id)

    async def create(self, number: int) -> None:
        """Send a letter to the partner."""
        to = self._service.world.people[PARTNER].id
        body = urlencode({"Model[Content]": text_of(number).decode(), "Model[To]": to}).encode()
        await self._signed("POST", "/BumsCommonApiV01/Message/create.api", body)

    async def list_page(self) -> None:
        """List a page of what was sent."""
        answer = await self._signed(
            "GET", f"/BumsCommonApiV01/Message/list.api?Folder=outgoing&Order=desc&Limit={self._page}"
        )
        self._count(answer.count(b'"TimeUpdated"'))

    async def _signed(self, verb: str, path: str, body: bytes = b"") -> bytes:
        date = formatdate()
        kind = FORM if body else ""
        text = "\n".join((verb, "", kind, date, f"127.0.0.1{path}"))
        digest = hmac.new(self._secret.encode(), text.encode(), hashlib.sha1).hexdigest()
        signature = base64.b64encode(digest.encode()).decode()
        headers = {"Date": date, "X-Authorization": f"{self._access_id}:{signature}", "Accept": "application/json"}
        return await self._send(verb, path, {**headers, "Content-Type": kind} if kind else headers, body)


async def _cookie_of(port: int, request: bytes) -> str:
    """Send a request on a connection of its own and give the cookie that the answer sets."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    writer.close()
    for line in head.split("\r\n"):
        name, _, value = line.partition(": ")
        if name.lower() == "set-cookie":
            return quote(value.partition(";")[0], safe="=%.~-_:")
    raise RefusedError(head[:300])


async def _newest_chat(service: Service) -> str:
    """Give the newest chat of the first person, which he has just subscribed to."""
    caller = service.caller(0, 1)
    answer = await caller.call("/rest/im.recent.get.json")
    caller.close()
    if not isinstance(answer, dict):
        raise RefusedError(answer)
    chats = [str(one["id"]) for one in answer["result"] if str(one["id"]).startswith("chat")]
    return max(chats, key=lambda name: int(name.removeprefix("chat")))
