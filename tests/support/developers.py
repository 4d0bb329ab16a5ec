"""A server with something to look at on the developer's page: for pictures, and for tests in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from skvorets.core import sessions
from support.browsers import browser_of
from support.handlers import Handlers
from support.wire_events import bot_of, group
from support.world import World, test_config

# What people write to bots: plain, long, hostile, right to left.
TEXTS = (
    "Привет! Какие задачи на сегодня?",
    "отчёт за ноябрь",
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "x" * 900,
    "שלום \u202eabc\u202c 👩‍👩‍👧‍👦",
    "/help",
)
HOSTILE_NAME = '"><img src=x onerror="document.title=1"> & Co'


class Scene(msgspec.Struct, frozen=True):
    """A server, who is logged in, and what to look at."""

    url: str
    cookie: str  # alice's session
    event_id: int
    paths: dict[str, str]


@asynccontextmanager
async def empty_scene(folder: Path) -> AsyncIterator[Scene]:
    """Give a server on which no bot was made yet."""
    world = await _open(folder)
    paths = {"events": "/dev/events", "apps": "/dev/apps", "new": "/dev/apps/new", "inspectors": "/dev/inspectors"}
    cookie = await world.unit(sessions.open_session, world.alice.person, "", "")
    yield Scene(world.url, cookie, 0, paths)
    await world.close()


@asynccontextmanager
async def usual_scene(folder: Path) -> AsyncIterator[Scene]:
    """Give a server with applications, bots, events that arrived and events that did not, and an inspector."""
    world = await _open(folder)
    async with Handlers() as handlers:
        event_id, inspector_id = await _fill(world, handlers)
        cookie = await world.unit(sessions.open_session, world.alice.person, "", "")
        paths = {
            "events": "/dev/events",
            "event": f"/dev/events/{event_id}",
            "dead": f"/dev/events/{event_id + 2}",
            "apps": "/dev/apps",
            "app": "/dev/apps/1",
            "hostile": "/dev/apps/2",
            "webhooks": "/dev/webhooks",
            "inspector": f"/dev/inspectors/{inspector_id}",
        }
        yield Scene(world.url, cookie, event_id, paths)
        await world.close()


async def _open(folder: Path) -> World:
    world = World(test_config(folder, ""))
    await world.open()
    return world


async def _fill(world: World, handlers: Handlers) -> tuple[int, int]:
    """Let people talk to bots; ids of an event that arrived and of an inspector."""
    script = handlers.at("/bots/reporter")
    application = await world.install(name="Отчёты и напоминания", handler_url=script.url, delivery="bitrix24-cloud")
    await script.next()
    reporter = await bot_of(world, application, script, "reporter", PROPERTIES={"NAME": "Докладун", "COLOR": "MINT"})
    phrases = [{"LANGUAGE_ID": "ru", "TITLE": "Отчёт"}, {"LANGUAGE_ID": "en", "TITLE": "Report"}]
    for name in ("report", "help"):
        fields = {"COMMAND": name, "COMMON": "Y", "LANG": phrases, "EVENT_COMMAND_ADD": script.url}
        await reporter.call("imbot.command.register", **fields)
    script.answer(200, 200, 200, 500)
    for text in TEXTS:
        await world.bob.call("im.message.add", DIALOG_ID=reporter.id, MESSAGE=text)
    await script.take(len(TEXTS))
    chat_id = await group(world.carol, reporter.id, world.bob.id)
    await world.carol.call(
        "im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"[USER={reporter.id}]Бот[/USER] сколько?"
    )
    async with browser_of(world, world.alice) as browser:
        made = await browser.call("POST", "/api/dev/inspectors")
        hostile = await world.install(
            name=HOSTILE_NAME, handler_url=world.url + made["url"].removeprefix(world.app.config.base_url)
        )
    await world.install(name="Недоступный бот", handler_url="http://127.0.0.1:9/nobody-listens-here")
    assert hostile.id == 2
    return 4, made["id"]
