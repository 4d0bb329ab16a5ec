"""The `imbot` twins of `im.chat.*` and `im.dialog.get`: who may not act for the bot, and what all have in common.

What each does for its caller is tested with the method that it repeats; the bot's own part in a file of each twin.
"""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.dialects.bitrix24.registry import METHODS
from support.bots import log, robot
from support.pictures import base64_of, picture
from support.world import World

PNG = base64_of(picture())
TWINS: dict[str, dict[str, Any]] = {
    "chat.add": {"USERS": [1]},
    "chat.get": {"ENTITY_TYPE": "CRM", "ENTITY_ID": "1"},
    "chat.leave": {},
    "chat.setOwner": {"USER_ID": 1},
    "chat.setManager": {"USER_ID": 1},
    "chat.updateAvatar": {"AVATAR": PNG},
    "chat.updateColor": {"COLOR": "MINT"},
    "chat.updateTitle": {"TITLE": "New"},
    "chat.user.add": {"USERS": [1]},
    "chat.user.delete": {"USER_ID": 1},
    "chat.user.list": {},
    "dialog.get": {},
}


@pytest.mark.parametrize("name", TWINS)
async def test_only_the_owner_acts_for_a_bot(world: World, name: str) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id])
    stranger = await world.alice.through(await world.install(name="Stranger"))
    known = len(await log(world))
    given = {"CHAT_ID": chat_id, "DIALOG_ID": f"chat{chat_id}", **TWINS[name]}
    assert await stranger.refused(f"imbot.{name}", BOT_ID=bot.id, **given) == (400, "APP_ID_ERROR")
    assert await stranger.refused(f"imbot.{name}", **given) == (400, "BOT_ID_ERROR")
    assert await bot.owner.refused(f"imbot.{name}", BOT_ID=999999, **given) == (400, "BOT_ID_ERROR")
    assert await bot.owner.refused(f"imbot.{name}", BOT_ID=[1], **given) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused(f"imbot.{name}", BOT_ID=bot.id, **given) == (403, "ACCESS_DENIED")
    assert await world.bob.refused(f"imbot.{name}", BOT_ID=bot.id, CLIENT_ID="x", **given) == (400, "APP_ID_ERROR")
    assert len(await log(world)) == known


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_takes_what_its_pattern_takes(name: str) -> None:
    twin, pattern = METHODS[f"imbot.{name}".lower()], METHODS[f"im.{name}".lower()]
    assert {*twin.params.__struct_fields__} == {*pattern.params.__struct_fields__, "BOT_ID", "CLIENT_ID"}
    assert (twin.scope, twin.mode) == ("imbot", pattern.mode)
