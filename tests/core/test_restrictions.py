"""What chats do not allow, as in the documented table."""

from __future__ import annotations

import msgspec
import pytest

from skvorets.core.restrictions import require, restrictions_of
from skvorets.errors import FixedChatError, GeneralChatError
from skvorets.storage.chats import Chat

ACTIONS = ("avatar", "rename", "extend", "call", "mute", "leave", "leave_owner", "send", "user_list")
# The documented table, row by row: 1 = allowed.
TABLE = {
    "": "111111111",
    "MY_OWN": "111111111",
    "TASKS": "111111111",
    "CALENDAR": "111111111",
    "LINES": "111111111",
    "SONET_GROUP": "000110011",
    "CRM": "001111011",
    "CALL": "110000011",
}


def chat(entity: str = "", *, kind: str = "group", is_general: int = 0) -> Chat:
    return Chat(1, kind, "", "", "", "", 0, 0, is_general, entity, "", "", "", "", 0, 0, 0, 0, 0)


@pytest.mark.parametrize("entity", TABLE)
def test_each_entity_has_its_documented_row(entity: str) -> None:
    found = msgspec.structs.asdict(restrictions_of(chat(entity)))
    assert found == {action: allowed == "1" for action, allowed in zip(ACTIONS, TABLE[entity], strict=True)}


def test_the_general_chat_refuses_with_an_error_of_its_own() -> None:
    general = chat(kind="open", is_general=1)
    for action in ("avatar", "rename", "extend", "leave", "leave_owner"):
        with pytest.raises(GeneralChatError):
            require(general, action)
    for action in ("call", "mute", "send", "user_list"):
        require(general, action)


@pytest.mark.parametrize("action", ["rename", "mute"])
def test_a_private_dialog_stays_as_it_is(action: str) -> None:
    with pytest.raises(FixedChatError):
        require(chat(kind="private"), action)
