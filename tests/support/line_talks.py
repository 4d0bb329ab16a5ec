"""What tests of open lines ask of the chats of conversations, and do as operators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from skvorets.core.lines import finishing, queue, transfers
from skvorets.storage import chats, clock, line_sessions, members, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from support.bots import robot
from support.lines import Visitor, messages_of
from support.world import Actor, World


async def line_bot(world: World, code: str = "menu") -> int:
    """Register a bot that serves lines; its id."""
    return (await robot(world, TYPE="O", CODE=code, OPENLINE="Y")).id


async def chat_of(world: World, chat_id: int) -> Chat:
    """Give a chat as it is stored."""
    found: Chat | None = await world.app.store.read(chats.find, chat_id)
    assert found is not None
    return found


async def seated(visitor: Visitor) -> set[int]:
    """Give who sits in the operators' chat beside the customer."""
    client = await visitor.client()
    found: list[int] = await visitor.world.app.store.read(members.ids_of, client.chat_id)
    assert client.person_id in found
    return set(found) - {client.person_id}


async def takes(actor: Actor, visitor: Visitor, **more: Any) -> LineSession:
    """Take the customer's conversation."""
    session: LineSession = await _act(actor, visitor, queue.take_session, **more)
    return session


async def skips(actor: Actor, visitor: Visitor) -> bool:
    """Give the customer's conversation to the next one."""
    done: bool = await _act(actor, visitor, queue.skip_session)
    return done


async def finishes(actor: Actor, visitor: Visitor) -> LineSession:
    """Finish the customer's conversation."""

    async def finish(tx: Tx, person: Any, session: LineSession) -> LineSession:
        return await finishing.finish_session(tx, person, session)

    session: LineSession = await _act(actor, visitor, finish)
    return session


async def transfers_to(actor: Actor, visitor: Visitor, target: Actor | int, **more: Any) -> LineSession:
    """Transfer to a person, or to the line with this id."""
    to_line = isinstance(target, int)
    deed: Callable[..., Awaitable[Any]] = transfers.transfer_to_line if to_line else transfers.transfer_to_person
    session: LineSession = await _act(actor, visitor, deed, target if isinstance(target, int) else target.id, **more)
    return session


async def acts(actor: Actor, visitor: Visitor, deed: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
    """Do something as ``deed(tx, person, session, …)``; what it gives."""
    return await _act(actor, visitor, deed, *args, **more)


async def timers_of(visitor: Visitor) -> dict[str, int]:
    """Give when each timer of the conversation is due, seconds from now, in fives: the machine may be busy."""
    session = await visitor.session()

    async def read(tx: Tx) -> dict[str, int]:
        rows = await tx.rows("SELECT kind, due_at FROM line_timers WHERE session_id = $1", session.id)
        return {kind: 5 * round((due_at - clock.now_ms()) / 5000) for kind, due_at in rows}

    found: dict[str, int] = await visitor.world.app.store.read(read)
    return found


async def said(visitor: Visitor) -> list[str]:
    """Give the texts in the operators' chat, oldest first."""
    return [one.text for one in await messages_of(visitor.world, await visitor.chat_id())]


async def writes(actor: Actor, visitor: Visitor, text: str) -> int:
    """Write in the operators' chat."""
    message_id: int = await actor.call("im.message.add", DIALOG_ID=f"chat{await visitor.chat_id()}", MESSAGE=text)
    return message_id


async def _act(actor: Actor, visitor: Visitor, deed: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
    session = await visitor.session()

    async def act(tx: Tx) -> Any:
        person = await people.find(tx, actor.id)
        fresh = await line_sessions.find(tx, session.id)
        return await deed(tx, person, fresh, *args, **more)

    return await visitor.world.app.store.write(session.chat_id, act)
