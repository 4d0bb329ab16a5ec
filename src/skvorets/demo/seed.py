"""Fills an empty portal with the demonstration company, in one unit of work; its files lie in the blob store before."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core import applications, chats, files, folders, tasks
from skvorets.core.access import Dialog
from skvorets.core.applications import Credentials, NewApplication
from skvorets.core.chats import NewChat
from skvorets.core.files import Content
from skvorets.core.logins import set_password_hash
from skvorets.core.message_files import FilePost, post_files
from skvorets.core.messages import NewMessage, like_message, post_message
from skvorets.core.people import add_person
from skvorets.core.tasks import NewTask
from skvorets.demo.company import CHATS, DEPARTMENTS, PEOPLE, PRIVATE, TASKS, DemoChat, Line
from skvorets.storage import departments, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

SCOPES = (
    "im",
    "imbot",
    "imopenlines",
    "disk",
    "user",
    "task",
    "task_extended",
    "log",
    "calendar",
    "placement",
    "department",
)
# Where people land after they have agreed to the application by OAuth, until its bot is somewhere else.
OWN_HANDLER = "http://localhost:9000/"
_MINUTE_MS = 60_000
_DAY_MS = 24 * 60 * _MINUTE_MS
# Minutes between two lines of a chat's history.
_LINE_GAP = 4


class Seeded(msgspec.Struct, frozen=True):
    """What the one who started the demonstration is shown."""

    admin: Person
    webhook_secret: str
    application: Credentials


class Cast(msgspec.Struct, frozen=True):
    """Who talks, by login, and what can be sent, by name."""

    staff: Mapping[str, Person]
    contents: Mapping[str, Content]


async def is_empty(tx: Tx) -> bool:
    """Is there nobody in the portal yet?"""
    return not await people.all_active(tx, "human")


async def seed_company(tx: Tx, password_hash: str, contents: Mapping[str, Content]) -> Seeded:
    """Add the whole company; everybody has the same password. ``contents``: the files that its chats show, by name."""
    now = tx.now
    units = await _add_departments(tx)
    staff: dict[str, Person] = {}
    for one in PEOPLE:
        person = await add_person(tx, one.person)
        staff[one.login] = person
        await set_password_hash(tx, person.id, one.login, password_hash)
        await departments.add_person(tx, units[one.department], person.id)
        if one.is_head:
            await departments.set_head(tx, units[one.department], person.id)
    cast = Cast(staff, contents)
    for demo_chat in CHATS:
        await _add_chat(tx, demo_chat, cast, now)
    for first, second, lines, age in PRIVATE:
        seat = await chats.seat_to_write(tx, staff[first], Dialog(person_id=staff[second].id))
        await _talk(tx, seat.chat, lines, cast, now - age * _MINUTE_MS)
    tx.now = now
    for task in TASKS:
        deadline = now + task.due * _DAY_MS
        await tasks.add_task(tx, staff[task.author], NewTask(task.title, staff[task.responsible].id, deadline=deadline))
    admin = staff[PEOPLE[0].login]
    secret = await applications.create_webhook(tx, admin, SCOPES, "Demo")
    # With pages: it hears of nothing before its bot is there (``skvorets demo --bot URL``), but OAuth leads to it.
    new = NewApplication(name="My bot", scopes=SCOPES, handler_url=OWN_HANDLER, is_api_only=False)
    credentials = await applications.create_application(tx, new)
    installed = await applications.install_application(tx, admin, credentials.application.id)
    return Seeded(admin, secret, Credentials(installed, credentials.client_secret))


async def _add_departments(tx: Tx) -> dict[str, int]:
    units: dict[str, int] = {}
    for name, parent in DEPARTMENTS.items():
        units[name] = await departments.insert(tx, name, units.get(parent, 0))
    return units


async def _add_chat(tx: Tx, demo: DemoChat, cast: Cast, now: int) -> None:
    end = now - demo.age * _MINUTE_MS
    tx.now = end - (len(demo.lines) + 1) * _LINE_GAP * _MINUTE_MS
    new = NewChat(
        title=demo.title,
        description=demo.description,
        color=demo.color,
        is_open=demo.is_open,
        member_ids=tuple(cast.staff[login].id for login in demo.members),
    )
    await _talk(tx, await chats.create_chat(tx, cast.staff[demo.members[0]], new), demo.lines, cast, end)


async def _talk(tx: Tx, chat: Chat, lines: tuple[Line, ...], cast: Cast, end: int) -> None:
    """Post the lines so that the last one was said at ``end`` (unix milliseconds)."""
    said: list[Message] = []
    for number, line in enumerate(lines, 1):
        tx.now = end - (len(lines) - number) * _LINE_GAP * _MINUTE_MS
        message = await _say(tx, chat, line, cast, said[-line.answers].id if line.answers else 0)
        for login in line.likes:
            await like_message(tx, cast.staff[login], message.id, wish=True)
        said.append(message)


async def _say(tx: Tx, chat: Chat, line: Line, cast: Cast, reply_to: int) -> Message:
    author = cast.staff[line.login]
    if line.file:
        folder = await folders.folder_of_chat(tx, chat, author)
        file = await files.add_file(tx, author, folder, line.file, cast.contents[line.file], renames=True)
        return await post_files(tx, author, chat, FilePost(file_ids=[file.id], text=line.text, reply_to=reply_to))
    new = NewMessage(chat=chat, author_id=author.id, actor_id=author.id, text=line.text, reply_to=reply_to)
    return await post_message(tx, new)
