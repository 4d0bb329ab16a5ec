"""``imopenlines.operator.spam``: the conversation is over and the customer blocked."""

from __future__ import annotations

import pytest

from skvorets.errors import LineClosedError
from support.lines import answered
from support.world import World


async def test_a_spammer_is_heard_no_more(world: World) -> None:
    visitor = await answered(world, world.bob)

    assert await world.bob.call("imopenlines.operator.spam", CHAT_ID=await visitor.chat_id()) is True

    session = await visitor.session()
    assert (session.status, session.is_open) == (65, False)
    with pytest.raises(LineClosedError):
        await visitor.writes("buy cheap")
