"""Applications that take their events themselves, in tests.

robots = await pulling_robots(world)            # an application with a bot; nothing can be posted to it
answer = await robots.poll(after=0, wait=2)     # {"events": […], "next": …}
await robots.ack(17)
async with robots.stream() as frames:           # an iterator of server-sent events
    frame = await frames.next()
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec

from skvorets.core import applications
from skvorets.core.applications import NewApplication
from skvorets.php_forms import parse_query
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery
from skvorets.storage.people import Person
from support.bots import Robot, registration
from support.deliveries import until
from support.world import ALL_SCOPES, World

# A test that waits longer has failed.
PATIENCE_S = 5.0
# Nobody could post anything there.
UNREACHABLE = "http://localhost:1/bot"


class Frame(msgspec.Struct, frozen=True):
    """One server-sent event."""

    name: str
    id: str
    data: dict[str, Any]


class Frames:
    """The frames of a stream."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        """Read from an answer."""
        self._response = response
        self.comments = 0

    async def next(self, patience_s: float = PATIENCE_S) -> Frame:
        """Give the next frame; comments are passed over. Raises TimeoutError, EOFError at the end."""
        async with asyncio.timeout(patience_s):
            fields: dict[str, str] = {}
            while True:
                line = (await self._response.content.readline()).decode()
                if not line:
                    raise EOFError
                if line.startswith(":"):
                    self.comments += 1
                elif line.strip():
                    name, _, value = line.rstrip("\n").partition(": ")
                    fields[name] = value
                elif fields:
                    return Frame(fields["event"], fields.get("id", ""), msgspec.json.decode(fields["data"]))


class Puller:
    """One who takes an application's events."""

    def __init__(self, world: World, application: Application, secret: str) -> None:
        """Show client id and secret."""
        self.world = world
        self.application = application
        self.secret = secret
        shown = base64.b64encode(f"{application.client_id}:{secret}".encode()).decode()
        self.headers = {"Authorization": f"Basic {shown}"}

    async def ask(self, verb: str, path: str, body: object = None, **query: object) -> tuple[int, dict[str, Any]]:
        """Ask the door; status and JSON."""
        params = {name: str(value) for name, value in query.items()}
        async with self.world.session.request(
            verb, f"{self.world.url}/pull/{path}", params=params, headers=self.headers, json=body
        ) as response:
            return response.status, await response.json()

    async def poll(self, **query: object) -> dict[str, Any]:
        """Poll; the answer."""
        status, answer = await self.ask("GET", "events", **query)
        assert status == 200, answer
        return answer

    async def take(self, count: int, **query: object) -> list[dict[str, Any]]:
        """Wait until so many events are not done, and poll once; they are not acknowledged by that."""
        own = self.application.id

        def is_there(rows: list[Delivery]) -> bool:
            return sum(one.application_id == own and not one.finished_at for one in rows) >= count

        await until(self.world, is_there)
        found: list[dict[str, Any]] = (await self.poll(wait=1, **query))["events"]
        assert len(found) >= count, found
        return found

    async def ack(self, *offsets: int) -> list[int]:
        """Acknowledge; what was acknowledged."""
        body = {"events": [{"offset": one} for one in offsets]}
        status, answer = await self.ask("POST", "ack", body)
        assert status == 200, answer
        done: list[int] = answer["acknowledged"]
        return done

    async def nack(self, offset: int, **more: object) -> dict[str, Any]:
        """Give an event back."""
        status, answer = await self.ask("POST", "nack", {"offset": offset, **more})
        assert status == 200, answer
        return answer

    @asynccontextmanager
    async def stream(self, *, last_event_id: int | None = None, **query: object) -> AsyncIterator[Frames]:
        """Open a stream."""
        headers = dict(self.headers) if last_event_id is None else {**self.headers, "Last-Event-ID": str(last_event_id)}
        params = {name: str(value) for name, value in query.items()}
        async with self.world.session.get(f"{self.world.url}/pull/stream", params=params, headers=headers) as response:
            assert response.status == 200, await response.text()
            yield Frames(response)


async def pulling_application(world: World, **more: Any) -> Puller:
    """Install an application that takes its events itself."""
    new = NewApplication(name="Robots", scopes=ALL_SCOPES, transport="pull", **more)
    application, secret = await world.unit(_install, new, world.alice.person)
    return Puller(world, application, secret)


async def pulling_bot(world: World, code: str = "echo", url: str = UNREACHABLE, **more: Any) -> tuple[Puller, Robot]:
    """Install an application that takes its events itself, with a bot."""
    puller = await pulling_application(world, **more)
    return puller, await bot_for(puller, code, url)


async def bot_for(puller: Puller, code: str, url: str = UNREACHABLE, **more: Any) -> Robot:
    """Register a bot of it."""
    owner = await puller.world.alice.through(puller.application)
    return Robot(await owner.call("imbot.register", **registration(code, EVENT_HANDLER=url, **more)), owner)


def form_of(event: dict[str, Any]) -> dict[str, Any]:
    """Give the decoded form of an event."""
    return parse_query(event["body"])


def texts(events: list[dict[str, Any]]) -> list[str]:
    """Give the texts of messages."""
    return [form_of(one)["data"]["PARAMS"].get("MESSAGE", one["event"]) for one in events]


async def _install(tx: Tx, new: NewApplication, actor: Person) -> tuple[Application, str]:
    credentials = await applications.create_application(tx, new)
    return await applications.install_application(tx, actor, credentials.application.id), credentials.client_secret
