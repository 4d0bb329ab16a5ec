"""``im.search.last.get``: the documented items, the newest first; what the caller may not see any more vanishes."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.storage import chats
from skvorets.storage.database import Tx
from support.bots import robot
from support.chats import dismiss
from support.queries import count_queries
from support.world import Actor, World


async def last(actor: Actor, **params: Any) -> list[int | str]:
    """Ids of what was found last."""
    return [one["id"] for one in await actor.call("im.search.last.get", **params)]


async def add(actor: Actor, *dialogs: int | str) -> None:
    for dialog in dialogs:
        assert await actor.call("im.search.last.add", DIALOG_ID=dialog) is True


async def test_people_and_chats_are_shown_as_documented(world: World) -> None:
    assert await world.alice.call("im.search.last.get") == []
    chat_id = await world.chat(world.alice, world.bob)
    await add(world.alice, world.bob.id, f"chat{chat_id}")
    answer = await world.alice.ask("im.search.last.get")
    assert set(answer.body) == {"result", "time"}
    chat, user = answer.result
    bob = await world.alice.call("im.user.get", ID=world.bob.id)
    assert user == {
        "id": world.bob.id,
        "type": "user",
        "avatar": {"url": "", "color": bob["color"]},
        "title": "Bob Ivanov",
        "user": bob,
    }
    assert {name: value for name, value in chat.items() if name != "chat"} == {
        "id": f"chat{chat_id}",
        "type": "chat",
        "avatar": {"url": "", "color": chat["chat"]["color"]},
        "title": "Test",
    }
    [(_, same)] = (await world.alice.call("im.search.chat.list", FIND="test")).items()
    assert chat["chat"] == same


async def test_the_newest_stands_first_and_each_only_once(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await add(world.alice, world.bob.id, f"chat{chat_id}", world.carol.id, world.bob.id)
    assert await last(world.alice) == [world.bob.id, world.carol.id, f"chat{chat_id}"]
    assert await last(world.bob) == []


async def test_thirty_are_kept(world: World) -> None:
    made = [(await world.add(f"P{number}")).id for number in range(33)]
    await add(world.alice, world.bob.id, *made)
    assert await last(world.alice) == made[:2:-1]
    await world.alice.call("im.search.last.delete", DIALOG_ID=made[-1])
    assert len(await last(world.alice)) == 29


async def test_kinds_are_left_out_on_wish(world: World) -> None:
    chat_id, line_id = await world.chat(world.alice, world.bob), await world.chat(world.alice, world.bob)
    await world.unit(make_line, line_id)
    await add(world.alice, f"chat{chat_id}", f"chat{line_id}", world.bob.id)
    chat, line, user = f"chat{chat_id}", f"chat{line_id}", world.bob.id
    assert await last(world.alice, SKIP_OPENLINES="Y") == [user, chat]
    assert await last(world.alice, SKIP_CHAT="Y") == [user, line]
    assert await last(world.alice, SKIP_DIALOG="Y") == [line, chat]
    assert await last(world.alice, SKIP_OPENLINES="Y", SKIP_CHAT="Y", SKIP_DIALOG="Y") == []


async def test_chats_that_were_left_and_people_who_left_vanish(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    opened = await world.chat(world.alice, world.bob, TYPE="OPEN")
    await add(world.bob, world.carol.id, f"chat{chat_id}", f"chat{opened}")
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    # An open chat stays: it is found by those who take no part, too.
    await world.bob.call("im.chat.leave", CHAT_ID=opened)
    assert await last(world.bob) == [f"chat{opened}", world.carol.id]
    await dismiss(world, world.carol)
    assert await last(world.bob) == [f"chat{opened}"]


async def test_who_comes_from_outside_keeps_only_whom_he_still_meets(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.outsider)
    await add(world.outsider, world.bob.id, f"chat{chat_id}")
    assert await last(world.outsider) == [f"chat{chat_id}", world.bob.id]
    await world.alice.call("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=world.outsider.id)
    assert await last(world.outsider) == []


async def test_the_queries_do_not_grow_with_the_list(world: World) -> None:
    bot = await robot(world)
    for number in range(4):
        person = await world.add(f"P{number}")
        await add(world.bob, person.id, f"chat{await world.chat(world.alice, world.bob, person)}", bot.id)
        with count_queries(world) as queries:
            await last(world.bob)
        # What is kept, people, chats with the reader's part; departments, bots; managers and mutes, messages that never
        # count, first unread ones.
        assert queries.count == 8, queries.statements
    with count_queries(world) as queries:
        await last(world.carol)
    assert queries.count == 1, queries.statements


@pytest.mark.parametrize("odd", ["x", "", None, 7])
async def test_odd_flags_mean_no(world: World, odd: object) -> None:
    await add(world.alice, world.bob.id)
    assert await last(world.alice, SKIP_DIALOG=odd) == [world.bob.id]


async def make_line(tx: Tx, chat_id: int) -> None:
    await chats.change(tx, chat_id, kind="line", entity_type="LINES")
