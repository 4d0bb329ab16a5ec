"""``imopenlines.session.open``: the chat by the customer's code."""

from __future__ import annotations

from support.lines import answered
from support.world import World

METHOD = "imopenlines.session.open"


async def test_the_number_of_the_chat_is_given_as_text(world: World) -> None:
    visitor = await answered(world, world.bob)
    client = await visitor.client()

    for code in (client.user_code, f"imol|{client.user_code}"):
        for who in (world.bob, world.alice):
            assert await who.call(METHOD, USER_CODE=code) == {"chatId": str(client.chat_id)}


async def test_strangers_and_unknown_codes_are_refused_alike(world: World) -> None:
    visitor = await answered(world, world.bob)
    client = await visitor.client()

    assert await world.stranger.refused(METHOD, USER_CODE=client.user_code) == (400, "ACCESS_DENIED")
    for given in ({}, {"USER_CODE": ""}, {"USER_CODE": "x" * 10_000}, {"USER_CODE": {"a": 1}}):
        assert await world.bob.refused(METHOD, **given) == (400, "ACCESS_DENIED")
