"""Finding among a person's notifications: a few weeks of one person, so they are looked at one by one.

Texts are compared without codes and in any letter case, in the program: SQLite's own comparison knows ASCII only.
"""

from __future__ import annotations

import msgspec

from skvorets.core import markup
from skvorets.storage import notifications
from skvorets.storage.database import Tx
from skvorets.storage.notifications import NO_UPPER_ID, Notification
from skvorets.storage.people import Person

# Notifications read at a time.
BATCH = 500


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; an empty condition lets everything pass."""

    text: str = ""
    types: tuple[str, ...] = ()  # "module" or "module|event", any of them
    authors: tuple[int, ...] = ()  # any of them; 0 = the system
    since: int | None = None  # unix milliseconds, included
    until: int | None = None
    group_tag: str = ""  # the tag or the group tag


async def search(
    tx: Tx, person: Person, wanted: Wanted, *, last_id: int | None, limit: int
) -> tuple[list[Notification], int]:
    """Give those with ids below ``last_id`` that fit, the newest first; for the first page also how many fit at all."""
    found: list[Notification] = []
    total = 0
    below = NO_UPPER_ID if last_id is None else last_id
    needle = _folded(wanted.text)
    while rows := await notifications.newest(tx, person.id, below_id=below, limit=BATCH):
        below = rows[-1].id
        for row in rows:
            if _fits(row, wanted, needle):
                total += 1
                if len(found) < limit:
                    found.append(row)
        is_enough = last_id is not None and len(found) == limit
        if is_enough or len(rows) < BATCH:
            break
    return found, total


def _fits(row: Notification, wanted: Wanted, needle: str) -> bool:
    if wanted.types and not {row.module, f"{row.module}|{row.event}"} & set(wanted.types):
        return False
    if wanted.authors and row.author_id not in wanted.authors:
        return False
    if wanted.since is not None and row.created_at < wanted.since:
        return False
    if wanted.until is not None and row.created_at > wanted.until:
        return False
    if wanted.group_tag and wanted.group_tag not in {row.tag, row.sub_tag}:
        return False
    return not needle or needle in _folded(f"{row.title} {markup.plain_text(row.text)}")


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
