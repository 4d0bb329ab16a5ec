"""Rows of ``deliveries`` and ``delivery_gaps``: what is to be sent to handlers, and what became of it.

    waiting ──► sending ──► delivered
       ▲           │
       └── retry ──┴──────► dead ──replay──► waiting

A *target* is one application and one address; a *lane* is a target and a chat (0 = events of no chat).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from skvorets.storage import delivery_attempts
from skvorets.storage.database import Tx


class NewDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What a dialect wants to have sent."""

    application_id: int
    handler_id: int  # 0 = the installation address
    url: str
    event: str  # name on the wire
    data: str  # JSON of the dialect, without tokens
    chat_id: int = 0  # 0 = an event of no chat
    auth_person_id: int = 0  # whose authority goes along, 0 = nobody's
    policy: str = ""  # empty = the portal's
    bound_at: int = 0  # when the address was bound (unix milliseconds): it hears nothing that happened before


class Delivery(msgspec.Struct, frozen=True):
    """One event for one handler. Times are unix milliseconds, 0 = never."""

    id: int
    application_id: int
    handler_id: int
    target: str
    chat_id: int
    url: str
    event: str
    data: str
    auth_person_id: int
    policy: str
    state: str  # waiting, sending, delivered, dead
    attempts: int  # ever
    tries: int  # since it was planned or replayed
    next_at: int
    queued_at: int  # planned or replayed
    first_at: int  # first attempt since then
    created_at: int  # the event's time
    finished_at: int
    http_status: int
    failure: str
    answer: str
    pull_offset: int = 0  # handed out to a reader under this number, 0 = not; storage/pull.py
    attempt_at: int = 0  # when the last attempt began
    duration_ms: int = 0  # how long it took


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How an attempt ended."""

    state: str  # waiting (again), delivered or dead
    next_at: int = 0
    http_status: int = 0
    failure: str = ""
    answer: str = ""
    duration_ms: int = 0


class Waiting(NamedTuple):
    """The little of a waiting row that is kept in memory."""

    id: int
    next_at: int
    queued_at: int


class LaneKey(NamedTuple):
    """Names a lane."""

    target: str
    chat_id: int


class Planned(NamedTuple):
    """A row that was just written."""

    application_id: int
    lane: LaneKey
    row: Waiting


# Larger than any id.
NO_UPPER_ID = 2**62
_COLUMNS = ", ".join(Delivery.__struct_fields__)
_FIND_WITH_GAP = (
    f"SELECT {', '.join(f'd.{name}' for name in Delivery.__struct_fields__)}, COALESCE(g.missed, 0) FROM deliveries d"
    " LEFT JOIN delivery_gaps g ON g.target = d.target AND g.chat_id = d.chat_id WHERE d.id = $1"
)
_INSERT = (
    "INSERT INTO deliveries (application_id, handler_id, target, chat_id, url, event, data, auth_person_id, policy,"
    " state, next_at, queued_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, $12)"
    " RETURNING id"
)


@lru_cache(maxsize=1024)
def target_of(application_id: int, url: str) -> str:
    """Name a target in short: URLs are too long for an index."""
    return f"{application_id}-{hashlib.sha256(url.encode()).hexdigest()[:20]}"


async def insert(tx: Tx, new: NewDelivery, *, created_at: int, next_at: int) -> Planned:
    """Store a new delivery. Times are unix milliseconds."""
    target = target_of(new.application_id, new.url)
    new_id = await tx.val(
        _INSERT,
        new.application_id,
        new.handler_id,
        target,
        new.chat_id,
        new.url,
        new.event,
        new.data,
        new.auth_person_id,
        new.policy,
        next_at,
        tx.now,
        created_at,
    )
    return Planned(new.application_id, LaneKey(target, new.chat_id), Waiting(new_id, next_at, tx.now))


async def find(tx: Tx, delivery_id: int) -> Delivery | None:
    """The delivery with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM deliveries WHERE id = $1", delivery_id)
    return None if row is None else Delivery(*row)


async def find_with_gap(tx: Tx, delivery_id: int) -> tuple[Delivery, int] | None:
    """The delivery with this id, and how many of its lane died since the last one that arrived."""
    row = await tx.row(_FIND_WITH_GAP, delivery_id)
    return None if row is None else (Delivery(*row[:-1]), row[-1])


async def next_target(tx: Tx, after: str) -> tuple[str, int] | None:
    """The next target with open deliveries and its application, in the order of names."""
    row = await tx.row(
        "SELECT target, application_id FROM deliveries WHERE finished_at = 0 AND target > $1 ORDER BY target LIMIT 1",
        after,
    )
    return None if row is None else (row[0], row[1])


async def lanes_after(tx: Tx, target: str, chat_id: int, limit: int) -> list[int]:
    """The next chats of a target's lanes with open deliveries; one look per lane, however many rows it has."""
    found: list[int] = []
    while len(found) < limit:
        row = await tx.row(
            "SELECT chat_id FROM deliveries WHERE finished_at = 0 AND target = $1 AND chat_id > $2"
            " ORDER BY chat_id LIMIT 1",
            target,
            chat_id,
        )
        if row is None:
            break
        chat_id = row[0]
        found.append(chat_id)
    return found


async def heads(tx: Tx, lane: LaneKey, limit: int) -> list[Waiting]:
    """The oldest open deliveries of a lane."""
    rows = await tx.rows(
        "SELECT id, next_at, queued_at FROM deliveries WHERE finished_at = 0 AND target = $1 AND chat_id = $2"
        " ORDER BY id LIMIT $3",
        lane.target,
        lane.chat_id,
        limit,
    )
    return [Waiting(*row) for row in rows]


async def next_in_lane(tx: Tx, delivery: Delivery) -> Waiting | None:
    """The delivery that waits behind this one."""
    row = await tx.row(
        "SELECT id, next_at, queued_at FROM deliveries"
        " WHERE finished_at = 0 AND target = $1 AND chat_id = $2 AND id > $3 ORDER BY id LIMIT 1",
        delivery.target,
        delivery.chat_id,
        delivery.id,
    )
    return None if row is None else Waiting(*row)


async def begin_attempt(tx: Tx, delivery_id: int) -> None:
    """Write down that an attempt begins now."""
    await tx.do(
        "UPDATE deliveries SET state = 'sending', attempts = attempts + 1, tries = tries + 1, attempt_at = $2,"
        " first_at = CASE WHEN first_at = 0 THEN $2 ELSE first_at END WHERE id = $1",
        delivery_id,
        tx.now,
    )


async def end_attempt(tx: Tx, delivery: Delivery, ending: Ending) -> None:
    """Write down what became of an attempt; a dead letter leaves a gap in its lane, a delivered one closes it."""
    await tx.do(
        "UPDATE deliveries SET state = $2, next_at = $3, http_status = $4, failure = $5, answer = $6, pull_offset = 0,"
        " finished_at = $7, duration_ms = $8 WHERE id = $1 AND finished_at = 0",
        delivery.id,
        ending.state,
        ending.next_at,
        ending.http_status,
        ending.failure,
        ending.answer,
        0 if ending.state == "waiting" else tx.now,
        ending.duration_ms,
    )
    if ending.state != "delivered":
        await delivery_attempts.keep(tx, [delivery.id])
    if ending.state == "dead":
        await tx.do(
            "INSERT INTO delivery_gaps (target, chat_id, missed) VALUES ($1, $2, 1)"
            " ON CONFLICT (target, chat_id) DO UPDATE SET missed = delivery_gaps.missed + 1",
            delivery.target,
            delivery.chat_id,
        )


async def gap(tx: Tx, lane: LaneKey) -> int:
    """How many deliveries of the lane died since the last one that arrived."""
    missed = await tx.val(
        "SELECT missed FROM delivery_gaps WHERE target = $1 AND chat_id = $2", lane.target, lane.chat_id
    )
    return int(missed or 0)


async def close_gap(tx: Tx, lane: LaneKey) -> None:
    """The handler has been told of the gap."""
    await tx.do("DELETE FROM delivery_gaps WHERE target = $1 AND chat_id = $2", lane.target, lane.chat_id)


async def forget_gaps(tx: Tx, target: str) -> None:
    """Drop the gaps of a target that is never told of them."""
    await tx.do("DELETE FROM delivery_gaps WHERE target = $1", target)


async def kill_target(tx: Tx, target: str, failure: str) -> int:
    """Make dead letters of everything that waits for a target; how many there were."""
    return await tx.do(
        "UPDATE deliveries SET state = 'dead', failure = $2, finished_at = $3, pull_offset = 0"
        " WHERE finished_at = 0 AND target = $1",
        target,
        failure,
        tx.now,
    )


async def interrupted(tx: Tx, limit: int) -> list[Delivery]:
    """Deliveries that a process was sending when it ended; what a reader has, he still has."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM deliveries WHERE state = 'sending' AND pull_offset = 0 ORDER BY id LIMIT $1", limit
    )
    return [Delivery(*row) for row in rows]


async def dead_letters(
    tx: Tx, application_id: int, *, above_id: int = 0, up_to_id: int = NO_UPPER_ID, limit: int = 100
) -> list[Delivery]:
    """The application's dead letters with ``above_id < id <= up_to_id``, oldest first."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM deliveries WHERE state = 'dead' AND application_id = $1 AND id > $2 AND id <= $3"
        " ORDER BY id LIMIT $4",
        application_id,
        above_id,
        up_to_id,
        limit,
    )
    return [Delivery(*row) for row in rows]


async def count_dead(tx: Tx, application_id: int, *, since: int, limit: int) -> int:
    """How many of the application's dead letters died after a time (unix milliseconds); counts up to a limit."""
    return int(
        await tx.val(
            "SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE state = 'dead' AND application_id = $1"
            " AND finished_at > $2 ORDER BY id DESC LIMIT $3) AS died",
            application_id,
            since,
            limit,
        )
    )


async def revive(tx: Tx, ids: Iterable[int]) -> int:
    """Let finished deliveries wait again from now on; how many there were. Their numbers of attempts go on."""
    wanted = sorted(set(ids))
    await delivery_attempts.keep(tx, wanted)
    return await tx.do(
        "UPDATE deliveries SET state = 'waiting', tries = 0, first_at = 0, queued_at = $2, next_at = $2,"
        " finished_at = 0, failure = '', http_status = 0, answer = '', pull_offset = 0"
        " WHERE id = ANY($1) AND finished_at > 0",
        wanted,
        tx.now,
    )


async def prune(tx: Tx, *, before: int, limit: int) -> int:
    """Delete some of the deliveries that were finished before a time (unix milliseconds); how many."""
    rows = await tx.rows(
        "SELECT id FROM deliveries WHERE finished_at > 0 AND finished_at < $1 ORDER BY finished_at LIMIT $2",
        before,
        limit,
    )
    if not rows:
        return 0
    ids = [row[0] for row in rows]
    await delivery_attempts.delete(tx, ids)
    return await tx.do("DELETE FROM deliveries WHERE id = ANY($1)", ids)
