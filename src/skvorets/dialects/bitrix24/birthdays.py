"""``birthdayList`` of the recent list: whose birthday is today.

Source: spec ``bitrix24-im.md`` §12, §4.7 (items without a conversation, marked by ``options``).
"""

from __future__ import annotations

from skvorets.core import birthdays
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.dialects.bitrix24.views_people import view_people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


async def load_birthdays(tx: Tx, person: Person, frame: Frame) -> list[View]:
    """Give an item for each employee whose birthday is today in the portal's zone: a query, two more when there are."""
    today = frame.clock.local(frame.now)
    people = await view_people(tx, await birthdays.of_day(tx, person, today.date()), frame)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
    return [_item(user, midnight) for user in people.values()]


def _item(user: View, date: str) -> View:
    message = {"id": 0, "text": "", "file": False, "attach": False, "author_id": 0, "date": date, "status": "received"}
    return {
        "id": user["id"],
        "chat_id": 0,
        "type": "user",
        "avatar": {"url": user["avatar"], "color": user["color"]},
        "title": user["name"],
        "message": {**message, "uuid": None},
        "counter": 0,
        "last_id": 0,
        "pinned": False,
        "unread": False,
        "has_reminder": False,
        "date_update": date,
        "date_last_activity": date,
        "user": user,
        "options": {"default_user_record": True},
    }
