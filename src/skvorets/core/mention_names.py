"""Names of the people whom a text mentions without one: ``[USER=5][/USER]``. Source: spec ``bitrix24-im.md`` §8.1."""

from __future__ import annotations

from skvorets.core import markup
from skvorets.storage import people
from skvorets.storage.database import Tx


async def with_names(tx: Tx, text: str) -> str:
    """Fill empty mentions with the people's names; no query for a text without any."""
    wanted = markup.unnamed_mentions(text)
    if not wanted:
        return text
    found = await people.find_many(tx, wanted)
    return markup.fill_mention_names(text, {one.id: one.name for one in found.values()})
