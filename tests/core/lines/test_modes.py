"""The silent mode and pinning, see core/lines/modes.py."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines import modes
from skvorets.errors import SessionClosedError
from support.line_talks import acts, chat_of, finishes, said, timers_of, transfers_to, writes
from support.line_time import VirtualTime
from support.lines import Visitor, line_of, messages_of, visitor_of
from support.world import World

_WEEK_S = 7 * 24 * 3600


async def answered(world: World, **settings: Any) -> Visitor:
    """Let bob have answered a customer."""
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol], asks_rating=False, **settings))
    await visitor.writes("Hi")
    await writes(world.bob, visitor, "Hello")
    return visitor


async def test_in_silent_mode_the_customer_gets_nothing(world: World) -> None:
    visitor = await answered(world)
    await acts(world.bob, visitor, modes.set_silent, is_on=True)
    await acts(world.bob, visitor, modes.set_silent, is_on=True)
    await writes(world.bob, visitor, "He is difficult")
    told = "включил скрытый режим: клиент не видит сообщения операторов"
    assert sum(told in one for one in await said(visitor)) == 1
    hidden = (await messages_of(world, await visitor.chat_id()))[-1]
    assert hidden.read_params() == {"CLASS": "bx-messenger-content-item-system"}
    await acts(world.bob, visitor, modes.set_silent, is_on=False)
    await writes(world.bob, visitor, "All right")
    assert await visitor.texts() == ["Hi", "Hello", "All right"]


async def test_the_silent_mode_ends_with_the_way_back_to_the_queue(world: World) -> None:
    visitor = await answered(world)
    await acts(world.bob, visitor, modes.set_silent, is_on=True)
    await transfers_to(world.bob, visitor, world.carol)
    assert (await chat_of(world, await visitor.chat_id())).entity_data_3 == "N"


async def test_the_silent_mode_ends_with_the_automatic_end(world: World, passing: VirtualTime) -> None:
    visitor = await answered(world, auto_close_s=60)
    await acts(world.bob, visitor, modes.set_silent, is_on=True)
    await passing.pass_s(61)
    assert (await chat_of(world, await visitor.chat_id())).entity_data_3 == "N"
    assert (await visitor.session()).closed_at


async def test_a_pinned_conversation_is_not_finished_for_a_week(world: World, passing: VirtualTime) -> None:
    visitor = await answered(world, auto_close_s=60)
    await acts(world.bob, visitor, modes.set_pinned, is_on=True)
    session = await visitor.session()
    data = (await chat_of(world, session.chat_id)).entity_data_1
    assert data == f"N|NONE|0|Y|N|{session.id}|{session.started_at // 1000}|0|0|0"
    await writes(world.bob, visitor, "Later")
    assert await timers_of(visitor) == {"auto_close": _WEEK_S}
    await acts(world.bob, visitor, modes.set_pinned, is_on=False)
    assert await timers_of(visitor) == {"auto_close": 60}
    await passing.pass_s(61)
    assert (await visitor.session()).closed_at


async def test_closed_conversations_have_no_modes(world: World) -> None:
    visitor = await answered(world)
    await finishes(world.bob, visitor)
    for change in (modes.set_silent, modes.set_pinned):
        with pytest.raises(SessionClosedError):
            await acts(world.bob, visitor, change, is_on=True)
