"""``imopenlines.session.mode.silent``: operators talk among themselves."""

from __future__ import annotations

from support.lines import answered
from support.world import World

METHOD = "imopenlines.session.mode.silent"


async def test_nothing_reaches_the_customer_until_it_is_off(world: World) -> None:
    visitor = await answered(world, world.bob)
    chat_id = await visitor.chat_id()
    dialog = f"chat{chat_id}"

    assert await world.bob.call(METHOD, CHAT_ID=chat_id, ACTIVATE="Y") is True
    await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="he is angry")
    is_on = (await world.bob.call("imopenlines.dialog.get", CHAT_ID=chat_id))["entity_data_3"]
    assert await world.bob.call(METHOD, CHAT_ID=chat_id, ACTIVATE="N") is True
    await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="one moment")

    assert is_on == "Y"
    assert (await world.bob.call("imopenlines.dialog.get", CHAT_ID=chat_id))["entity_data_3"] == "N"
    assert await visitor.texts() == ["hello", "good day", "one moment"]


async def test_anything_else_than_yes_switches_it_off(world: World) -> None:
    visitor = await answered(world, world.bob)
    chat_id = await visitor.chat_id()
    await world.bob.call(METHOD, CHAT_ID=chat_id, ACTIVATE="Y")

    await world.bob.call(METHOD, CHAT_ID=chat_id)

    assert (await world.bob.call("imopenlines.dialog.get", CHAT_ID=chat_id))["entity_data_3"] == "N"
