"""One cast for all tests, speaking to a running server over real HTTP.

    alice      administrator          bob, carol     employees
    stranger   employee, in no chat   outsider       extranet user, in no chat

Each has a webhook (``actor.call``) and, once an application is installed, a token (``actor.through(application)``).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import aiohttp

from skvorets.app import App
from skvorets.config import Config, read_config
from skvorets.core import applications, people
from skvorets.core.applications import NewApplication
from skvorets.core.events import Event, read_event
from skvorets.core.people import NewPerson
from skvorets.storage import event_log
from skvorets.storage.applications import Application
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.people import Person

ALL_SCOPES = ("im", "imbot", "imopenlines", "disk", "user", "task", "placement", "department", "log", "calendar")


class Answer(NamedTuple):
    """An HTTP answer: status and decoded JSON."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        """The result of a call that must have succeeded."""
        assert self.status == 200, self
        assert "error" not in self.body, self
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        """Status and error code of a call that must have been refused as documented."""
        assert self.status != 200, self
        assert set(self.body) >= {"error", "error_description"}, self
        assert "result" not in self.body
        return self.status, self.body["error"]


class Actor:
    """Somebody who calls the REST API as one person."""

    def __init__(self, world: World, person: Person, path: str, auth: str = "") -> None:
        """Call under ``path`` (``/rest/`` or a webhook's), with ``auth`` as the token."""
        self.world = world
        self.person = person
        self.id = person.id
        self.path = path
        self.auth = auth

    async def ask(self, method: str, **params: Any) -> Answer:
        """Call a method with JSON parameters and give the whole answer."""
        if self.auth:
            params.setdefault("auth", self.auth)
        return await self.world.post(f"{self.path}{method}.json", json.dumps(params).encode(), "application/json")

    async def call(self, method: str, **params: Any) -> Any:
        """Call a method that must succeed; its result."""
        return (await self.ask(method, **params)).result

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Call a method that must be refused; status and error code."""
        return (await self.ask(method, **params)).refusal

    async def through(self, application: Application) -> Actor:
        """Give the same person with a token of an application."""
        pair = await self.world.unit(_issue, application, self.id)
        return Actor(self.world, self.person, "/rest/", pair.access_token)


# People of the cast with the paths of their webhooks.
Cast: TypeAlias = list[tuple[Person, str]]


class World:
    """A running server with its cast."""

    def __init__(self, config: Config) -> None:
        """Nothing runs before ``open``."""
        self.config = config
        self.app = App(config)

    async def open(self, cast: Cast | None = None) -> None:
        """Start the server and add the cast, unless it is in the database already."""
        await self.app.start()
        self.url = f"http://127.0.0.1:{self.app.port}"
        self.session = aiohttp.ClientSession()
        self.cast: Cast = cast or await self.unit(_add_cast)
        self.alice, self.bob, self.carol, self.stranger, self.outsider = (Actor(self, *one) for one in self.cast)

    async def close(self) -> None:
        """Stop the server."""
        await self.session.close()
        await self.app.stop()

    async def add(self, first_name: str, last_name: str = "", **more: Any) -> Actor:
        """Add a person with a webhook of all scopes."""
        person, secret = await self.unit(
            _add_person, NewPerson(first_name=first_name, last_name=last_name, **more), ALL_SCOPES
        )
        return Actor(self, person, f"/rest/{person.id}/{secret}/")

    async def webhook(self, actor: Actor, *scopes: str, expires_at: int = 0) -> Actor:
        """Give the same person with another webhook of these scopes."""
        secret = await self.unit(applications.create_webhook, actor.person, scopes, "", expires_at)
        return Actor(self, actor.person, f"/rest/{actor.id}/{secret}/")

    async def install(self, *, name: str = "App", scopes: tuple[str, ...] = ALL_SCOPES, **more: Any) -> Application:
        """Register and install a local application by alice."""
        installed: Application = await self.unit(
            _install, NewApplication(name=name, scopes=scopes, **more), self.alice.person
        )
        return installed

    async def chat(self, *members: Actor, **params: Any) -> int:
        """Create a chat by the first member with all of them; its id."""
        creator, ids = members[0], [member.id for member in members]
        chat_id: int = await creator.call("im.chat.add", USERS=ids, TITLE="Test", **params)
        return chat_id

    async def post(self, path: str, body: bytes = b"", content_type: str = "", **headers: str) -> Answer:
        """Send raw bytes to the server."""
        more = {"Content-Type": content_type, **headers} if content_type else headers
        async with self.session.post(self.url + path, data=body, headers=more) as response:
            return Answer(response.status, await response.json(content_type=None))

    async def get(self, path: str, **headers: str) -> Answer:
        """Ask the server by GET; ``path`` is sent as it is."""
        import yarl  # noqa: PLC0415 — only to keep percent signs as they are

        url = yarl.URL(self.url + path, encoded=True)
        async with self.session.get(url, headers=headers) as response:
            return Answer(response.status, await response.json(content_type=None))

    async def unit(self, fn: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        """Run a unit of work directly in the server's store."""
        return await self.app.store.write(DIRECTORY_KEY, fn, *args)

    async def events(self, kind: str = "") -> list[Event]:
        """Read the whole event log, or the events of one kind, oldest first."""
        ordered = self.app.store.log_is_ordered_by_id
        stored: list[event_log.StoredEvent] = []
        position = event_log.START
        for _ in range(100):  # on PostgreSQL a commit may become visible a moment later
            stored += (more := await self.app.store.read(_read_log, position, ordered))
            if more:
                position = stored[-1].position
            elif len(stored) >= await self.app.store.read(_log_length):
                break
            else:
                await asyncio.sleep(0.02)
        decoded = [event for one in stored if not kind or one.kind == kind if (event := read_event(one))]
        await asyncio.sleep(0)
        return decoded


def test_config(data_dir: Path, database: str, **more: Any) -> Config:
    """Give the configuration of a server for tests; it fetches no pages that messages link to."""
    usual = {"allow_private_handlers": True, "link_previews": False}
    return read_config({}, data_dir=data_dir, database=database, listen="127.0.0.1:0", **{**usual, **more})


CAST = (
    NewPerson(first_name="Alice", last_name="Petrova", gender="F", admin=True),
    NewPerson(first_name="Bob", last_name="Ivanov", gender="M"),
    NewPerson(first_name="Carol", last_name="Sidorova", gender="F"),
    NewPerson(first_name="Stranger", last_name="Chuzhoy", gender="M"),
    NewPerson(first_name="Outsider", last_name="Gost", extranet=True),
)


async def _add_cast(tx: Tx) -> Cast:
    added = [await _add_person(tx, new, ALL_SCOPES) for new in CAST]
    return [(person, f"/rest/{person.id}/{secret}/") for person, secret in added]


async def _add_person(tx: Tx, new: NewPerson, scopes: tuple[str, ...]) -> tuple[Person, str]:
    person = await people.add_person(tx, new)
    return person, await applications.create_webhook(tx, person, scopes)


async def _install(tx: Tx, new: NewApplication, actor: Person) -> Application:
    credentials = await applications.create_application(tx, new)
    return await applications.install_application(tx, actor, credentials.application.id)


async def _issue(tx: Tx, application: Application, person_id: int) -> applications.TokenPair:
    return applications.issue_tokens(tx, application, person_id)


async def _log_length(tx: Tx) -> int:
    return int(await tx.val("SELECT count(*) FROM events"))


async def _read_log(tx: Tx, position: event_log.Position, ordered: bool) -> list[event_log.StoredEvent]:  # noqa: FBT001
    return await event_log.read_after(tx, position, 1000, ordered_by_id=ordered)
