"""What all methods about one group chat share: how the chat is named, and that the chat is looked at first."""

from __future__ import annotations

from typing import Any

import pytest

from support.world import World

METHODS: dict[str, dict[str, Any]] = {
    "im.chat.user.list": {},
    "im.chat.user.add": {"USERS": [1]},
    "im.chat.user.delete": {"USER_ID": 1},
    "im.chat.leave": {},
    "im.chat.updateTitle": {"TITLE": "Т"},
    "im.chat.updateColor": {"COLOR": "RED"},
    "im.chat.updateAvatar": {"AVATAR": "x"},
    "im.chat.setOwner": {"USER_ID": 1},
    "im.chat.setManager": {"USER_ID": 1},
    "im.chat.mute": {},
}
# What is missing when only the chat is named.
LACKING = {
    "im.chat.user.add": (400, "WRONG_REQUEST"),
    "im.chat.user.delete": (400, "USER_ID_EMPTY"),
    "im.chat.updateTitle": (400, "TITLE_EMPTY"),
    "im.chat.updateColor": (400, "WRONG_COLOR"),
    "im.chat.updateAvatar": (400, "AVATAR_ERROR"),
    "im.chat.setOwner": (400, "USER_ID_EMPTY"),
    "im.chat.setManager": (400, "USER_ID_EMPTY"),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("has_more", [True, False])
async def test_the_chat_is_looked_at_first(world: World, method: str, has_more: bool) -> None:  # noqa: FBT001 — a case
    more = METHODS[method] if has_more else {}
    before = len(await world.events())
    nowhere: list[dict[str, Any]] = [
        {},
        {"CHAT_ID": 0},
        {"CHAT_ID": -1},
        {"CHAT_ID": ""},
        {"CHAT_ID": "chat5"},
        {"CHAT_ID": [5]},
    ]
    for chat in nowhere:
        answer = await world.alice.ask(method, **chat, **more)
        assert (answer.refusal, answer.body["error_description"]) == ((400, "CHAT_ID_EMPTY"), "Chat ID can't be empty")
    elsewhere: list[Any] = [world.bob.id, "", "x", "chat0", [1]]
    for dialog in elsewhere:
        answer = await world.alice.ask(method, DIALOG_ID=dialog, **more)
        assert (answer.refusal, answer.body["error_description"]) == (
            (400, "DIALOG_ID_EMPTY"),
            "Dialog ID can't be empty",
        )
    assert len(await world.events()) == before


@pytest.mark.parametrize("method", LACKING)
async def test_what_is_missing_beside_the_chat_is_told_next(world: World, method: str) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    assert await world.alice.refused(method, CHAT_ID=chat_id) == LACKING[method]
    assert await world.alice.refused(method, DIALOG_ID=f"chat{chat_id}") == LACKING[method]
    assert len(await world.events()) == before
