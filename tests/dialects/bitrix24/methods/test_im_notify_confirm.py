"""``im.notify.confirm``: a button does what its module says, and the notification is gone."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import notifications
from skvorets.core.notifications import CONFIRM, Button, Notification
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.notices import notices, told
from support.world import World

CONFIRM_METHOD = "im.notify.confirm"


async def _take(tx: Tx, person: Person, notification: Notification, value: str) -> str | None:
    del tx, notification
    return f"{person.first_name}: {value}"


async def asked(world: World, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setitem(notifications.CONFIRM_HANDLERS, "test|ask", _take)
    buttons = (Button("Принять", "Y"), Button("Отказаться", "N"))
    return await told(world, world.bob, "?", kind=CONFIRM, module="test", event="ask", buttons=buttons)


async def test_a_button_is_pressed_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = await asked(world, monkeypatch)
    answer = await world.bob.ask(CONFIRM_METHOD, ID=asking, NOTIFY_VALUE="Y")
    assert answer.result == {"result_message": ["Bob: Y"]}
    assert set(answer.body) == {"result", "time"}
    assert await notices(world.bob) == []
    again = await world.bob.call(CONFIRM_METHOD, NOTIFY_ID=asking, NOTIFY_VALUE="Y")
    assert again == {"result_message": False}


async def test_unknown_values_and_foreign_ones_do_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = await asked(world, monkeypatch)
    ordinary = await told(world, world.bob, module="test", event="ask")
    for person, which, value in ((world.bob, asking, "X"), (world.carol, asking, "Y"), (world.bob, ordinary, "Y")):
        answer = await person.call(CONFIRM_METHOD, ID=which, NOTIFY_VALUE=value)
        assert answer == {"result_message": False}
    assert len(await notices(world.bob)) == 2
    assert await world.events("notification.deleted") == []


@pytest.mark.parametrize(
    ("params", "refusal", "text"),
    [
        ({"NOTIFY_VALUE": "Y"}, "ID_ERROR", "Notification ID can't be empty"),
        ({"ID": -1, "NOTIFY_VALUE": "Y"}, "ID_ERROR", "Notification ID can't be empty"),
        ({"ID": {"a": 1}, "NOTIFY_VALUE": "Y"}, "ID_ERROR", "Notification ID can't be empty"),
        ({"ID": 5}, "NOTIFY_VALUE_ERROR", "Notification Value can't be empty"),
        ({"ID": 5, "NOTIFY_VALUE": ""}, "NOTIFY_VALUE_ERROR", "Notification Value can't be empty"),
        ({"ID": 5, "NOTIFY_VALUE": ["Y"]}, "NOTIFY_VALUE_ERROR", "Notification Value can't be empty"),
    ],
)
async def test_each_documented_error(world: World, params: dict[str, Any], refusal: str, text: str) -> None:
    answer = await world.bob.ask(CONFIRM_METHOD, **params)
    assert answer.refusal == (400, refusal)
    assert answer.body["error_description"] == text
