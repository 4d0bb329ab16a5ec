"""Fills an empty portal with the demonstration company, in one unit of work."""

from __future__ import annotations

import msgspec

from skvorets.core import applications, chats, tasks
from skvorets.core.access import Dialog
from skvorets.core.applications import Credentials, NewApplication
from skvorets.core.chats import NewChat
from skvorets.core.logins import set_password_hash
from skvorets.core.messages import NewMessage, post_message
from skvorets.core.people import add_person
from skvorets.core.tasks import NewTask
from skvorets.demo.company import CHATS, DEPARTMENTS, PEOPLE, PRIVATE, TASKS, DemoChat
from skvorets.storage import departments, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
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


async def is_empty(tx: Tx) -> bool:
    """Is there nobody in the portal yet?"""
    return not await people.all_active(tx, "human")


async def seed_company(tx: Tx, password_hash: str) -> Seeded:
    """Add the whole company; everybody has the same password."""
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
    for demo_chat in CHATS:
        await _add_chat(tx, demo_chat, staff, now)
    for first, second, lines, age in PRIVATE:
        seat = await chats.seat_to_write(tx, staff[first], Dialog(person_id=staff[second].id))
        await _talk(tx, seat.chat, lines, staff, now - age * _MINUTE_MS)
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


async def _add_chat(tx: Tx, demo: DemoChat, staff: dict[str, Person], now: int) -> None:
    end = now - demo.age * _MINUTE_MS
    tx.now = end - (len(demo.lines) + 1) * _LINE_GAP * _MINUTE_MS
    creator = staff[demo.members[0]]
    new = NewChat(
        title=demo.title,
        description=demo.description,
        color=demo.color,
        is_open=demo.is_open,
        member_ids=tuple(staff[login].id for login in demo.members),
    )
    await _talk(tx, await chats.create_chat(tx, creator, new), demo.lines, staff, end)


async def _talk(tx: Tx, chat: Chat, lines: tuple[tuple[str, str], ...], staff: dict[str, Person], end: int) -> None:
    """Post the lines so that the last one was said at ``end`` (unix milliseconds)."""
    for number, (login, text) in enumerate(lines, 1):
        tx.now = end - (len(lines) - number) * _LINE_GAP * _MINUTE_MS
        author = staff[login].id
        await post_message(tx, NewMessage(chat=chat, author_id=author, actor_id=author, text=text))
