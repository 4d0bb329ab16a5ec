"""Tasks: who may see and change them, what a change means.

A person sees the tasks that he gave or is responsible for; administrators see all. Only who gave a task (or an
administrator) changes it; who is responsible completes it.
Source: seed 002 (the "Докладун" bot, task.item.list), docs ``task.item.*``.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from skvorets.core import access
from skvorets.core.events import TaskChanged, record
from skvorets.errors import EmptyTitleError, NotAllowedError, TaskNotFoundError, TooLargeError
from skvorets.storage import tasks
from skvorets.storage.conditions import Condition
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.tasks import Task, TaskQuery

# Statuses as documented.
PENDING, IN_PROGRESS, COMPLETED = 2, 3, 5
STATUSES = frozenset({1, 2, 3, 4, 5, 6, 7})
PRIORITIES = frozenset({0, 1, 2})
MAX_TITLE_LENGTH = 255  # characters; longer ones are cut
MAX_DESCRIPTION_LENGTH = 100_000  # characters
# Years 1 to 9999 in milliseconds: what a calendar can show.
_FIRST_MOMENT, _LAST_MOMENT = -62_135_596_800_000, 253_402_300_799_000


class NewTask(msgspec.Struct, frozen=True):
    """A task to be given."""

    title: str
    responsible_id: int
    description: str = ""
    deadline: int = 0  # unix milliseconds, 0 = none
    priority: int = 1
    chat_id: int = 0  # chat of the message that it was made from


class TaskChange(msgspec.Struct, frozen=True):
    """What is to be changed; None = as it is."""

    title: str | None = None
    responsible_id: int | None = None
    description: str | None = None
    deadline: int | None = None
    priority: int | None = None
    status: int | None = None


class Listing(msgspec.Struct, frozen=True):
    """Which tasks are wanted."""

    conditions: Sequence[Condition]
    order: Sequence[tuple[str, bool]]
    limit: int
    offset: int


async def add_task(tx: Tx, creator: Person, new: NewTask) -> Task:
    """Give somebody a task. Raises EmptyTitleError, TooLargeError, PersonNotFoundError, NotAllowedError."""
    await access.person_to_write_to(tx, creator, new.responsible_id)
    task = Task(
        id=0,
        title=_title(new.title),
        description=_description(new.description),
        responsible_id=new.responsible_id,
        created_by=creator.id,
        deadline=_deadline(new.deadline),
        priority=new.priority if new.priority in PRIORITIES else 1,
        status=PENDING,
        chat_id=new.chat_id,
        created_at=tx.now,
        changed_at=tx.now,
        closed_at=0,
    )
    task = msgspec.structs.replace(task, id=await tasks.insert(tx, task))
    await _record(tx, creator, task, "added")
    return task


async def task_to_read(tx: Tx, viewer: Person, task_id: int) -> Task:
    """The task if the person sees it. Raises TaskNotFoundError."""
    task = await tasks.find(tx, task_id)
    if task is None or not (viewer.admin or viewer.id in {task.created_by, task.responsible_id}):
        raise TaskNotFoundError
    return task


async def change_task(tx: Tx, actor: Person, task_id: int, change: TaskChange) -> Task:
    """Change a task. Raises as ``add_task`` and ``task_to_read``, and NotAllowedError for who only has to do it."""
    task = await task_to_read(tx, actor, task_id)
    if not (actor.admin or actor.id == task.created_by):
        raise NotAllowedError
    values = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
    if "title" in values:
        values["title"] = _title(values["title"])
    if "description" in values:
        values["description"] = _description(values["description"])
    if "deadline" in values:
        values["deadline"] = _deadline(values["deadline"])
    if "responsible_id" in values:
        await access.person_to_write_to(tx, actor, values["responsible_id"])
    if values.get("priority", 1) not in PRIORITIES or values.get("status", PENDING) not in STATUSES:
        raise TooLargeError
    if "status" in values:
        values["closed_at"] = tx.now if values["status"] == COMPLETED else 0
    return await _apply(tx, actor, task, values, "changed")


async def complete_task(tx: Tx, actor: Person, task_id: int) -> Task:
    """Complete a task; a completed one stays as it is."""
    task = await task_to_read(tx, actor, task_id)
    if task.status == COMPLETED:
        return task
    return await _apply(tx, actor, task, {"status": COMPLETED, "closed_at": tx.now}, "completed")


async def list_tasks(tx: Tx, viewer: Person, listing: Listing) -> list[Task]:
    """The tasks that the person sees and wants."""
    return await tasks.select(tx, _query(viewer, listing))


async def count_tasks(tx: Tx, viewer: Person, listing: Listing) -> int:
    """How many tasks there are in all pages."""
    return await tasks.count(tx, _query(viewer, listing))


def _query(viewer: Person, listing: Listing) -> TaskQuery:
    return TaskQuery(
        viewer_id=0 if viewer.admin else viewer.id,
        conditions=listing.conditions,
        order=listing.order,
        limit=listing.limit,
        offset=listing.offset,
    )


async def _apply(tx: Tx, actor: Person, task: Task, values: dict[str, object], change: str) -> Task:
    changed = msgspec.structs.replace(task, **{**values, "changed_at": tx.now})
    await tasks.change(tx, task.id, **values, changed_at=tx.now)
    await _record(tx, actor, changed, change)
    return changed


async def _record(tx: Tx, actor: Person, task: Task, change: str) -> None:
    involved = sorted({task.created_by, task.responsible_id})
    await record(tx, TaskChanged(task_id=task.id, actor_id=actor.id, change=change, involved=involved))


def _title(text: str) -> str:
    title = text.strip()[:MAX_TITLE_LENGTH]
    if not title:
        raise EmptyTitleError
    return title


def _description(text: str) -> str:
    if len(text) > MAX_DESCRIPTION_LENGTH:
        raise TooLargeError
    return text


def _deadline(moment: int) -> int:
    if not _FIRST_MOMENT <= moment <= _LAST_MOMENT:
        raise TooLargeError
    return moment
