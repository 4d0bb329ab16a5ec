"""How people are shown. Shapes: ``shapes/people.py``; rules of presence: spec ``bitrix24-im.md`` §4.1."""

from __future__ import annotations

from collections.abc import Iterable

from skvorets.core import colors
from skvorets.core.access_codes import line_up
from skvorets.core.departments import load_company
from skvorets.core.presence import USUAL_STATUS, idle_since
from skvorets.dialects.native.shapes.people import ContactView, PersonView
from skvorets.dialects.native.viewer import Viewer
from skvorets.storage import chats, commands, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# For so long after he was seen last a person without an open socket counts as being here: who comes and goes by calls
# is written down once a minute (realtime/activity.py), and whoever loads a page anew is not gone meanwhile.
HERE_MS = 90 * 1000


async def view_people(tx: Tx, viewer: Viewer, ids: Iterable[int]) -> list[PersonView]:
    """Show these people, by id; unknown ids and 0 are left out: one query, none for nobody."""
    found = await people.find_many(tx, (one for one in ids if one > 0))
    return [person_view(one, viewer) for one in found.values()]


def person_view(person: Person, viewer: Viewer) -> PersonView:
    """Show one person."""
    return PersonView(
        id=person.id,
        kind=person.kind,
        name=person.name,
        first_name=person.first_name,
        last_name=person.last_name,
        position=person.work_position,
        avatar=viewer.avatar(person.avatar),
        color=color_of(person),
        is_active=bool(person.active),
        is_extranet=bool(person.extranet),
        status=person.status or USUAL_STATUS,
        idle_since=idle_since(person, viewer.now, viewer.away_after_ms),
        last_seen_at=person.last_seen,
        is_here=person.id == viewer.person.id
        or person.id in viewer.here
        or 0 <= viewer.now - person.last_seen <= HERE_MS,
    )


async def view_contact(tx: Tx, viewer: Viewer, person: Person, common_chat_ids: list[int]) -> ContactView:
    """Show a person's card: three queries at most, a fourth for bots."""
    shown = [] if person.is_bot else await _departments_of(tx, viewer, person)
    known = await commands.of_bot(tx, person.id) if person.is_bot else []
    return ContactView(
        person=person_view(person, viewer),
        picture=viewer.picture(person.avatar),
        email=person.email,
        www=person.www,
        work_phone=person.work_phone,
        mobile=person.personal_mobile,
        inner_phone=person.inner_phone,
        birthday=person.birthday,
        gender=person.gender,
        departments=shown,
        chat_id=await chats.private_chat_id(tx, viewer.person.id, person.id) or 0,
        common_chat_ids=common_chat_ids,
        commands=[f"/{one.command}" for one in known if not one.is_hidden],
    )


async def _departments_of(tx: Tx, viewer: Viewer, person: Person) -> list[str]:
    """Give the full names, the company first; people from outside learn nothing of the tree."""
    if viewer.person.extranet:
        return []
    ids = (await people.departments_of(tx, [person.id])).get(person.id, [])
    company = await load_company(tx) if ids else {}
    return [" / ".join(each.name for each in reversed(list(line_up(company, [one])))) for one in ids if one in company]


def color_of(person: Person) -> str:
    """Give the hex colour behind a person's initials: the chosen one, or the one that his id gives."""
    return colors.hex_of(person.color or colors.person_color(person.id, person.gender or "M"))
