"""Rows of ``commands`` and ``command_permits``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class Command(msgspec.Struct, frozen=True):
    """A slash command of a bot."""

    id: int
    bot_id: int
    application_id: int
    command: str  # without the slash
    is_common: int  # usable where the bot is absent, too
    is_hidden: int  # not suggested while typing
    for_extranet: int
    phrases: str  # JSON: language -> {"title", "params"}
    created_at: int

    def read_phrases(self) -> dict[str, dict[str, Any]]:
        """Give the phrases by language."""
        return msgspec.json.decode(self.phrases, type=dict[str, dict[str, Any]])


_COLUMNS = ", ".join(Command.__struct_fields__)
_CHANGEABLE = columns_of("commands", Command, "id", "bot_id", "application_id", "created_at")


async def find(tx: Tx, command_id: int) -> Command | None:
    """The command with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM commands WHERE id = $1", command_id)
    return None if row is None else Command(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, Command]:
    """The commands with these ids, by id."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM commands WHERE id = ANY($1) ORDER BY id", sorted(set(ids)))
    return {row[0]: Command(*row) for row in rows}


async def named(tx: Tx, command: str) -> list[Command]:
    """All bots' commands of this name, compared exactly, oldest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM commands WHERE command = $1 ORDER BY id", command)
    return [Command(*row) for row in rows]


async def of_bot(tx: Tx, bot_id: int) -> list[Command]:
    """The bot's commands, oldest first."""
    return [
        Command(*row) for row in await tx.rows(f"SELECT {_COLUMNS} FROM commands WHERE bot_id = $1 ORDER BY id", bot_id)
    ]


async def usable_in(tx: Tx, chat_id: int, *, of_line: bool) -> list[Command]:
    """Commands that are not hidden and can be called in a chat, by name: common ones, and those of its bots.

    In a chat of an open line only those of its bots that serve lines.
    """
    present = "bot_id IN (SELECT person_id FROM members WHERE chat_id = $1 AND is_bot = 1)"
    serving = "bot_id IN (SELECT person_id FROM bots WHERE serves_lines = 1)"
    test = f"{present} AND {serving}" if of_line else f"(is_common = 1 OR {present})"
    statement = f"SELECT {_COLUMNS} FROM commands WHERE is_hidden = 0 AND {test} ORDER BY command, id"
    rows = await tx.rows(statement, chat_id)
    return [Command(*row) for row in rows]


async def has_application_any(tx: Tx, application_id: int) -> bool:
    """Has the application registered any command?"""
    return await tx.val("SELECT 1 FROM commands WHERE application_id = $1 LIMIT 1", application_id) is not None


async def insert(tx: Tx, command: Command) -> int:
    """Store a new command (its ``id`` is ignored) and return the id."""
    columns = ", ".join(Command.__struct_fields__[1:])
    new_id: int = await tx.val(
        f"INSERT INTO commands ({columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        *msgspec.structs.astuple(command)[1:],
    )
    return new_id


async def change(tx: Tx, command_id: int, **values: object) -> None:
    """Set columns of a command; names are columns of ``commands``."""
    await _CHANGEABLE.change(tx, command_id, values)


async def delete(tx: Tx, command_id: int) -> None:
    """Remove a command."""
    await tx.do("DELETE FROM commands WHERE id = $1", command_id)


async def delete_of_bot(tx: Tx, bot_id: int) -> None:
    """Remove all commands and permits of a bot."""
    await tx.do("DELETE FROM commands WHERE bot_id = $1", bot_id)
    await tx.do("DELETE FROM command_permits WHERE bot_id = $1", bot_id)


async def delete_of_application(tx: Tx, application_id: int) -> None:
    """Remove all commands of an application."""
    await tx.do("DELETE FROM commands WHERE application_id = $1", application_id)


async def grant_permit(tx: Tx, bot_id: int, chat_id: int, until: int) -> None:
    """Let an absent bot answer in a chat until a time (unix milliseconds)."""
    await tx.do(
        "INSERT INTO command_permits (bot_id, chat_id, until) VALUES ($1, $2, $3)"
        " ON CONFLICT (bot_id, chat_id) DO UPDATE SET until = excluded.until",
        bot_id,
        chat_id,
        until,
    )


async def has_permit(tx: Tx, bot_id: int, chat_id: int) -> bool:
    """May the absent bot answer in the chat now?"""
    return await permit_until(tx, bot_id, chat_id) >= tx.now


async def permit_until(tx: Tx, bot_id: int, chat_id: int) -> int:
    """Until when the absent bot may or might answer in the chat (unix milliseconds), 0 = it never might."""
    until: int | None = await tx.val(
        "SELECT until FROM command_permits WHERE bot_id = $1 AND chat_id = $2", bot_id, chat_id
    )
    return until or 0


async def counts_by_bot(tx: Tx) -> dict[int, int]:
    """How many commands each bot has; bots without any are left out."""
    return {row[0]: row[1] for row in await tx.rows("SELECT bot_id, count(*) FROM commands GROUP BY bot_id")}
