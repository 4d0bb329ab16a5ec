"""Rows of ``network_lines``, ``network_dialogs`` and ``network_messages``: lines as bots, and who writes to them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class NetworkLine(msgspec.Struct, frozen=True):
    """A bot that stands for a line. Times are unix milliseconds, 0 = never."""

    bot_id: int
    code: str
    server: str  # where the line is, empty = here
    line_id: int  # 0 = on another server
    joined_by: int
    joined_at: int
    gone_at: int = 0


class NetworkDialog(msgspec.Struct, frozen=True):
    """The private dialog of a person with such a bot."""

    chat_id: int
    bot_id: int
    person_id: int
    client_id: int = 0  # row of line_clients, 0 = none yet or on another server
    quote_id: int = 0
    told_at: int = 0


class NetworkMessage(msgspec.Struct, frozen=True):
    """A message that exists on two servers."""

    id: int
    chat_id: int
    message_id: int  # ours, 0 = see line_message_pairs
    remote_id: int  # theirs, 0 = it was written here


_LINE = ", ".join(NetworkLine.__struct_fields__)
_DIALOG = ", ".join(NetworkDialog.__struct_fields__)
_MESSAGE = ", ".join(NetworkMessage.__struct_fields__)
_CHANGEABLE = columns_of("network_dialogs", NetworkDialog, "chat_id", "bot_id", "person_id")


async def find(tx: Tx, bot_id: int) -> NetworkLine | None:
    """The line that a bot stands for."""
    row = await tx.row(f"SELECT {_LINE} FROM network_lines WHERE bot_id = $1", bot_id)
    return None if row is None else NetworkLine(*row)


async def by_code(tx: Tx, server: str, code: str) -> NetworkLine | None:
    """The bot of a line of a server, empty = of this one."""
    row = await tx.row(f"SELECT {_LINE} FROM network_lines WHERE server = $1 AND code = $2", server, code)
    return None if row is None else NetworkLine(*row)


async def with_code(tx: Tx, code: str) -> list[NetworkLine]:
    """The bots of lines with this code, on whichever server; ours comes first."""
    rows = await tx.rows(f"SELECT {_LINE} FROM network_lines WHERE code = $1 ORDER BY server, bot_id", code)
    return [NetworkLine(*row) for row in rows]


async def of_lines(tx: Tx, line_ids: Iterable[int]) -> dict[int, NetworkLine]:
    """The bots of these lines of this server, by line; no query for none."""
    wanted = sorted({one for one in line_ids if one})
    rows = await tx.rows(f"SELECT {_LINE} FROM network_lines WHERE line_id = ANY($1)", wanted) if wanted else []
    return {one.line_id: one for one in (NetworkLine(*row) for row in rows)}


async def insert(tx: Tx, line: NetworkLine) -> None:
    """Store a bot; its person exists already."""
    await tx.do(
        f"INSERT INTO network_lines ({_LINE}) VALUES ($1, $2, $3, $4, $5, $6, $7)", *msgspec.structs.astuple(line)
    )


async def delete(tx: Tx, bot_id: int) -> None:
    """Forget that a bot stands for a line; its dialogs stay."""
    await tx.do("DELETE FROM network_lines WHERE bot_id = $1", bot_id)


async def set_gone(tx: Tx, bot_id: int, gone_at: int) -> None:
    """Note that the other server does not know a line any more (unix milliseconds), or does again (0)."""
    await tx.do("UPDATE network_lines SET gone_at = $2 WHERE bot_id = $1", bot_id, gone_at)


# -------------------------------------------------------------------------------------------------------------- dialogs


async def dialog_of(tx: Tx, chat_id: int) -> NetworkDialog | None:
    """The dialog that is this chat."""
    row = await tx.row(f"SELECT {_DIALOG} FROM network_dialogs WHERE chat_id = $1", chat_id)
    return None if row is None else NetworkDialog(*row)


async def dialog_with(tx: Tx, bot_id: int, person_id: int) -> NetworkDialog | None:
    """The dialog of a person with a bot."""
    row = await tx.row(f"SELECT {_DIALOG} FROM network_dialogs WHERE bot_id = $1 AND person_id = $2", bot_id, person_id)
    return None if row is None else NetworkDialog(*row)


async def insert_dialog(tx: Tx, dialog: NetworkDialog) -> None:
    """Store a new dialog; its chat exists already."""
    await tx.do(
        f"INSERT INTO network_dialogs ({_DIALOG}) VALUES ($1, $2, $3, $4, $5, $6)", *msgspec.structs.astuple(dialog)
    )


async def change_dialog(tx: Tx, chat_id: int, **values: object) -> None:
    """Set columns of a dialog."""
    await tx.do(
        f"UPDATE network_dialogs SET {_CHANGEABLE.assign(values, 2)} WHERE chat_id = $1", chat_id, *values.values()
    )


async def wait_for_operators(tx: Tx, dialog_chat_id: int) -> None:
    """Hold the operators' chat of a dialog first, as everybody does who writes into both; only PostgreSQL needs it."""
    if tx.is_postgres:
        await tx.val(
            "SELECT c.id FROM chats c JOIN line_clients l ON l.chat_id = c.id WHERE l.client_chat_id = $1"
            " FOR UPDATE OF c",
            dialog_chat_id,
        )


# ------------------------------------------------------------------------------------------------------------- messages


async def add_message(tx: Tx, chat_id: int, *, message_id: int = 0, remote_id: int = 0) -> int:
    """Remember a message that exists on two servers; its id here, that of the known one when it came before."""
    new_id: int = await tx.val(
        "INSERT INTO network_messages (chat_id, message_id, remote_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (chat_id, remote_id) WHERE remote_id <> 0 DO UPDATE SET chat_id = excluded.chat_id RETURNING id",
        chat_id,
        message_id,
        remote_id,
    )
    return new_id


async def note_message(tx: Tx, number: int, message_id: int) -> None:
    """Say which message of ours it is."""
    await tx.do("UPDATE network_messages SET message_id = $2 WHERE id = $1", number, message_id)


async def message(tx: Tx, number: int) -> NetworkMessage | None:
    """The message under this id of the table."""
    return await _one(tx, "id = $1", number)


async def message_of(tx: Tx, message_id: int) -> NetworkMessage | None:
    """A message of ours."""
    return await _one(tx, "message_id = $1 AND message_id <> 0", message_id)


async def message_by_remote(tx: Tx, chat_id: int, remote_id: int) -> NetworkMessage | None:
    """A message of a chat by what it is called on the other server."""
    return await _one(tx, "chat_id = $1 AND remote_id = $2 AND remote_id <> 0", chat_id, remote_id)


async def _one(tx: Tx, where: str, *args: object) -> NetworkMessage | None:
    row = await tx.row(f"SELECT {_MESSAGE} FROM network_messages WHERE {where}", *args)
    return None if row is None else NetworkMessage(*row)
