"""Lines of the network for tests: lines that may be joined, two servers side by side."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from skvorets.config import read_config
from skvorets.storage import lines
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line
from support.lines import line_of, messages_of
from support.world import Actor, World

# Seconds that two servers may take to tell each other something.
PATIENCE_S = 15.0


async def open_line(world: World, operators: Sequence[Actor] = (), name: str = "Support", **given: Any) -> Line:
    """Make a line that may be joined and is found by its name; ``given`` are names of ``LineSettings``."""
    line = await line_of(world, operators, name=name, **given)
    changed: Line = await world.unit(change_line, line.id, {"networked": 1, "searchable": 1})
    return changed


async def change_line(tx: Tx, line_id: int, values: dict[str, object]) -> Line:
    """Set columns of a line."""
    await lines.change(tx, line_id, **values)
    line = await lines.find(tx, line_id)
    assert line is not None
    return line


async def dialog_texts(world: World, person: Actor, bot_id: int) -> list[tuple[int, str]]:
    """Give authors and texts of a person's dialog with a bot, oldest first."""
    chat_id = await world.unit(_private, person.id, bot_id)
    return [(one.author_id, one.text) for one in await messages_of(world, chat_id)] if chat_id else []


async def operators_texts(world: World, line: Line) -> list[str]:
    """Give what people and bots said in the operators' chat of a line's only customer, oldest first."""
    chat_id = await world.unit(_operators_chat, line.id)
    found = await messages_of(world, chat_id) if chat_id else []
    return [one.text for one in found if one.author_id]


async def operators_chat(world: World, line: Line) -> int:
    """Give the operators' chat of a line's only customer, 0 = he has not written."""
    chat_id: int = await world.unit(_operators_chat, line.id)
    return chat_id


async def until(ask: Callable[[], Awaitable[Any]], wanted: Callable[[Any], bool]) -> Any:
    """Ask again until the answer is the wanted one."""
    async with asyncio.timeout(PATIENCE_S):
        while not wanted(found := await ask()):  # noqa: ASYNC110 — another server has no event of ours
            await asyncio.sleep(0.03)
    return found


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def server_at(folder: Path, port: int, **more: Any) -> World:
    """Make a server of its own at this port; it is not open yet."""
    given = {"allow_private_handlers": True, "link_previews": False, "language": "en", **more}
    listen = f"127.0.0.1:{port}"
    return World(read_config({}, data_dir=folder, listen=listen, public_url=f"http://{listen}", **given))


async def _private(tx: Tx, one: int, other: int) -> int:
    found = await tx.val(
        "SELECT chat_id FROM private_chats WHERE low_id = $1 AND high_id = $2", min(one, other), max(one, other)
    )
    return int(found or 0)


async def _operators_chat(tx: Tx, line_id: int) -> int:
    return int(await tx.val("SELECT max(chat_id) FROM line_clients WHERE line_id = $1", line_id) or 0)
