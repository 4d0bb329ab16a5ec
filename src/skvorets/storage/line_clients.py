"""Rows of ``line_clients`` and ``line_message_pairs``: customers of open lines, and their messages in both chats."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx

# The connector of our own widget, and that of people of other portals.
LIVECHAT, NETWORK = "livechat", "network"
# Entity type of the chat in which a visitor writes, see spec bitrix24-openlines.md §1.
CLIENT_ENTITY = "LIVECHAT"


class LineClient(msgspec.Struct, frozen=True):
    """One customer of one line. Times are unix milliseconds."""

    id: int
    line_id: int
    connector: str  # livechat, network
    person_id: int  # the guest who stands for him
    client_chat_id: int  # where he writes, 0 = on another server
    chat_id: int  # where operators answer, 0 = he has not written yet
    session_id: int  # his newest session, 0 = none
    external_key: str
    token_hash: str
    address: str  # network address he came from first
    page_url: str
    page_title: str
    language: str
    blocked: int
    created_at: int
    seen_at: int

    @property
    def user_code(self) -> str:
        """USER_CODE of the wire: the entity id of the operators' chat."""
        return f"{self.connector}|{self.line_id}|{self.client_chat_id or self.id}|{self.person_id}"


_COLUMNS = ", ".join(LineClient.__struct_fields__)
_CHANGEABLE = columns_of("line_clients", LineClient, "id", "line_id", "connector", "created_at")


async def find(tx: Tx, client_id: int) -> LineClient | None:
    """The customer with this id."""
    return await _one(tx, "id = $1", client_id)


async def of_chat(tx: Tx, chat_id: int) -> LineClient | None:
    """The customer whom operators answer in this chat."""
    return await _one(tx, "chat_id = $1 AND chat_id <> 0", chat_id)


async def of_chats(tx: Tx, chat_ids: Iterable[int]) -> dict[int, LineClient]:
    """The customers whom operators answer in these chats, by chat; no query for none."""
    wanted = sorted(set(chat_ids))
    if not wanted:
        return {}
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM line_clients WHERE chat_id = ANY($1) AND chat_id <> 0", wanted)
    return {one.chat_id: one for one in (LineClient(*row) for row in rows)}


async def of_client_chat(tx: Tx, client_chat_id: int) -> LineClient | None:
    """The customer who writes in this chat."""
    return await _one(tx, "client_chat_id = $1 AND client_chat_id <> 0", client_chat_id)


async def by_token(tx: Tx, token_hash: str) -> LineClient | None:
    """The visitor with this secret (sha256, hex)."""
    return await _one(tx, "token_hash = $1 AND token_hash <> ''", token_hash)


async def by_key(tx: Tx, line_id: int, connector: str, external_key: str) -> LineClient | None:
    """The customer of a line who is known there by this key."""
    return await _one(
        tx,
        "line_id = $1 AND connector = $2 AND external_key = $3 AND external_key <> ''",
        line_id,
        connector,
        external_key,
    )


async def welcome_among(tx: Tx, ids: Iterable[int]) -> set[int]:
    """Those of these customers who are not blocked and whose line is active; no query for none."""
    wanted = sorted(set(ids))
    if not wanted:
        return set()
    rows = await tx.rows(
        "SELECT c.id FROM line_clients c JOIN lines l ON l.id = c.line_id AND l.active = 1 AND l.deleted_at = 0"
        " WHERE c.id = ANY($1) AND c.blocked = 0",
        wanted,
    )
    return {row[0] for row in rows}


async def insert(tx: Tx, client: LineClient) -> int:
    """Store a new customer (its ``id`` is ignored); its id."""
    names = LineClient.__struct_fields__[1:]
    places = ", ".join(f"${number}" for number in range(1, len(names) + 1))
    new_id: int = await tx.val(
        f"INSERT INTO line_clients ({', '.join(names)}) VALUES ({places}) RETURNING id",
        *msgspec.structs.astuple(client)[1:],
    )
    return new_id


async def change(tx: Tx, client_id: int, **values: object) -> None:
    """Set columns of a customer; names are columns of ``line_clients``."""
    await _CHANGEABLE.change(tx, client_id, values)


async def count_since(tx: Tx, line_id: int, since: int) -> int:
    """How many customers of a line came since a time (unix milliseconds)."""
    count: int = await tx.val(
        "SELECT count(*) FROM line_clients WHERE line_id = $1 AND created_at >= $2", line_id, since
    )
    return count


async def pair(tx: Tx, message_id: int, client_message_id: int) -> None:
    """Remember that a message of the operators' chat and one of the customer's are the same."""
    await tx.do(
        "INSERT INTO line_message_pairs (message_id, client_message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        message_id,
        client_message_id,
    )


async def client_message_of(tx: Tx, message_id: int) -> int:
    """The customer's side of a message of the operators' chat, 0 = none."""
    found: int | None = await tx.val(
        "SELECT client_message_id FROM line_message_pairs WHERE message_id = $1", message_id
    )
    return found or 0


async def message_of(tx: Tx, client_message_id: int) -> int:
    """The operators' side of a message of the customer's chat, 0 = none."""
    found: int | None = await tx.val(
        "SELECT message_id FROM line_message_pairs WHERE client_message_id = $1", client_message_id
    )
    return found or 0


async def newest_pair_up_to(tx: Tx, chat_id: int, message_id: int) -> int:
    """The customer's side of the newest paired message of a chat up to this one, 0 = none: to pass on reading."""
    found: int | None = await tx.val(
        "SELECT p.client_message_id FROM messages m JOIN line_message_pairs p ON p.message_id = m.id"
        " WHERE m.chat_id = $1 AND m.id <= $2 ORDER BY m.id DESC LIMIT 1",
        chat_id,
        message_id,
    )
    return found or 0


async def newest_client_pair_up_to(tx: Tx, client_chat_id: int, client_message_id: int) -> int:
    """The operators' side of the newest paired message of a customer's chat up to this one, 0 = none."""
    found: int | None = await tx.val(
        "SELECT p.message_id FROM messages m JOIN line_message_pairs p ON p.client_message_id = m.id"
        " WHERE m.chat_id = $1 AND m.id <= $2 ORDER BY m.id DESC LIMIT 1",
        client_chat_id,
        client_message_id,
    )
    return found or 0


async def _one(tx: Tx, where: str, *args: object) -> LineClient | None:
    row = await tx.row(f"SELECT {_COLUMNS} FROM line_clients WHERE {where}", *args)
    return None if row is None else LineClient(*row)
