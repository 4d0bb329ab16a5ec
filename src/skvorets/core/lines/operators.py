"""Who serves a line, by himself: what he may see of it, and when he gets nothing new. Rules: spec §3.3, §3.6."""

from __future__ import annotations

from skvorets.core.lines import queue
from skvorets.errors import LineNotFoundError
from skvorets.storage import line_clients, line_desk, lines
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.lines import Line
from skvorets.storage.people import Person


async def line_to_serve(tx: Tx, person: Person, line_id: int) -> Line:
    """Give the line if the person is in its queue, or an administrator. Raises LineNotFoundError."""
    line = await lines.find(tx, line_id)
    if line is None or line.deleted_at or person.extranet:
        raise LineNotFoundError
    if not person.admin and not await line_desk.serves(tx, person.id, line_id):
        raise LineNotFoundError
    return line


async def client_to_see(tx: Tx, line: Line, client_id: int) -> LineClient:
    """Give a customer of the line, also one whose conversation came from another one. Raises LineNotFoundError."""
    client = await line_clients.find(tx, client_id)
    if client is None or not (client.line_id == line.id or await line_desk.had_talk(tx, line.id, client.id)):
        raise LineNotFoundError
    return client


async def pause(tx: Tx, person: Person, line_id: int, *, is_paused: bool) -> None:
    """Let an operator get nothing new for a while, or again: then he gets what waits. Raises LineNotFoundError."""
    line = await line_to_serve(tx, person, line_id)
    await queue.pause_operator(tx, person, line.id, is_paused=is_paused)
