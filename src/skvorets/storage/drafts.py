"""Rows of ``drafts``: what people have begun to write."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx


class Draft(msgspec.Struct, frozen=True):
    """A person's unsent words in a chat."""

    chat_id: int
    text: str
    reply_to_id: int  # 0 = nothing is answered
    changed_at: int  # unix milliseconds


async def of_person_in(tx: Tx, person_id: int, chat_ids: Iterable[int]) -> dict[int, Draft]:
    """Drafts of a person in some chats, by chat."""
    rows = await tx.rows(
        "SELECT chat_id, text, reply_to_id, changed_at FROM drafts WHERE person_id = $1 AND chat_id = ANY($2)",
        person_id,
        sorted(set(chat_ids)),
    )
    return {row[0]: Draft(*row) for row in rows}


async def keep(tx: Tx, person_id: int, draft: Draft) -> None:
    """Keep a draft in place of the one before."""
    await tx.do(
        "INSERT INTO drafts (person_id, chat_id, text, reply_to_id, changed_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (person_id, chat_id) DO UPDATE SET text = excluded.text, reply_to_id = excluded.reply_to_id,"
        " changed_at = excluded.changed_at",
        person_id,
        draft.chat_id,
        draft.text,
        draft.reply_to_id,
        draft.changed_at,
    )


async def delete(tx: Tx, person_id: int, chat_id: int) -> bool:
    """Forget a draft; was there one?"""
    return bool(await tx.do("DELETE FROM drafts WHERE person_id = $1 AND chat_id = $2", person_id, chat_id))
