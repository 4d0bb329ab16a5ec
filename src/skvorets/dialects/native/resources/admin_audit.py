"""``/api/admin/audit``: who did what.

GET /api/admin/audit?actor=&action=&since=&until=&before=&limit=   newest first; ``before`` = last id of the page before
GET /api/admin/audit/csv?actor=&action=&since=&until=              the same as a table, at most 10,000 rows

``since`` and ``until``: unix milliseconds. ``actor`` 0: entries of nobody who is known, and of the command line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from skvorets.core.audit import ACTIONS
from skvorets.dialects.native.administration import PAGE_SIZE, IdOrNone, Limit
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, Download, route
from skvorets.storage import audit, people
from skvorets.storage.audit import Entry, Wanted
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_MOST_ROWS = 10_000
# What a spreadsheet would take for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# So that spreadsheets read UTF-8.
_BOM = "\ufeff"


class Asked(msgspec.Struct, frozen=True):
    """Which entries."""

    actor: IdOrNone | None = None
    action: Annotated[str, msgspec.Meta(max_length=64)] = ""
    since: IdOrNone = 0
    until: IdOrNone = 0
    before: IdOrNone = 0
    limit: Limit = PAGE_SIZE


class AuditEntry(msgspec.Struct, frozen=True, rename="camel"):
    """One fact. ``details`` has ``name``, what the subject was called then, and what the action needs."""

    id: int
    at: int  # unix milliseconds
    actor_id: int  # 0 = nobody who is known, or the command line
    actor_name: str
    action: str
    subject_kind: str  # empty = nothing
    subject_id: int
    address: str  # the actor's network address, empty = not known
    details: dict[str, Any]


class AuditPage(msgspec.Struct, frozen=True):
    """A page of entries."""

    entries: list[AuditEntry]
    actions: tuple[str, ...]  # all that there are
    next: int  # ``before`` of the next page, 0 = this is the last one


@route("GET", "/api/admin/audit", query=Asked, mode="scan", is_for_admins=True)
async def list_audit(tx: Tx, call: Call[Asked]) -> AuditPage:
    """List entries, newest first: two statements."""
    given = call.given
    found = await audit.select(tx, _wanted(given, given.limit + 1))
    shown = found[: given.limit]
    return AuditPage(await _entries(tx, shown), ACTIONS, shown[-1].id if len(found) > len(shown) else 0)


@route("GET", "/api/admin/audit/csv", query=Asked, mode="scan", is_for_admins=True)
async def export_audit(tx: Tx, call: Call[Asked]) -> Download:
    """Give entries as a table for spreadsheets: UTF-8, commas, times in UTC."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("time", "actor", "actor_id", "action", "subject", "subject_id", "name", "address", "details"))
    for one in await _entries(tx, await audit.select(tx, _wanted(call.given, _MOST_ROWS))):
        details = {name: value for name, value in one.details.items() if name != "name"}
        at = datetime.fromtimestamp(one.at / 1000, UTC).isoformat(timespec="seconds")
        cells = (at, one.actor_name, one.actor_id, one.action, one.subject_kind, one.subject_id)
        others = (one.details.get("name", ""), one.address, msgspec.json.encode(details).decode() if details else "")
        table.writerow([_harmless(cell) for cell in (*cells, *others)])
    return Download("audit.csv", "text/csv; charset=utf-8", f"{_BOM}{text.getvalue()}".encode())


def _wanted(given: Asked, limit: int) -> Wanted:
    if given.action and given.action not in ACTIONS:
        raise ApiError(400, "unknown_action", "There is no such action.")
    return Wanted(
        actor_id=given.actor,
        action=given.action,
        since=given.since,
        until=given.until,
        before_id=given.before,
        limit=limit,
    )


async def _entries(tx: Tx, found: Sequence[Entry]) -> list[AuditEntry]:
    actors = await people.find_many(tx, {one.actor_id for one in found if one.actor_id})
    return [_entry(one, actors.get(one.actor_id)) for one in found]


def _entry(one: Entry, actor: Person | None) -> AuditEntry:
    return AuditEntry(
        id=one.id,
        at=one.at,
        actor_id=one.actor_id,
        actor_name=actor.name if actor else "",
        action=one.action,
        subject_kind=one.subject_kind,
        subject_id=one.subject_id,
        address=one.address,
        details=msgspec.json.decode(one.details, type=dict[str, Any]),
    )


def _harmless(cell: object) -> object:
    """Keep spreadsheets from running what somebody has put into a name."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
