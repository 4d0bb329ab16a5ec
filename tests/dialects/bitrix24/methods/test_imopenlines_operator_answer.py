"""``imopenlines.operator.answer``, and what all methods of operators refuse."""

from __future__ import annotations

from typing import Any

import pytest

from support.bots import robot
from support.lines import answered, led_by, line_of, visitor_of
from support.world import World

METHOD = "imopenlines.operator.answer"
# All with which a conversation is served, with what they take beside the chat.
SERVING: dict[str, dict[str, Any]] = {
    METHOD: {},
    "imopenlines.operator.skip": {},
    "imopenlines.operator.spam": {},
    "imopenlines.operator.finish": {},
    "imopenlines.operator.another.finish": {},
    "imopenlines.operator.transfer": {"USER_ID": 1},
    "imopenlines.session.start": {},
    "imopenlines.session.join": {},
    "imopenlines.session.mode.silent": {"ACTIVATE": "Y"},
    "imopenlines.session.mode.pin": {"ACTIVATE": "Y"},
}


async def test_who_answers_has_the_conversation(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol])
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    chat_id = await visitor.chat_id()

    assert await world.carol.call(METHOD, CHAT_ID=chat_id) is True

    session = await visitor.session()
    assert (session.operator_id, session.status) == (world.carol.id, 10)
    assert world.bob.id not in await world.carol.call("im.chat.user.list", CHAT_ID=chat_id)
    assert (await world.carol.call("imopenlines.dialog.get", CHAT_ID=chat_id))["owner"] == world.carol.id
    assert await visitor.texts() == ["hello"]
    assert await world.carol.call(METHOD, CHAT_ID=chat_id) is True


async def test_what_another_operator_has_is_refused(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol)

    answer = await world.carol.ask(METHOD, CHAT_ID=await visitor.chat_id())

    assert answer.refusal == (400, "ACCESS_DENIED")
    assert (await visitor.session()).operator_id == world.bob.id


@pytest.mark.parametrize("method", SERVING)
async def test_strangers_get_nowhere(world: World, method: str) -> None:
    visitor = await answered(world, world.bob)
    bot = await robot(world, TYPE="O")
    served_by_bot = await led_by(world, bot.id, world.bob)
    known = len(await world.events())

    for who in (world.stranger, world.outsider):
        for chat_id in (await visitor.chat_id(), await served_by_bot.chat_id(), 999_999):
            assert await who.refused(method, CHAT_ID=chat_id, **SERVING[method]) == (400, "ACCESS_DENIED")

    assert len(await world.events()) == known


@pytest.mark.parametrize("method", SERVING)
async def test_chats_of_another_kind_and_none_are_refused(world: World, method: str) -> None:
    group = await world.chat(world.bob, world.carol, ENTITY_TYPE="LINES", ENTITY_ID="livechat|1|2|3")

    assert await world.bob.refused(method, CHAT_ID=group, **SERVING[method]) == (400, "CHAT_TYPE")
    for wrong in (0, -1, "", {"a": 1}):
        assert await world.bob.refused(method, CHAT_ID=wrong, **SERVING[method]) == (400, "CHAT_ID")
    assert await world.bob.refused(method, **SERVING[method]) == (400, "CHAT_ID")
