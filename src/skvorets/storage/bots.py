"""Rows of ``bots``: what a bot is beyond its row in ``people``."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx


class Bot(msgspec.Struct, frozen=True):
    """A bot of an application."""

    person_id: int
    application_id: int
    code: str  # unique within the application
    kind: str  # ordinary, human, line, supervisor, network
    serves_lines: int
    created_at: int


class BotCard(msgspec.Struct, frozen=True):
    """What others are shown of a bot beyond its person."""

    person_id: int
    code: str
    kind: str
    client_id: str  # of the application that owns it, empty = none


_COLUMNS = ", ".join(Bot.__struct_fields__)
_CARDS = (  # bots that stand for lines of the network belong to no application
    "SELECT b.person_id, b.code, b.kind, coalesce(a.client_id, '') FROM bots b"
    " LEFT JOIN applications a ON a.id = b.application_id"
    " WHERE b.person_id = ANY($1)"
)


async def find(tx: Tx, person_id: int) -> Bot | None:
    """The bot with this person id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM bots WHERE person_id = $1", person_id)
    return None if row is None else Bot(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, Bot]:
    """The bots among these people, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM bots WHERE person_id = ANY($1) ORDER BY person_id", wanted)
    return {row[0]: Bot(*row) for row in rows}


async def cards_of(tx: Tx, ids: Iterable[int]) -> dict[int, BotCard]:
    """The cards of the bots among these people, by id; no query when there are no ids."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row[0]: BotCard(*row) for row in await tx.rows(_CARDS, wanted)}


async def find_by_code(tx: Tx, application_id: int, code: str) -> Bot | None:
    """The application's bot with this code."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM bots WHERE application_id = $1 AND code = $2", application_id, code)
    return None if row is None else Bot(*row)


async def of_application(tx: Tx, application_id: int) -> list[Bot]:
    """The application's bots, oldest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM bots WHERE application_id = $1 ORDER BY person_id", application_id)
    return [Bot(*row) for row in rows]


async def every(tx: Tx) -> list[Bot]:
    """All bots of the portal, oldest first."""
    return [Bot(*row) for row in await tx.rows(f"SELECT {_COLUMNS} FROM bots ORDER BY person_id")]


async def insert(tx: Tx, bot: Bot) -> None:
    """Store a new bot; its person exists already."""
    await tx.do(f"INSERT INTO bots ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)", *msgspec.structs.astuple(bot))


async def change_code(tx: Tx, person_id: int, code: str) -> None:
    """Give the bot another code."""
    await tx.do("UPDATE bots SET code = $2 WHERE person_id = $1", person_id, code)


async def delete(tx: Tx, person_id: int) -> None:
    """Remove the bot; its person stays as an inactive author of old messages."""
    await tx.do("DELETE FROM bots WHERE person_id = $1", person_id)
