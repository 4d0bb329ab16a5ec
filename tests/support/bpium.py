"""A program that speaks the Bpium API: Basic, or the cookie that the answer to it sets."""

from __future__ import annotations

import base64
import json
from typing import Any, NamedTuple

from skvorets.core import logins
from skvorets.core.logins import hash_password
from support.world import Actor, World

PASSWORD = "correct horse battery"
_HASH = hash_password(PASSWORD)


class Heard(NamedTuple):
    """An answer: status, decoded JSON (None for no body), headers."""

    status: int
    body: Any
    headers: dict[str, str]
    cookie: str  # of connect.sid, empty when none was set

    @property
    def result(self) -> Any:
        """The body of an answer that must be a success."""
        assert self.status == 200, self
        return self.body

    @property
    def refusal(self) -> tuple[int, str]:
        """Status and name of an answer that must be a refusal."""
        assert self.status != 200, self
        assert self.body["message"], self
        return self.status, self.body["name"]


class Program:
    """Calls as one person."""

    def __init__(self, world: World, email: str, password: str = PASSWORD) -> None:
        """Log in with Basic at every call."""
        self.world = world
        self.basic = "Basic " + base64.b64encode(f"{email}:{password}".encode()).decode()

    async def ask(self, verb: str, path: str, given: object = None, **headers: str) -> Heard:
        """Call below ``/api/v1`` and give the whole answer."""
        return await ask(self.world, verb, f"/api/v1{path}", given, **{"Authorization": self.basic, **headers})

    async def get(self, path: str) -> Any:
        """Ask for something that must be there."""
        return (await self.ask("GET", path)).result

    async def post(self, path: str, given: object = None) -> Any:
        """Make something."""
        return (await self.ask("POST", path, given if given is not None else {})).result

    async def patch(self, path: str, given: object = None) -> Any:
        """Change something."""
        return (await self.ask("PATCH", path, given if given is not None else {})).result

    async def delete(self, path: str) -> Any:
        """Delete something."""
        return (await self.ask("DELETE", path, {})).result

    async def refused(self, verb: str, path: str, given: object = None) -> tuple[int, str]:
        """Call what must be refused; status and name."""
        return (await self.ask(verb, path, given)).refusal


async def ask(world: World, verb: str, path: str, given: object = None, **headers: str) -> Heard:
    """Send a request; ``given`` goes as JSON, bytes as they are."""
    import yarl  # noqa: PLC0415 — only to keep percent signs as they are

    body = given if isinstance(given, bytes) or given is None else json.dumps(given).encode()
    sent = {"Content-Type": "application/json", **headers} if body is not None else headers
    url = yarl.URL(world.url + path, encoded=True)
    options: dict[str, Any] = {"allow_redirects": False, "headers": sent, "data": body}
    async with world.session.request(verb, url, **options) as response:
        text = await response.read()
        cookie = response.cookies["connect.sid"].value if "connect.sid" in response.cookies else ""
        world.session.cookie_jar.clear()
        is_json = response.content_type == "application/json"
        return Heard(response.status, json.loads(text) if is_json else text, dict(response.headers), cookie)


async def program_of(world: World, actor: Actor) -> Program:
    """Give somebody of the cast an e-mail and a password, and a program that uses them."""
    email = f"{actor.person.first_name.lower()}@example.com"
    await world.unit(logins.set_password_hash, actor.id, email, _HASH)
    return Program(world, email)
