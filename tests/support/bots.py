"""Bots for tests: registered through the real door, with handlers that nobody listens at."""

from __future__ import annotations

from typing import Any, NamedTuple

from skvorets.core.applications import issue_tokens
from skvorets.core.events import Event
from skvorets.storage import applications, bots, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.world import Actor, World

# Port 9 (discard) is closed on every machine that runs tests.
HANDLER = "http://127.0.0.1:9/handler"
PHRASES = [{"LANGUAGE_ID": "ru", "TITLE": "Эхо"}, {"LANGUAGE_ID": "en", "TITLE": "Echo", "PARAMS": "text"}]


class Robot(NamedTuple):
    """A bot and a token of the application that owns it."""

    id: int
    owner: Actor  # alice, through the application

    async def call(self, method: str, **params: Any) -> Any:
        """Call a method for the bot; its result."""
        return await self.owner.call(method, BOT_ID=self.id, **params)

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Call a method for the bot that must be refused; status and code."""
        return await self.owner.refused(method, BOT_ID=self.id, **params)


def registration(code: str = "echo", **more: Any) -> dict[str, Any]:
    """Give the parameters of a plain ``imbot.register``."""
    given: dict[str, Any] = {"CODE": code, "EVENT_HANDLER": HANDLER, "PROPERTIES": {"NAME": "Echo"}}
    return {**given, **more}


async def robot(world: World, **more: Any) -> Robot:
    """Register a bot of a new application."""
    owner = await world.alice.through(await world.install(name="Robots"))
    return Robot(await owner.call("imbot.register", **registration(**more)), owner)


async def as_itself(world: World, bot: Robot) -> Actor:
    """Give the bot with a token of its own, as events carry it."""
    person, token = await world.unit(_token_of, bot.id)
    return Actor(world, person, "/rest/", token)


async def command(bot: Robot, name: str = "echo", **more: Any) -> int:
    """Register a command of the bot; its id."""
    given = {"COMMAND": name, "LANG": PHRASES, "EVENT_COMMAND_ADD": HANDLER, **more}
    command_id: int = await bot.call("imbot.command.register", **given)
    return command_id


async def log(world: World) -> list[Event]:
    """Give the whole event log without what the server itself adds meanwhile: that a bot seems to write."""
    return [event for event in await world.events() if event.kind != "typing.started"]


async def new_events(world: World, known: int, kind: str = "") -> list[Event]:
    """Give the events of ``log`` after the first ``known`` ones, of one kind if it is given."""
    return [event for event in (await log(world))[known:] if not kind or event.kind == kind]


async def _token_of(tx: Tx, bot_id: int) -> tuple[Person, str]:
    bot, person = await bots.find(tx, bot_id), await people.find(tx, bot_id)
    assert bot is not None
    assert person is not None
    application = await applications.find(tx, bot.application_id)
    assert application is not None
    return person, issue_tokens(tx, application, bot_id).access_token
