"""Rows of ``web_push_subscriptions``: browsers that are told of news through their maker's push service."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec

from skvorets.storage.database import Tx


class Subscription(msgspec.Struct, frozen=True):
    """One browser of one person. ``created_at`` is unix milliseconds."""

    id: int
    person_id: int
    session_id: int
    endpoint: str
    digest: str  # of the endpoint
    p256dh: str  # base64url
    auth: str  # base64url
    created_at: int


class Reached(NamedTuple):
    """A browser that may be told, and what decides whether and how."""

    subscription: Subscription
    language: str  # of its person, empty = the portal's
    status: str  # that he has chosen, empty = none
    is_idle: bool  # did he say that he is away?
    is_muted: bool  # the chat, by him


_NAMES = Subscription.__struct_fields__
_COLUMNS = ", ".join(f"w.{name}" for name in _NAMES)
# Whose session is over, or who was disabled, is told nothing.
_ALIVE = (
    " JOIN sessions s ON s.id = w.session_id AND s.expires_at > $2 JOIN people p ON p.id = w.person_id AND p.active = 1"
)
_OF_CHAT = (
    f"SELECT p.language, p.status, p.idle_since, m.muted, {_COLUMNS} FROM web_push_subscriptions w"
    " JOIN members m ON m.person_id = w.person_id AND m.chat_id = $1"
    f"{_ALIVE} WHERE m.first_id <= $3 ORDER BY w.id"
)
_OF_PEOPLE = (
    f"SELECT p.language, p.status, p.idle_since, 0, {_COLUMNS} FROM web_push_subscriptions w"
    f"{_ALIVE} WHERE w.person_id = ANY($1) ORDER BY w.id"
)


async def put(tx: Tx, new: Subscription) -> None:
    """Store a subscription (its id is not looked at); the same browser has one, whoever uses it."""
    await tx.do(
        "INSERT INTO web_push_subscriptions (person_id, session_id, endpoint, digest, p256dh, auth, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (digest) DO UPDATE SET person_id = excluded.person_id,"
        " session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth",
        *msgspec.structs.astuple(new)[1:],
    )


async def delete(tx: Tx, person_id: int, digest: str) -> bool:
    """Forget a person's subscription; False when he has no such one."""
    return await tx.do("DELETE FROM web_push_subscriptions WHERE person_id = $1 AND digest = $2", person_id, digest) > 0


async def delete_gone(tx: Tx, subscription_id: int) -> None:
    """Forget a subscription that the push service does not know any more."""
    await tx.do("DELETE FROM web_push_subscriptions WHERE id = $1", subscription_id)


async def delete_orphans(tx: Tx, person_id: int) -> None:
    """Forget a person's subscriptions whose sessions are no more."""
    await tx.do(
        "DELETE FROM web_push_subscriptions WHERE person_id = $1 AND session_id NOT IN ("
        "SELECT id FROM sessions WHERE person_id = $1 AND expires_at > $2)",
        person_id,
        tx.now,
    )


async def keep_newest(tx: Tx, person_id: int, count: int) -> None:
    """Forget all subscriptions of a person but the newest ones."""
    await tx.do(
        "DELETE FROM web_push_subscriptions WHERE person_id = $1 AND id NOT IN ("
        "SELECT id FROM web_push_subscriptions WHERE person_id = $1 ORDER BY id DESC LIMIT $2)",
        person_id,
        count,
    )


async def has_any(tx: Tx) -> bool:
    """Is there anybody to be told?"""
    return await tx.val("SELECT id FROM web_push_subscriptions LIMIT 1") is not None


async def of_person(tx: Tx, person_id: int) -> list[Subscription]:
    """All subscriptions of a person, oldest first."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM web_push_subscriptions w WHERE w.person_id = $1 ORDER BY w.id", person_id
    )
    return [Subscription(*row) for row in rows]


async def reached_in(tx: Tx, chat_id: int, message_id: int) -> list[Reached]:
    """Browsers of the chat's members who may see this message."""
    return [_reached(row) for row in await tx.rows(_OF_CHAT, chat_id, tx.now, message_id)]


async def reached_of(tx: Tx, person_ids: Collection[int]) -> list[Reached]:
    """Browsers of these people."""
    return [_reached(row) for row in await tx.rows(_OF_PEOPLE, sorted(person_ids), tx.now)]


def _reached(row: Sequence[Any]) -> Reached:
    language, status, idle_since, muted, *values = row
    return Reached(Subscription(*values), language, status, bool(idle_since), bool(muted))
