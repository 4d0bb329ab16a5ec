"""The user object. Source: spec ``bitrix24-im.md`` §4.1; seed: samples of ``im.dialog.messages.get``, ``im.user.get``.

``load_people`` gives the ``users`` blocks of list methods: two queries for all people of a page, a third when there are
bots among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from skvorets.core import colors
from skvorets.core.presence import USUAL_STATUS, idle_since
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.storage import bots, people
from skvorets.storage.bots import BotCard
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_NO_DEPARTMENTS: Sequence[int] = ()
# external_auth_id: what kind of account it is. [seed] [docs]
AUTH_IDS: Mapping[str, str] = {"human": "default", "bot": "bot", "guest": "imconnector", "network": "network"}
# bot_data.type by the kind of bot. [docs]
_BOT_TYPES = {"ordinary": "bot", "human": "human", "line": "openline", "supervisor": "supervisor", "network": "network"}


def person_view(
    person: Person, frame: Frame, *, departments: Sequence[int] = _NO_DEPARTMENTS, bot: BotCard | None = None
) -> View:
    """Give the documented user object; ``bot`` for bots only."""
    return {
        "id": person.id,
        "active": bool(person.active),
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "work_position": person.work_position,
        "color": color_of(person),
        "avatar": frame.picture(person.avatar),
        "avatar_hr": frame.large_picture(person.avatar),
        "gender": person.gender or "M",
        "birthday": _birthday(person.birthday),
        "extranet": bool(person.extranet),
        "network": person.kind == "network",
        "bot": person.is_bot,
        "connector": person.kind == "guest",
        "external_auth_id": AUTH_IDS[person.kind],
        "status": person.status or USUAL_STATUS,
        "idle": frame.date(idle_since(person, frame.now, frame.away_after_ms)),
        "last_activity_date": frame.date(person.last_seen),
        # There is one web client; programs for telephones and desktops of the vendor's own never report here.
        "mobile_last_date": False,
        "desktop_last_date": False,
        "absent": frame.date(person.absent_until) if person.absent_until > frame.now else False,
        "departments": list(departments),
        "phones": _phones(person),
        "website": person.www,
        "email": person.email,
        "bot_data": None if bot is None else _bot_data(bot),
        "type": _type(person),
    }


def color_of(person: Person) -> str:
    """Give the hex colour of a person: the chosen one, or the one that his id gives."""
    return colors.hex_of(person.color or colors.person_color(person.id, person.gender or "M"))


async def load_people(tx: Tx, ids: Iterable[int], frame: Frame) -> dict[int, View]:
    """Give the user objects of these people by id, ascending; unknown ids (and 0) are left out."""
    return await view_people(tx, (await people.find_many(tx, (one for one in ids if one > 0))).values(), frame)


async def view_people(tx: Tx, found: Iterable[Person], frame: Frame) -> dict[int, View]:
    """Give the user objects of people already fetched, by id in their order."""
    shown = list(found)
    if not shown:
        return {}
    departments = await people.departments_of(tx, (one.id for one in shown))
    cards = await bots.cards_of(tx, (one.id for one in shown if one.is_bot))
    return {
        one.id: person_view(one, frame, departments=departments.get(one.id, _NO_DEPARTMENTS), bot=cards.get(one.id))
        for one in shown
    }


def _birthday(date: str) -> str:
    """Turn YYYY-MM-DD into DD-MM."""
    return f"{date[8:10]}-{date[5:7]}" if date else ""


def _phones(person: Person) -> dict[str, str] | Literal[False]:
    phones = {
        "work_phone": person.work_phone,
        "personal_mobile": person.personal_mobile,
        "personal_phone": person.personal_phone,
        "inner_phone": person.inner_phone,
    }
    # COMPAT(bitrix24): `false`, not an empty object, when no number is known.
    return phones if any(phones.values()) else False


def _type(person: Person) -> str:
    if person.is_bot:
        return "bot"
    return "extranet" if person.extranet else "user"


def _bot_data(bot: BotCard) -> View:
    return {
        "code": bot.code,
        "type": _BOT_TYPES[bot.kind],
        "app_id": bot.client_id,
        "is_hidden": False,
        "is_support_openline": False,
    }
