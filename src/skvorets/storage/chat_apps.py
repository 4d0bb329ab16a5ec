"""Rows of ``chat_apps``: what bots put above the input field."""

from __future__ import annotations

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class ChatApp(msgspec.Struct, frozen=True):
    """A chat application of a bot: a command, or a frame."""

    id: int
    bot_id: int
    application_id: int
    code: str
    js_method: str  # PUT, SEND, CALL, SUPPORT; empty = a frame
    js_param: str
    iframe: str  # address, empty = a command
    width: int  # pixels
    height: int  # pixels
    is_popup: int
    hash: str
    icon: str  # digest in the blob store or empty
    context: str  # all, chat, bot, lines, user, call; with "-admin" for administrators only
    is_hidden: int
    for_extranet: int
    for_livechat: int
    phrases: str  # JSON: language -> {"title", "description", "copyright"}
    created_at: int

    @property
    def is_command(self) -> bool:
        """Does a click do something by itself, without a frame?"""
        return bool(self.js_method)

    def read_phrases(self) -> dict[str, dict[str, str]]:
        """Give the phrases by language."""
        return msgspec.json.decode(self.phrases, type=dict[str, dict[str, str]])


# Rows of one answer; no dialog shows more buttons.
MAX_SHOWN = 500
_COLUMNS = ", ".join(ChatApp.__struct_fields__)
_SHOWN_COLUMNS = ", ".join(f"a.{name}" for name in ChatApp.__struct_fields__)
_CHANGEABLE = columns_of("chat_apps", ChatApp, "id", "bot_id", "application_id", "code", "created_at")


async def find(tx: Tx, app_id: int) -> ChatApp | None:
    """The chat application with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM chat_apps WHERE id = $1", app_id)
    return None if row is None else ChatApp(*row)


async def find_by_code(tx: Tx, application_id: int, code: str) -> ChatApp | None:
    """The chat application of an application with this code."""
    row = await tx.row(
        f"SELECT {_COLUMNS} FROM chat_apps WHERE application_id = $1 AND code = $2", application_id, code
    )
    return None if row is None else ChatApp(*row)


async def count_of_bot(tx: Tx, bot_id: int) -> int:
    """How many chat applications the bot has."""
    return int(await tx.val("SELECT count(*) FROM chat_apps WHERE bot_id = $1", bot_id))


async def shown(tx: Tx, bot_id: int) -> list[ChatApp]:
    """All that have a button and whose application is there, oldest first.

    Those for the bot's own dialog only when it is the dialog of the bot with this id, 0 = of none.
    """
    rows = await tx.rows(
        f"SELECT {_SHOWN_COLUMNS} FROM chat_apps a JOIN applications o ON o.id = a.application_id"
        " WHERE a.is_hidden = 0 AND o.active = 1 AND (a.context NOT IN ('bot', 'bot-admin') OR a.bot_id = $1)"
        f" ORDER BY a.id LIMIT {MAX_SHOWN}",
        bot_id,
    )
    return [ChatApp(*row) for row in rows]


async def insert(tx: Tx, app: ChatApp) -> int:
    """Store a new chat application (its ``id`` is ignored) and return the id."""
    names = ChatApp.__struct_fields__[1:]
    new_id: int = await tx.val(
        f"INSERT INTO chat_apps ({', '.join(names)}) VALUES ({', '.join(f'${n + 1}' for n in range(len(names)))})"
        " RETURNING id",
        *msgspec.structs.astuple(app)[1:],
    )
    return new_id


async def change(tx: Tx, app_id: int, **values: object) -> None:
    """Set columns of a chat application; names are columns of ``chat_apps``."""
    await _CHANGEABLE.change(tx, app_id, values)


async def delete(tx: Tx, app_id: int) -> None:
    """Remove a chat application."""
    await tx.do("DELETE FROM chat_apps WHERE id = $1", app_id)


async def delete_of_bot(tx: Tx, bot_id: int) -> None:
    """Remove all chat applications of a bot."""
    await tx.do("DELETE FROM chat_apps WHERE bot_id = $1", bot_id)
