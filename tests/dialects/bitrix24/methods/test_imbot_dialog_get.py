"""``imbot.dialog.get``: the dialog as the bot sees it. Owners: ``test_imbot_chat_twins.py``."""

from __future__ import annotations

import pytest

from support.bots import robot
from support.world import World


async def test_a_group_is_given(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], TITLE="Mint", COLOR="MINT")
    result = (await bot.owner.ask("imbot.dialog.get", DIALOG_ID=f"chat{chat_id}")).result
    sample = {
        "id": str(chat_id), "title": "Mint", "owner": str(bot.id), "extranet": False, "avatar": "", "color": "#4ba984",
        "type": "chat", "entity_type": "", "entity_data_1": "", "entity_data_2": "", "entity_data_3": "",
        "message_type": "C",
    }  # fmt: skip
    assert {name: result[name] for name in sample} == sample
    assert result["role"] == "owner"


@pytest.mark.parametrize("dialog", [None, "", "x", [1]])
async def test_a_dialog_must_be_named(world: World, dialog: object) -> None:
    bot = await robot(world)
    assert await bot.refused("imbot.dialog.get", DIALOG_ID=dialog) == (400, "DIALOG_ID_EMPTY")


async def test_a_chat_of_others_is_refused(world: World) -> None:
    bot = await robot(world)
    foreign = await world.chat(world.alice, world.bob)
    for dialog in (f"chat{foreign}", "chat999999", 999999):
        assert await bot.refused("imbot.dialog.get", DIALOG_ID=dialog) == (403, "ACCESS_ERROR")


async def test_whose_bot_it_is_matters_first(world: World) -> None:
    bot = await robot(world)
    assert await bot.owner.refused("imbot.dialog.get", BOT_ID=999999) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.dialog.get") == (403, "ACCESS_DENIED")
