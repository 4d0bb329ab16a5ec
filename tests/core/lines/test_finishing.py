"""The end of conversations, see core/lines/finishing.py."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines import finishing
from skvorets.core.lines.sessions import ANSWERED, ASKED_AGAIN, CLOSED, CLOSING, NEW, SPAM, TAKEN
from skvorets.errors import LineClosedError, NothingChangedError, SessionClosedError
from skvorets.storage import line_clients
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.people import Person
from support.line_talks import acts, chat_of, finishes, line_bot, said, seated, takes, timers_of, writes
from support.line_time import VirtualTime
from support.lines import Visitor, line_of, messages_of, visitor_of
from support.world import World


async def answered(world: World, **settings: Any) -> Visitor:
    """Let bob have answered a customer."""
    visitor = await visitor_of(world, await line_of(world, [world.bob, world.carol], **settings))
    await visitor.writes("Hi")
    await writes(world.bob, visitor, "Hello")
    return visitor


async def rate(visitor: Visitor, vote: int, comment: str = "") -> LineSession:
    async def do(tx: Tx) -> LineSession:
        client = await line_clients.find(tx, visitor.client_id)
        assert client is not None
        return await finishing.rate_session(tx, client, vote, comment)

    session: LineSession = await visitor.world.unit(do)
    return session


async def test_without_texts_and_rating_it_is_closed_at_once(world: World) -> None:
    visitor = await answered(world, asks_rating=False)
    await finishes(world.bob, visitor)
    session = await visitor.session()
    assert (session.status, session.closed_by, session.closed_at > 0) == (CLOSED, world.bob.id, True)
    assert (await seated(visitor), await timers_of(visitor)) == (set(), {})
    last = (await messages_of(world, session.chat_id))[-1]
    assert last.text == f"[USER={world.bob.id}]Bob Ivanov[/USER] завершил диалог"
    assert last.read_params() == {"CLASS": finishing.END_CLASS, "IMOL_VOTE_SID": session.id}
    assert await visitor.texts() == ["Hi", "Hello"]
    with pytest.raises(SessionClosedError):
        await finishes(world.bob, visitor)


async def test_the_customer_gets_the_closing_text_and_time_to_rate(world: World, passing: VirtualTime) -> None:
    visitor = await answered(world, closing_text="Bye!", full_close_s=60)
    await finishes(world.bob, visitor)
    session = await visitor.session()
    assert (session.status, session.awaits_vote, session.closed_at) == (CLOSING, 1, 0)
    assert (await visitor.texts())[-1] == "Bye!"
    assert await timers_of(visitor) == {"full_close": 60}
    data = (await chat_of(world, session.chat_id)).entity_data_1.split("|")
    assert (data[3], data[4]) == ("N", "Y")
    await passing.pass_s(61)
    session = await visitor.session()
    assert (session.status, session.closed_by, session.awaits_vote) == (CLOSED, 0, 0)
    assert (await said(visitor))[-1] == "Диалог завершён"


async def test_a_second_finish_closes_at_once(world: World) -> None:
    visitor = await answered(world)
    await finishes(world.bob, visitor)
    await finishes(world.bob, visitor)
    assert (await visitor.session()).status == CLOSED


async def test_a_customer_who_writes_goes_on(world: World) -> None:
    visitor = await answered(world)
    await finishes(world.bob, visitor)
    await visitor.writes("One more thing")
    session = await visitor.session()
    assert (session.status, session.awaits_vote, session.operator_id) == (ASKED_AGAIN, 0, world.bob.id)
    assert set(await timers_of(visitor)) == {"auto_close"}


async def test_an_operator_who_writes_goes_on(world: World) -> None:
    visitor = await answered(world)
    await finishes(world.bob, visitor)
    await writes(world.bob, visitor, "By the way")
    assert ((await visitor.session()).status, set(await timers_of(visitor))) == (ANSWERED, {"auto_close"})


async def test_a_bot_may_finish_and_go_on(world: World) -> None:
    bot = await line_bot(world)
    visitor = await visitor_of(world, await line_of(world, [world.bob], bot=bot))
    await visitor.writes("Hi")
    await finishes(world.alice, visitor)
    await visitor.writes("Wait")
    session = await visitor.session()
    assert (session.status, session.bot_id, await seated(visitor)) == (NEW, bot, {bot})
    assert set(await timers_of(visitor)) == {"bot"}


async def test_silence_ends_it(world: World, passing: VirtualTime) -> None:
    visitor = await answered(world, auto_close_s=600, auto_close_text="Are you there?", asks_rating=False)
    await visitor.writes("Yes")
    assert await timers_of(visitor) == {"auto_close": 24 * 3600}
    await writes(world.bob, visitor, "Good")
    await passing.pass_s(601)
    assert ((await visitor.session()).status, (await visitor.texts())[-1]) == (CLOSING, "Are you there?")
    await passing.pass_s(601)
    assert (await visitor.session()).status == CLOSED


async def test_a_rating_is_kept_once(world: World) -> None:
    visitor = await answered(world)
    with pytest.raises(NothingChangedError):
        await rate(visitor, 5)
    await finishes(world.bob, visitor)
    for wrong in (0, 6, -1):
        with pytest.raises(NothingChangedError):
            await rate(visitor, wrong)
    session = await rate(visitor, 4, " nice ")
    assert (session.vote, session.vote_comment, session.awaits_vote) == (4, "nice", 0)
    assert (await said(visitor))[-1] == "Оценка клиента: ★★★★☆\nnice"
    with pytest.raises(NothingChangedError):
        await rate(visitor, 1)


async def test_a_rating_may_come_after_the_end(world: World) -> None:
    visitor = await answered(world)
    await finishes(world.bob, visitor)
    await finishes(world.bob, visitor)
    assert (await rate(visitor, 2)).status == CLOSED


async def test_spam_ends_it_and_blocks_the_customer(world: World) -> None:
    visitor = await answered(world)
    await acts(world.bob, visitor, _spam)
    assert (await visitor.session()).status == SPAM
    with pytest.raises(LineClosedError):
        await visitor.writes("Buy now")
    await reopen(world, visitor)
    await visitor.writes("Sorry")
    session = await visitor.session()
    assert (session.status, session.operator_id) == (ASKED_AGAIN, world.bob.id)


async def _spam(tx: Tx, person: Person, session: LineSession) -> LineSession:
    return await finishing.mark_spam(tx, person, session)


async def reopen(world: World, visitor: Visitor) -> LineSession:
    async def do(tx: Tx) -> LineSession:
        client = await line_clients.find(tx, visitor.client_id)
        assert client is not None
        return await finishing.reopen_session(tx, world.bob.person, client)

    session: LineSession = await world.unit(do)
    return session


async def test_a_closed_conversation_can_be_opened_again(world: World) -> None:
    visitor = await answered(world, asks_rating=False)
    with pytest.raises(NothingChangedError):
        await reopen(world, visitor)
    before = await finishes(world.bob, visitor)
    after = await reopen(world, visitor)
    assert (after.id, after.status, after.operator_id, after.closed_at) == (before.id, TAKEN, world.bob.id, 0)
    assert await seated(visitor) == {world.bob.id}


async def test_the_next_message_begins_the_next_conversation_in_the_same_chats(world: World) -> None:
    visitor = await answered(world, asks_rating=False, welcome_text="Welcome")
    first = await finishes(world.bob, visitor)
    await visitor.writes("Hi again")
    second = await visitor.session()
    assert (second.id > first.id, second.chat_id == first.chat_id, second.status) == (True, True, NEW)
    assert (await visitor.texts()).count("Welcome") == 1
    assert (await visitor.client()).session_id == second.id
    await takes(world.carol, visitor)
    assert await seated(visitor) == {world.carol.id}


async def test_an_operator_who_writes_after_the_end_begins_one(world: World) -> None:
    visitor = await answered(world, asks_rating=False)
    first = await finishes(world.bob, visitor)
    await writes(world.carol, visitor, "I have found it")
    second = await visitor.session()
    assert (second.id > first.id, second.status, second.operator_id) == (True, ANSWERED, world.carol.id)
    assert (await visitor.texts())[-1] == "I have found it"
