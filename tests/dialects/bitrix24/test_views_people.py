"""The user object: every documented key with its type and value."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from skvorets.config import Config
from skvorets.dialects.bitrix24.views import frame_for
from skvorets.dialects.bitrix24.views_people import person_view
from skvorets.storage.bots import BotCard
from skvorets.storage.people import Person

NOW = 1_721_722_262_000
FRAME = frame_for(Config(public_url="https://chat.example/"), NOW)
PERSON = Person(
    id=28,
    kind="human",
    active=1,
    admin=0,
    extranet=0,
    first_name="Иван",
    last_name="Елпидин",
    work_position="менеджер",
    gender="M",
    birthday="1990-01-26",
    color="",
    avatar="ab" * 32,
    email="ivan@a.example",
    www="a.example",
    work_phone="8 (495) 222-33-55",
    personal_mobile="",
    personal_phone="",
    inner_phone="",
    language="",
    status="dnd",
    idle_since=NOW,
    absent_until=NOW + 1000,
    last_seen=NOW,
    created_at=NOW,
)


def view(**changes: Any) -> dict[str, Any]:
    return person_view(msgspec.structs.replace(PERSON, **changes), FRAME, departments=[58])


def test_an_employee_is_shown_as_documented() -> None:
    avatar = f"https://chat.example/files/avatar/{'ab' * 32}"
    assert view() == {
        "id": 28,
        "active": True,
        "name": "Иван Елпидин",
        "first_name": "Иван",
        "last_name": "Елпидин",
        "work_position": "менеджер",
        "color": "#728f7a",
        "avatar": avatar,
        "avatar_hr": f"{avatar}/hr",
        "gender": "M",
        "birthday": "26-01",
        "extranet": False,
        "network": False,
        "bot": False,
        "connector": False,
        "external_auth_id": "default",
        "status": "dnd",
        "idle": "2024-07-23T11:11:02+03:00",
        "last_activity_date": "2024-07-23T11:11:02+03:00",
        "mobile_last_date": False,
        "desktop_last_date": False,
        "absent": "2024-07-23T11:11:03+03:00",
        "departments": [58],
        "phones": {
            "work_phone": "8 (495) 222-33-55",
            "personal_mobile": "",
            "personal_phone": "",
            "inner_phone": "",
        },
        "website": "a.example",
        "email": "ivan@a.example",
        "bot_data": None,
        "type": "user",
    }


def test_what_is_not_known_has_its_documented_form() -> None:
    empty = view(
        gender="", birthday="", avatar="", status="", idle_since=0, absent_until=0, last_seen=0, work_phone="", active=0
    )
    expected = {
        "gender": "M",
        "birthday": "",
        "avatar": "",
        "avatar_hr": "",
        "status": "online",
        "idle": False,
        "absent": False,
        "last_activity_date": False,
        "phones": False,
        "active": False,
    }
    assert {name: empty[name] for name in expected} == expected


def test_an_absence_that_is_over_is_none() -> None:
    assert view(absent_until=NOW)["absent"] is False


def test_a_chosen_colour_is_shown() -> None:
    assert view(color="RED")["color"] == "#df532d"


@pytest.mark.parametrize(
    ("kind", "extranet", "expected"),
    [
        ("human", 1, ("default", False, False, False, "extranet")),
        ("bot", 0, ("bot", True, False, False, "bot")),
        ("network", 0, ("network", True, True, False, "bot")),
        ("guest", 1, ("imconnector", False, False, True, "extranet")),
    ],
)
def test_kinds_of_accounts_are_told_apart(kind: str, extranet: int, expected: tuple[object, ...]) -> None:
    shown = view(kind=kind, extranet=extranet)
    names = ("external_auth_id", "bot", "network", "connector", "type")
    assert tuple(shown[name] for name in names) == expected


def test_a_bot_says_whose_it_is() -> None:
    shown = person_view(PERSON, FRAME, bot=BotCard(28, "echo", "supervisor", "local.1"))
    assert shown["bot_data"] == {
        "code": "echo",
        "type": "supervisor",
        "app_id": "local.1",
        "is_hidden": False,
        "is_support_openline": False,
    }
