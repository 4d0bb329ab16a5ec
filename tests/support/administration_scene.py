"""A server with something to look at on the administrators' pages: for pictures, and for tests in a browser."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from skvorets.core import departments, logins, people_desk, sessions
from skvorets.core.people import NewPerson, add_person
from skvorets.storage.database import Tx
from support.browsers import browser_of
from support.developers import HOSTILE_NAME, Scene
from support.handlers import Handlers
from support.line_scene import open_lines
from support.wire_events import bot_of
from support.world import World, test_config

_STAFF = (
    ("Анна", "Соловьёва", "Руководитель разработки"),
    ("Дмитрий", "Ястребов", "Инженер"),
    ("Екатерина", "Голубева", "Дизайнер"),
    ("Илья", "Дроздов", "Аналитик"),
    ("Мария", "Стрижова", "Бухгалтер"),
    ("Wolfeschlegelsteinhausenbergerdorff", "Extraordinarily-Longsurname", "Chief Officer of Very Long Position Names"),
)
_LINE_SECTIONS = ["general", "queue", "bot", "hours", "texts", "end", "widget", "network", "answers", "figures"]


@asynccontextmanager
async def empty_administration(folder: Path) -> AsyncIterator[Scene]:
    """Give a server on which nobody did anything yet."""
    names = ("people", "departments", "chats", "lines", "bots", "storage", "audit", "health", "settings")
    paths = {name: f"/admin/{name}" for name in names} | {"invitations": "/admin/people/invitations"}
    async with _open(folder) as world:
        yield Scene(world.url, await _session(world), 0, paths)


@asynccontextmanager
async def usual_administration(folder: Path) -> AsyncIterator[Scene]:
    """Give a company with departments, chats, bots, files, invitations and an audit log."""
    async with Handlers() as handlers, _open(folder) as world:
        department_id = await _hire(world)
        chat_id = await _talk(world)
        await _automate(world, handlers)
        line_id = await open_lines(world, department_id)
        await _administrate(world)
        paths = {
            "people": "/admin/people",
            "person": f"/admin/people/{world.bob.id}",
            "invitations": "/admin/people/invitations",
            "departments": f"/admin/departments/{department_id}",
            "chats": "/admin/chats",
            "chat": f"/admin/chats/{chat_id}",
            "bots": "/admin/bots",
            "lines": "/admin/lines",
            **{f"line-{name}": f"/admin/lines/{line_id}/{name}" for name in _LINE_SECTIONS},
            "storage": "/admin/storage",
            "audit": "/admin/audit",
            "health": "/admin/health",
            "settings": "/admin/settings",
        }
        yield Scene(world.url, await _session(world), 0, paths)


@asynccontextmanager
async def _open(folder: Path) -> AsyncIterator[World]:
    world = World(test_config(folder, ""))
    await world.open()
    try:
        yield world
    finally:
        await world.close()


async def _session(world: World) -> str:
    secret: str = await world.unit(sessions.open_session, world.alice.person, "", "192.0.2.10")
    return secret


async def _hire(world: World) -> int:
    """Fill the departments; id of one."""
    company = await world.unit(departments.add_department, "Скворец")
    lab: int = await world.unit(departments.add_department, "Разработка", company)
    await world.unit(departments.add_department, "Мобильные приложения", lab)
    office = await world.unit(departments.add_department, "Бухгалтерия и очень длинное название отдела кадров", company)
    for number, (first, last, position) in enumerate(_STAFF):
        actor = await world.add(first, last, work_position=position, email=f"staff{number}@example.com")
        await world.unit(departments.put_person, office if number > 3 else lab, actor.id)
        if not number:
            await world.unit(departments.appoint_head, lab, actor.id)
    password_hash = logins.hash_password("correct horse")
    for one, login in ((world.alice, "alice"), (world.bob, "bob"), (world.carol, "carol")):
        await world.unit(logins.set_password_hash, one.id, login, password_hash)
    await world.unit(departments.put_person, lab, world.bob.id)
    await world.unit(people_desk.disable, world.alice.person, world.carol.id)
    await world.add(HOSTILE_NAME, "")
    return lab


async def _talk(world: World) -> int:
    """Make chats with files; id of one."""
    bob = world.bob
    chat_id: int = await bob.call("im.chat.add", USERS=[world.alice.id, world.stranger.id], TITLE="Запуск новой версии")
    for text in ("Когда выпускаем?", "В четверг", "Хорошо"):
        await bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    folder = await bob.call("im.disk.folder.get", CHAT_ID=chat_id)
    for name, size in (("Отчёт за год.pdf", 600_000), ("план.xlsx", 40_000)):
        content = [name, base64.b64encode(os.urandom(size)).decode()]
        file = await bob.call("disk.folder.uploadfile", id=folder["ID"], data={"NAME": name}, fileContent=content)
        await bob.call("im.disk.file.commit", CHAT_ID=chat_id, FILE_ID=file["ID"])
    await bob.call("im.chat.add", TYPE="OPEN", USERS=[world.alice.id], TITLE="Книги и кофе")
    await bob.call("im.chat.add", USERS=[world.outsider.id], TITLE="Подрядчики: " + "очень длинное название " * 8)
    closed = await bob.call("im.chat.add", USERS=[world.stranger.id], TITLE="Старый проект")
    async with browser_of(world, world.alice) as browser:
        await browser.call("DELETE", f"/api/admin/chats/{closed}")
    return chat_id


async def _automate(world: World, handlers: Handlers) -> None:
    """Make bots, one of which is out of reach."""
    script = handlers.at("/bots/reporter")
    application = await world.install(name="Отчёты и напоминания", handler_url=script.url)
    await script.next()
    bot = await bot_of(world, application, script, "reporter", PROPERTIES={"NAME": "Докладун"})
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="привет")
    await script.next()
    await world.install(name="Недоступный бот", handler_url="http://127.0.0.1:9/nobody-listens-here")


async def _administrate(world: World) -> None:
    """Do what the audit log and the storage page show."""
    old = await asyncio.to_thread(world.app.blobs.put, os.urandom(70_000))
    os.utime(world.app.blobs.path(old), (1, 1))
    async with browser_of(world, world.alice) as browser:
        await browser.call("PATCH", f"/api/admin/people/{world.bob.id}", {"position": "Инженер по надёжности"})
        await browser.call("POST", f"/api/admin/people/{world.stranger.id}/password", {"login": "stranger"})
        await browser.call("POST", "/api/dev/webhooks", {"scopes": ["im", "imbot"], "title": "Сборка"})
        await browser.call(
            "POST", "/api/invitations", {"firstName": "Пётр", "email": "petr@example.com", "validDays": 7}
        )
        await browser.call("POST", "/api/invitations", {"isExtranet": True, "validDays": 30})
        await browser.call("POST", "/api/admin/storage/survey")
    await world.unit(_hire_many)


async def _hire_many(tx: Tx) -> None:
    """Add people enough for several pages."""
    for number in range(60):
        await add_person(tx, NewPerson(first_name=f"Сотрудник {number + 1}", last_name="Ящерицын"))
