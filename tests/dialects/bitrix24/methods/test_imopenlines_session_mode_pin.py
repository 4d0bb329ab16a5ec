"""``imopenlines.session.mode.pin``: a pinned conversation is not finished by itself."""

from __future__ import annotations

from support.lines import answered
from support.world import World

METHOD = "imopenlines.session.mode.pin"


async def test_a_conversation_is_pinned_and_unpinned(world: World) -> None:
    visitor = await answered(world, world.bob)
    chat_id = await visitor.chat_id()

    assert await world.bob.call(METHOD, CHAT_ID=chat_id) is True
    pinned = await world.bob.call("imopenlines.dialog.get", CHAT_ID=chat_id)
    assert await world.bob.call(METHOD, CHAT_ID=chat_id, ACTIVATE="N") is True
    unpinned = await world.bob.call("imopenlines.dialog.get", CHAT_ID=chat_id)

    assert [one["entity_data_1"].split("|")[3] for one in (pinned, unpinned)] == ["Y", "N"]
    assert (await visitor.session()).pinned == 0
