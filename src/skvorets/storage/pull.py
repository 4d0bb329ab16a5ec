"""Deliveries of applications that take their events themselves: handing out, putting back, numbers.

An event that is handed out has a ``pull_offset``, taken anew each time from a counter of its application: a larger one
was handed out later. The rows are those of ``storage/deliveries.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from skvorets.storage import delivery_attempts
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, LaneKey


class OpenRow(NamedTuple):
    """The little of a delivery that is not finished by which is decided whether it may be handed out."""

    id: int
    target: str
    chat_id: int
    is_waiting: bool  # otherwise it is handed out, or a POST of it is under way
    is_handed_out: bool
    next_at: int  # unix milliseconds

    @property
    def lane(self) -> LaneKey:
        """Its lane."""
        return LaneKey(self.target, self.chat_id)


_COLUMNS = ", ".join(Delivery.__struct_fields__)
_OPEN_COLUMNS = "id, target, chat_id, state, pull_offset, next_at"


async def pulling_applications(tx: Tx) -> set[int]:
    """Ids of the applications that take their events themselves."""
    return {row[0] for row in await tx.rows("SELECT id FROM applications WHERE transport = 'pull'")}


async def open_after(tx: Tx, application_id: int, above_id: int, limit: int) -> list[OpenRow]:
    """The application's deliveries with larger ids that are not finished, oldest first."""
    rows = await tx.rows(
        f"SELECT {_OPEN_COLUMNS} FROM deliveries WHERE application_id = $1 AND finished_at = 0 AND id > $2"
        " ORDER BY id LIMIT $3",
        application_id,
        above_id,
        limit,
    )
    return [_open_row(*row) for row in rows]


async def not_handed_out(tx: Tx, lane: LaneKey, limit: int) -> list[OpenRow]:
    """The lane's open deliveries that are not handed out, oldest first."""
    rows = await tx.rows(
        f"SELECT {_OPEN_COLUMNS} FROM deliveries WHERE finished_at = 0 AND target = $1 AND chat_id = $2"
        " AND pull_offset = 0 ORDER BY id LIMIT $3",
        lane.target,
        lane.chat_id,
        limit,
    )
    return [_open_row(*row) for row in rows]


async def hand_out(tx: Tx, application_id: int, ids: Sequence[int]) -> int:
    """Number deliveries in the order of their ids and write down that an attempt of each begins; the last number."""
    last = int(
        await tx.val(
            "INSERT INTO pull_offsets (application_id, last_offset) VALUES ($1, $2)"
            " ON CONFLICT (application_id) DO UPDATE SET last_offset = pull_offsets.last_offset + excluded.last_offset"
            " RETURNING last_offset",
            application_id,
            len(ids),
        )
    )
    await tx.do(
        "UPDATE deliveries SET state = 'sending', attempts = attempts + 1, tries = tries + 1, attempt_at = $2,"
        " first_at = CASE WHEN first_at = 0 THEN $2 ELSE first_at END, pull_offset = $3 + chosen.place"
        " FROM (SELECT id AS row_id, row_number() OVER (ORDER BY id) AS place FROM deliveries WHERE id = ANY($1))"
        " AS chosen WHERE deliveries.id = chosen.row_id",
        sorted(ids),
        tx.now,
        last - len(ids),
    )
    return last


async def last_offset(tx: Tx, application_id: int) -> int:
    """The number that was given last to an event of the application; 0 = none was."""
    return int(await tx.val("SELECT last_offset FROM pull_offsets WHERE application_id = $1", application_id) or 0)


async def handed_out(tx: Tx, application_id: int, *, above: int = 0) -> list[Delivery]:
    """The application's deliveries that are handed out under larger numbers, in their order."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM deliveries WHERE application_id = $1 AND pull_offset > $2 ORDER BY pull_offset",
        application_id,
        above,
    )
    return [Delivery(*row) for row in rows]


async def by_offset(tx: Tx, application_id: int, offset: int) -> Delivery | None:
    """The delivery that is handed out under this number."""
    row = await tx.row(
        f"SELECT {_COLUMNS} FROM deliveries WHERE application_id = $1 AND pull_offset = $2 AND pull_offset > 0",
        application_id,
        offset,
    )
    return None if row is None else Delivery(*row)


async def finish_up_to(tx: Tx, application_id: int, offset: int) -> int:
    """Count as delivered what is handed out under numbers up to this one, and close the gaps told; how many."""
    await tx.do(
        "DELETE FROM delivery_gaps WHERE (target, chat_id) IN (SELECT target, chat_id FROM deliveries"
        " WHERE application_id = $1 AND pull_offset > 0 AND pull_offset <= $2)",
        application_id,
        offset,
    )
    return await tx.do(
        "UPDATE deliveries SET state = 'delivered', pull_offset = 0, finished_at = $3, duration_ms = $3 - attempt_at,"
        " http_status = 0, failure = '', answer = ''"
        " WHERE application_id = $1 AND pull_offset > 0 AND pull_offset <= $2",
        application_id,
        offset,
        tx.now,
    )


async def put_back(tx: Tx, ids: Sequence[int], failure: str) -> int:
    """Let deliveries that are handed out wait again, as if nobody had tried; how many there were.

    ``attempts`` stays as it is: the reader may have seen them. ``failure``: the reason, for the log of attempts.
    """
    if not ids:
        return 0
    count = await tx.do(
        "UPDATE deliveries SET state = 'waiting', pull_offset = 0, tries = tries - 1, next_at = $2, failure = $3,"
        " duration_ms = $2 - attempt_at, http_status = 0, answer = '' WHERE id = ANY($1) AND pull_offset > 0",
        sorted(ids),
        tx.now,
        failure,
    )
    await delivery_attempts.keep(tx, ids)
    return count


async def make_due(tx: Tx, lane: LaneKey) -> None:
    """Let what waits in a lane for its time wait no longer."""
    await tx.do(
        "UPDATE deliveries SET next_at = $3 WHERE finished_at = 0 AND target = $1 AND chat_id = $2"
        " AND state = 'waiting' AND next_at > $3",
        lane.target,
        lane.chat_id,
        tx.now,
    )


async def handed_out_behind(tx: Tx, delivery: Delivery) -> list[tuple[int, int]]:
    """Ids and numbers of what is handed out of the same lane after a delivery."""
    rows = await tx.rows(
        "SELECT id, pull_offset FROM deliveries WHERE finished_at = 0 AND target = $1 AND chat_id = $2 AND id > $3"
        " AND pull_offset > 0 ORDER BY id",
        delivery.target,
        delivery.chat_id,
        delivery.id,
    )
    return [(row[0], row[1]) for row in rows]


async def is_first_of_lane(tx: Tx, delivery: Delivery) -> bool:
    """Is nothing of its lane before it that is not finished?"""
    found = await tx.val(
        "SELECT 1 FROM deliveries WHERE finished_at = 0 AND target = $1 AND chat_id = $2 AND id < $3 LIMIT 1",
        delivery.target,
        delivery.chat_id,
        delivery.id,
    )
    return found is None


async def open_targets(tx: Tx, application_id: int) -> list[str]:
    """The application's targets with open deliveries."""
    rows = await tx.rows(
        "SELECT DISTINCT target FROM deliveries WHERE application_id = $1 AND finished_at = 0 ORDER BY target",
        application_id,
    )
    return [row[0] for row in rows]


async def expire(tx: Tx, *, before: int, failure: str, limit: int) -> int:
    """Make dead letters of some deliveries that nobody has taken since a time (unix milliseconds); how many."""
    rows = await tx.rows(
        "SELECT deliveries.id FROM deliveries JOIN applications ON applications.id = deliveries.application_id"
        " WHERE applications.transport = 'pull' AND finished_at = 0 AND queued_at < $1 ORDER BY deliveries.id LIMIT $2",
        before,
        limit,
    )
    ids = [row[0] for row in rows]
    return (
        0
        if not ids
        else await tx.do(
            "UPDATE deliveries SET state = 'dead', failure = $2, finished_at = $3, pull_offset = 0 WHERE id = ANY($1)",
            ids,
            failure,
            tx.now,
        )
    )


def _open_row(row_id: int, target: str, chat_id: int, state: str, offset: int, next_at: int) -> OpenRow:
    return OpenRow(row_id, target, chat_id, state == "waiting", offset > 0, next_at)
