"""How open lines are shown to administrators."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

from skvorets.core.lines.settings import LineSettings, is_working_time, settings_of
from skvorets.dialects.native.admin_views import Named, avatar_of
from skvorets.dialects.native.registry import Services
from skvorets.storage import bots, departments, line_figures, lines, people
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line, QueueEntry
from skvorets.storage.people import Person

# Faces that a list shows of a line's operators.
_SHOWN_OPERATORS = 5


class LineFace(msgspec.Struct, frozen=True):
    """Somebody with his picture."""

    id: int
    name: str
    avatar: str  # address, empty = none


class LineRow(msgspec.Struct, frozen=True, rename="camel"):
    """A line as it is listed."""

    id: int
    name: str
    description: str
    avatar: str  # address, empty = none
    is_active: bool
    is_open_now: bool  # by its working hours
    open: int  # conversations that are going on
    waiting: int  # of them those that came to people and that nobody has taken
    operators: list[LineFace]  # the first of them
    operator_count: int
    bot_name: str  # empty = none in front


class QueuePlace(msgspec.Struct, frozen=True, rename="camel"):
    """A place in a queue: a person, or a department with its own people."""

    person_id: int  # 0 = a department
    department_id: int  # 0 = a person
    name: str
    note: str  # position of the person; empty for departments
    avatar: str  # address, empty = none
    people: int  # of the department who serve; 1 for a person, 0 when he may not serve any more


class LineCard(msgspec.Struct, frozen=True, rename="camel"):
    """All that can be configured of a line."""

    line: LineRow
    code: str
    script_tag: str  # what is put on the pages of a site
    settings: LineSettings
    queue: list[QueuePlace]
    bots: list[LineFace]  # that may stand in front
    is_networked: bool
    is_searchable: bool
    created_at: int  # unix milliseconds
    created_by: Named


async def line_rows(tx: Tx, services: Services, found: Sequence[Line]) -> list[LineRow]:
    """Show lines in their order: three statements."""
    ids = [one.id for one in found]
    numbers = await line_figures.open_of_lines(tx, ids)
    operators = await lines.operators_of_lines(tx, ids)
    in_front = {one.id: settings_of(one).bot_id for one in found}
    shown = {person_id for one in operators.values() for person_id in one[:_SHOWN_OPERATORS]}
    faces = await people.find_many(tx, shown | {bot_id for bot_id in in_front.values() if bot_id})

    def row(one: Line) -> LineRow:
        now, serving = numbers.get(one.id, line_figures.Open()), operators.get(one.id, [])
        bot = faces.get(in_front[one.id])
        return LineRow(
            id=one.id,
            name=one.name,
            description=one.description,
            avatar=f"{services.config.base_url}/files/avatar/{one.avatar}" if one.avatar else "",
            is_active=bool(one.active),
            is_open_now=is_working_time(settings_of(one), tx.now),
            open=now.open,
            waiting=now.waiting,
            operators=[face_of(services, faces[person_id]) for person_id in serving[:_SHOWN_OPERATORS]],
            operator_count=len(serving),
            bot_name=bot.name if bot and bot.active else "",
        )

    return [row(one) for one in found]


async def line_card(tx: Tx, services: Services, line: Line) -> LineCard:
    """Show a line with all its settings: ten statements."""
    queue = await lines.queue_of(tx, line.id)
    serving = [one.person_id for one in await bots.every(tx) if one.serves_lines]
    faces = await people.find_many(tx, {*serving, line.created_by, *(one.person_id for one in queue)})
    creator = faces.get(line.created_by)
    [row] = await line_rows(tx, services, [line])
    return LineCard(
        line=row,
        code=line.code,
        script_tag=script_tag(services, line),
        settings=settings_of(line),
        queue=await _places(tx, services, queue, faces),
        bots=[face_of(services, faces[bot_id]) for bot_id in serving if faces[bot_id].active],
        is_networked=bool(line.networked),
        is_searchable=bool(line.searchable),
        created_at=line.created_at,
        created_by=Named(line.created_by, creator.name if creator else ""),
    )


def script_tag(services: Services, line: Line) -> str:
    """Give what is put on the pages of a site."""
    return f'<script async src="{escape(services.config.base_url)}/widget.js" data-line="{line.code}"></script>'


def face_of(services: Services, person: Person) -> LineFace:
    """Show somebody."""
    return LineFace(person.id, person.name, avatar_of(services, person))


async def _places(
    tx: Tx, services: Services, queue: Sequence[QueueEntry], faces: dict[int, Person]
) -> list[QueuePlace]:
    """Show the places of a queue; departments that are gone are left out."""
    wanted = [one.department_id for one in queue if one.department_id]
    company = {one.id: one.name for one in await departments.every(tx)} if wanted else {}
    sizes = await lines.serving_in_departments(tx, wanted) if wanted else {}

    def place(one: QueueEntry) -> QueuePlace:
        if one.department_id:
            return QueuePlace(0, one.department_id, company[one.department_id], "", "", sizes.get(one.department_id, 0))
        person = faces[one.person_id]
        serves = person.active and person.kind == "human" and not person.extranet
        return QueuePlace(person.id, 0, person.name, person.work_position, avatar_of(services, person), int(serves))

    return [place(one) for one in queue if not one.department_id or one.department_id in company]
