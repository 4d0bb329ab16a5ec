"""A program of Megaplan's API: logs in with the MD5 of a password and signs its requests, as real ones do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import time
from email.utils import formatdate
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import aiohttp
import yarl

from skvorets.core import logins
from support.world import Actor, World

PASSWORD = "correct horse"
HASH = logins.hash_password(PASSWORD)
COMMON = "/BumsCommonApiV01"
STAFF = "/BumsStaffApiV01"
FORM = "application/x-www-form-urlencoded"


class Reply(NamedTuple):
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def tree(self) -> Any:
        """The whole answer of a JSON method."""
        assert self.headers["Content-Type"] == "application/json; charset=utf-8", self
        return json.loads(self.body)

    @property
    def data(self) -> Any:
        """What a method that must have succeeded gives."""
        assert self.status == 200, self
        tree = self.tree
        assert list(tree) == ["status", "params", "data"]
        assert tree["status"] == {"code": "ok", "message": None}
        return tree["data"]

    @property
    def refusal(self) -> tuple[int, str]:
        """Status and text of a method that must have been refused."""
        tree = self.tree
        assert list(tree) == ["status", "params", "data"]
        assert tree["status"]["code"] == "error"
        assert tree["data"] == []
        assert isinstance(tree["status"]["message"], str)
        return self.status, tree["status"]["message"]

    @property
    def xml(self) -> ET.Element:
        """The whole answer of an XML method."""
        assert self.headers["Content-Type"] == "text/xml; charset=utf-8", self
        assert self.body.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
        return ET.fromstring(self.body)  # noqa: S314 — our own server's


class Program:
    """Calls methods as one person."""

    def __init__(self, world: World, access_id: str = "", secret: str = "") -> None:
        """Sign with a pair."""
        self.world = world
        self.access_id, self.secret = access_id, secret
        self._sent = 0

    async def get(self, path: str, **params: Any) -> Reply:
        """Call a method by GET, in JSON unless the path has an extension."""
        target = _with_extension(path) + (f"?{urlencode(params)}" if params else "")
        return await self.send("GET", target)

    async def post(self, path: str, params: dict[str, Any] | None = None) -> Reply:
        """Call a method by POST with a form."""
        body = urlencode(params or {}).encode()
        return await self.send("POST", _with_extension(path), body, content_type=FORM)

    async def send(self, verb: str, target: str, body: bytes = b"", *, content_type: str = "", **more: str) -> Reply:
        """Send a signed request; ``more``: headers with underscores, which win over the usual ones."""
        # No two alike, since a message is sent once only: seconds differ.
        self._sent += 1
        date = formatdate(time.time() - self._sent % 600, usegmt=True)
        headers = {"Date": date, "Content-Type": content_type, **{k.replace("_", "-"): v for k, v in more.items()}}
        host = urlsplit(self.world.url).netloc
        md5 = headers.get("Content-MD5", "")
        lines = (verb, md5, headers["Content-Type"], headers["Date"], host + target)
        headers.setdefault("X-Authorization", f"{self.access_id}:{sign(self.secret, lines)}")
        return await raw(self.world, verb, target, body, {name: value for name, value in headers.items() if value})


def sign(secret: str, lines: tuple[str, ...]) -> str:
    """Compute a signature, independently of the server."""
    digest = hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha1).hexdigest()
    return base64.b64encode(digest.encode()).decode()


async def raw(world: World, verb: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
    """Send a request as it is."""
    url = yarl.URL(world.url + target, encoded=True)
    # As a stream: large bodies at once would hold the loop up.
    skipped = ("Content-Type",) if not (headers or {}).get("Content-Type") else ()
    async with world.session.request(
        verb,
        url,
        data=io.BytesIO(body) if body else None,
        headers=headers,
        skip_auto_headers=(*skipped, "Accept-Encoding"),
    ) as response:
        assert "Content-Encoding" not in response.headers
        assert isinstance(response, aiohttp.ClientResponse)
        return Reply(response.status, dict(response.headers), await response.read())


def md5_of(password: str) -> str:
    """The MD5 of a password, as it is sent."""
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()


async def open_account(world: World, actor: Actor, login: str = "") -> str:
    """Give a person the usual password; his log-in."""
    login = login or f"person{actor.id}"
    await world.unit(logins.set_password_hash, actor.id, login, HASH)
    return login


async def program_of(world: World, actor: Actor) -> Program:
    """Log a person in as a program does."""
    login = await open_account(world, actor)
    query = urlencode({"Login": login, "Password": md5_of(PASSWORD)})
    got = (await raw(world, "GET", f"{COMMON}/User/authorize.api?{query}")).data
    return Program(world, got["AccessId"], got["SecretKey"])


async def send_message(program: Program, to: Any, content: str = "Hello", **more: Any) -> Any:
    """Send a message that must arrive; the message object. ``more``: parameters beside Model."""
    subject = more.pop("subject", "")
    params = {"Model[To]": to, "Model[Content]": content, "Model[Subject]": subject, **more}
    return (await program.post(f"{COMMON}/Message/create", params)).data["message"]


async def listed(program: Program, **params: Any) -> list[Any]:
    """List a folder."""
    found: list[Any] = (await program.get(f"{COMMON}/Message/list", **params)).data["messages"]
    return found


def _with_extension(path: str) -> str:
    return path if "." in path.rpartition("/")[2] else f"{path}.api"


__all__ = ["Program", "Reply", "listed", "md5_of", "open_account", "program_of", "quote", "raw", "send_message", "sign"]
