"""Lines as administrators configure them: who serves, by which rules, under which code others name them.

    create_line ──► usable at once: the creator serves it, the texts are in the language of the company
    change_line ──► who waits for an operator is looked at again
    delete_line ──► its conversations are closed by the clock, its code leads nowhere any more

What is left unchanged is not checked again: a line whose bot has gone can still be renamed. Rules: spec
``bitrix24-openlines.md`` §3.3.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

import msgspec

from skvorets.core import audit
from skvorets.core.lines import network_join
from skvorets.core.lines.first_settings import first_settings
from skvorets.core.lines.queue import retry_waiting
from skvorets.core.lines.settings import LineSettings, encode, settings_of
from skvorets.errors import (
    BotNotFoundError,
    DepartmentNotFoundError,
    EmptyNameError,
    LineNotFoundError,
    NotAllowedError,
    PersonNotFoundError,
    TooLargeError,
    TooManyLinesError,
)
from skvorets.storage import bots, departments, line_answers, lines, people
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line, QueueEntry
from skvorets.storage.people import Person

# Lines of a portal, places in a queue.
MAX_LINES: Final = 50
MAX_QUEUE: Final = 200
# Characters.
MAX_NAME: Final = 100
MAX_DESCRIPTION: Final = 500
# Random bytes of a code: 32 hex digits, as documented. [spec §4.2]
_CODE_BYTES = 16


class NewLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line to be made."""

    name: str
    description: str = ""
    avatar: str = ""  # digest in the blob store
    settings: LineSettings | None = None  # None: usable ones with texts in the language of the company
    queue: Sequence[QueueEntry] | None = None  # None: who makes the line
    active: bool = True
    networked: bool = False
    searchable: bool = False


class LineChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to become of a line; None = stays."""

    name: str | None = None
    description: str | None = None
    avatar: str | None = None
    settings: LineSettings | None = None
    queue: Sequence[QueueEntry] | None = None
    active: bool | None = None
    networked: bool | None = None
    searchable: bool | None = None


async def create_line(tx: Tx, actor: Person, new: NewLine, *, address: str = "") -> Line:
    """Make a line; ``address`` is the actor's, for the audit log.

    Raises NotAllowedError, EmptyNameError, TooLargeError (a text or the queue), TooManyLinesError, BotNotFoundError,
    PersonNotFoundError (nobody of the company), DepartmentNotFoundError.
    """
    _require_admin(actor)
    if await lines.count(tx) >= MAX_LINES:
        raise TooManyLinesError
    settings = new.settings or first_settings(tx.portal.language)
    queue = [QueueEntry(person_id=actor.id)] if new.queue is None else await _checked_queue(tx, new.queue, [])
    await _check_bot(tx, settings.bot_id)
    line = Line(
        id=0,
        code=secrets.token_hex(_CODE_BYTES),
        name=_name(new.name),
        description=_description(new.description),
        avatar=new.avatar,
        active=int(new.active),
        networked=int(new.networked),
        searchable=int(new.searchable),
        settings=encode(settings),
        created_by=actor.id,
        created_at=tx.now,
        deleted_at=0,
    )
    line = msgspec.structs.replace(line, id=await lines.insert(tx, line))
    await lines.set_queue(tx, line.id, queue)
    await audit.note(tx, actor.id, "line.created", "line", line.id, {"name": line.name, "address": address})
    return line


async def change_line(tx: Tx, actor: Person, line_id: int, change: LineChange, *, address: str = "") -> Line:
    """Change a line; all of it or, when something is refused, nothing. Raises as ``create_line``, LineNotFoundError."""
    line = await line_to_manage(tx, actor, line_id)
    values = await _changed_values(tx, line, change)
    changed = list(values)
    if values:
        await lines.change(tx, line.id, **values)
    if change.queue is not None:
        before = await lines.queue_of(tx, line.id)
        queue = await _checked_queue(tx, change.queue, before)
        if queue != before:
            await lines.set_queue(tx, line.id, queue)
            changed.append("queue")
    if not changed:
        return line
    after = msgspec.structs.replace(line, **values)
    await network_join.follow_line(tx, after)
    if {"queue", "settings", "active"} & set(changed):
        await retry_waiting(tx, line.id)
    note = {"name": after.name, "changed": changed, "address": address}
    await audit.note(tx, actor.id, "line.changed", "line", line.id, note)
    return after


async def delete_line(tx: Tx, actor: Person, line_id: int, *, address: str = "") -> None:
    """Remove a line. Raises NotAllowedError, LineNotFoundError."""
    line = await line_to_manage(tx, actor, line_id)
    await lines.end_sessions(tx, line.id)
    await line_answers.delete_of_line(tx, line.id)
    await lines.change(tx, line.id, deleted_at=tx.now, active=0)
    await network_join.follow_line(tx, msgspec.structs.replace(line, deleted_at=tx.now, active=0))
    await audit.note(tx, actor.id, "line.removed", "line", line.id, {"name": line.name, "address": address})


async def line_to_manage(tx: Tx, person: Person, line_id: int) -> Line:
    """Give a line to one who may configure it. Raises NotAllowedError, LineNotFoundError."""
    _require_admin(person)
    line = await lines.find(tx, line_id)
    if line is None or line.deleted_at:
        raise LineNotFoundError
    return line


async def line_by_code(tx: Tx, code: str) -> Line:
    """Give the line with a public code, also an inactive one. Raises LineNotFoundError."""
    line = await lines.by_code(tx, code)
    if line is None:
        raise LineNotFoundError
    return line


def _require_admin(person: Person) -> None:
    if not person.admin or not person.active:
        raise NotAllowedError


async def _changed_values(tx: Tx, line: Line, change: LineChange) -> dict[str, object]:
    wanted: dict[str, object] = {}
    if change.name is not None:
        wanted["name"] = _name(change.name)
    if change.description is not None:
        wanted["description"] = _description(change.description)
    if change.avatar is not None:
        wanted["avatar"] = change.avatar
    for flag in ("active", "networked", "searchable"):
        if (is_on := getattr(change, flag)) is not None:
            wanted[flag] = int(is_on)
    if change.settings is not None:
        before = settings_of(line)
        if change.settings.bot_id != before.bot_id:
            await _check_bot(tx, change.settings.bot_id)
        if change.settings != before:
            wanted["settings"] = encode(change.settings)
    return {name: value for name, value in wanted.items() if value != getattr(line, name)}


async def _checked_queue(tx: Tx, wanted: Sequence[QueueEntry], before: Sequence[QueueEntry]) -> list[QueueEntry]:
    """Give the places without repetitions; only new ones are checked."""
    queue = list(dict.fromkeys(wanted))
    if len(queue) > MAX_QUEUE:
        raise TooLargeError
    new = set(queue) - set(before)
    found = await people.find_many(tx, {one.person_id for one in new if one.person_id})
    for one in new:
        if one.person_id and one.department_id:
            raise PersonNotFoundError
        person = found.get(one.person_id)
        if not one.department_id and (person is None or not _may_serve(person)):
            raise PersonNotFoundError
    if any(one.department_id for one in new):
        company = {one.id for one in await departments.every(tx)}
        if any(one.department_id not in company for one in new if one.department_id):
            raise DepartmentNotFoundError
    return queue


def _may_serve(person: Person) -> bool:
    return bool(person.active) and person.kind == "human" and not person.extranet


async def _check_bot(tx: Tx, bot_id: int) -> None:
    if bot_id and ((bot := await bots.find(tx, bot_id)) is None or not bot.serves_lines):
        raise BotNotFoundError


def _name(text: str) -> str:
    name = " ".join(text.replace("\0", "").split())
    if not name:
        raise EmptyNameError
    if len(name) > MAX_NAME:
        raise TooLargeError
    return name


def _description(text: str) -> str:
    text = text.replace("\0", "").strip()
    if len(text) > MAX_DESCRIPTION:
        raise TooLargeError
    return text
