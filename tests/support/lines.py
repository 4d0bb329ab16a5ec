"""Open lines for tests: a line with its queue, and visitors who write to it, by the core's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from skvorets.core.lines import clients, settings
from skvorets.core.lines.clients import Visitor as NewVisitor
from skvorets.core.lines.settings import LineSettings
from skvorets.storage import line_clients, line_sessions, lines, members, messages
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import Line, QueueEntry
from skvorets.storage.messages import Message
from support.world import Actor, World


class Visitor(NamedTuple):
    """A customer of a line, with the secret of his browser."""

    world: World
    client_id: int
    token: str

    async def client(self) -> LineClient:
        """Give the customer as he is stored now."""
        found: LineClient = await self.world.unit(_client, self.client_id)
        return found

    async def writes(self, text: str, **more: Any) -> Message:
        """Write to the line; the message in his own chat."""
        message: Message = await self.world.unit(_write, self.client_id, text, more)
        return message

    async def messages(self) -> list[Message]:
        """Give everything that he can see, oldest first, with lines of the system."""
        client = await self.client()
        return await messages_of(self.world, client.client_chat_id)

    async def texts(self) -> list[str]:
        """Give the texts that he can see, oldest first."""
        return [one.text for one in await self.messages()]

    async def chat_id(self) -> int:
        """Give the chat in which operators answer him, 0 before his first message."""
        return (await self.client()).chat_id

    async def session(self) -> LineSession:
        """Give his newest conversation."""
        return await session_of(self.world, await self.chat_id())


async def line_of(
    world: World, operators: Sequence[Actor] = (), bot: int = 0, name: str = "Support", **given: Any
) -> Line:
    """Make an active line served by these people in this order; ``given`` are names of ``LineSettings``."""
    queue = [QueueEntry(person_id=one.id) for one in operators]
    line: Line = await world.unit(_add_line, name, queue, LineSettings(**{"bot_id": bot, **given}))
    return line


async def visitor_of(world: World, line: Line, name: str = "", **more: Any) -> Visitor:
    """Let somebody open the widget of a line."""
    client_id, token = await world.unit(_admit, line, NewVisitor(name=name, **more))
    return Visitor(world, client_id, token)


async def session_of(world: World, chat_id: int) -> LineSession:
    """Give the newest session of an operators' chat."""
    session: LineSession | None = await world.app.store.read(line_sessions.newest_of_chat, chat_id)
    assert session is not None
    return session


async def seat_in(world: World, session: LineSession, actor: Actor) -> None:
    """Let somebody sit in the operators' chat who was not asked, and manage it."""
    await world.unit(_seat, session, actor)


async def messages_of(world: World, chat_id: int) -> list[Message]:
    """Give the messages of a chat as they are stored, oldest first."""
    found: list[Message] = await world.app.store.read(_messages, chat_id)
    return found


async def _add_line(tx: Tx, name: str, queue: list[QueueEntry], given: LineSettings) -> Line:
    count: int = await tx.val("SELECT count(*) FROM lines")
    code = f"{count + 1:032x}"
    stored = "{}" if given == LineSettings() else settings.encode(given)
    line_id = await lines.insert(tx, Line(0, code, name, "", "", 1, 0, 0, stored, 0, tx.now, 0))
    await lines.set_queue(tx, line_id, queue)
    line = await lines.find(tx, line_id)
    assert line is not None
    return line


async def _admit(tx: Tx, line: Line, visitor: NewVisitor) -> tuple[int, str]:
    admitted = await clients.admit_visitor(tx, line, visitor)
    return admitted.client.id, admitted.token


async def _client(tx: Tx, client_id: int) -> LineClient:
    client = await line_clients.find(tx, client_id)
    assert client is not None
    return client


async def _write(tx: Tx, client_id: int, text: str, more: dict[str, Any]) -> Message:
    from skvorets.core.lines import relay  # noqa: PLC0415 — only those who write need the whole of it

    given = relay.ClientMessage(text=text, **more)
    return await relay.client_writes(tx, await _client(tx, client_id), given)


async def _seat(tx: Tx, session: LineSession, actor: Actor) -> None:
    from skvorets.core.lines import conversation  # noqa: PLC0415 — as above

    await conversation.seat(tx, session, actor.person)
    await members.change(tx, session.chat_id, actor.id, manager=1)


async def _messages(tx: Tx, chat_id: int) -> list[Message]:
    ids = await tx.rows("SELECT id FROM messages WHERE chat_id = $1 ORDER BY id", chat_id)
    found = await messages.find_many(tx, [row[0] for row in ids])
    return [found[row[0]] for row in ids]


async def answered(world: World, *operators: Actor, **given: Any) -> Visitor:
    """Let a customer write to a line and the first of its operators answer him."""
    visitor = await visitor_of(world, await line_of(world, operators, **given), "Ann")
    await visitor.writes("hello")
    dialog = f"chat{await visitor.chat_id()}"
    await operators[0].call("im.message.add", DIALOG_ID=dialog, MESSAGE="good day")
    return visitor


async def led_by(world: World, bot_id: int, *operators: Actor, **given: Any) -> Visitor:
    """Let a customer write to a line with this bot in front."""
    visitor = await visitor_of(world, await line_of(world, operators, bot=bot_id, **given), "Ann")
    await visitor.writes("hello")
    return visitor
