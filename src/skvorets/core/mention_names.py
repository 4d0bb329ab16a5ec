"""Whom a message mentions, and the names of people whom a text mentions without one: ``[USER=5][/USER]``.

Source: spec ``bitrix24-im.md`` §8.1. Programs may also mention people beside the text: their ids are kept as a param of
the message (spec ``bpium-messages.md`` §4.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from skvorets.core import markup
from skvorets.storage import people
from skvorets.storage.database import Tx

MENTIONS: Final = "MENTIONS"
"""The param with the ids of people who are mentioned, but not in the text."""


def mentioned_by(text: str, params: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Give the ids of the people whom a message mentions, each once: first those of the text."""
    beside = (params or {}).get(MENTIONS)
    if not beside:
        return markup.mentions(text)
    return tuple(dict.fromkeys((*markup.mentions(text), *beside)))


async def with_names(tx: Tx, text: str) -> str:
    """Fill empty mentions with the people's names; no query for a text without any."""
    wanted = markup.unnamed_mentions(text)
    if not wanted:
        return text
    found = await people.find_many(tx, wanted)
    return markup.fill_mention_names(text, {one.id: one.name for one in found.values()})
