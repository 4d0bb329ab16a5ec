"""``/histories``: what happened to records. Spec ``bpium-messages.md`` §9.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from skvorets.core.catalogs import Catalog, catalog_to_see
from skvorets.core.records import number_of
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.moments import moment
from skvorets.dialects.bpium.record_views import view_change, writer_of
from skvorets.dialects.bpium.registry import Call, route
from skvorets.storage import people, record_history
from skvorets.storage.database import Tx
from skvorets.storage.record_history import Deed, Question

MAX_LIMIT: Final = 1000
MAX_OFFSET: Final = 1_000_000
_KINDS = {"created": "CREATE", "changed": "UPDATE", "deleted": "REMOVED"}
_changes = msgspec.json.Decoder(dict[str, dict[str, Any]])


class HistoryQuery(msgspec.Struct, frozen=True, rename="camel"):
    """Query of the list; ``from`` is an offset."""

    catalog_id: str = ""
    record_id: str = ""
    user_id: str = ""
    limit: int = 100
    start: int = msgspec.field(default=0, name="from")
    sort_type: Literal["asc", "desc"] = "desc"


@route("GET", "/histories", given=HistoryQuery, mode="read")
async def list_history(tx: Tx, call: Call[HistoryQuery]) -> list[dict[str, Any]]:
    """List what happened, also to records that are deleted: a fixed number of queries."""
    given = call.given
    if not given.catalog_id:
        raise ApiError(400, "catalogId is wanted.")
    if not 0 < given.limit <= MAX_LIMIT or not 0 <= given.start <= MAX_OFFSET:
        raise ApiError(400, f"limit is a number from 1 to {MAX_LIMIT}; from is not negative.")
    catalog = await catalog_to_see(tx, call.person, given.catalog_id)
    question = Question(
        catalog_id=catalog.id,
        number=number_of(given.record_id) if given.record_id else 0,
        person_id=number_of(given.user_id) if given.user_id else 0,
        is_ascending=given.sort_type == "asc",
        limit=given.limit,
        offset=given.start,
    )
    return await _view(tx, call, catalog, await record_history.select(tx, question))


async def _view(tx: Tx, call: Call[HistoryQuery], catalog: Catalog, deeds: Sequence[Deed]) -> list[dict[str, Any]]:
    changes = {one.id: _changes.decode(one.changes) for one in deeds}
    sides = [
        {name: change[side] for name, change in each.items()}
        for each in changes.values()
        for side in ("oldValue", "newValue")
    ]
    values: list[Mapping[str, Any]] = [
        {name: value for name, value in each.items() if value is not None} for each in sides
    ]
    writer = await writer_of(tx, catalog.fields, values, call.services.config)
    known = await people.find_many(tx, {one.person_id for one in deeds})

    def shown(name: str, change: Mapping[str, Any]) -> dict[str, Any]:
        return {side: view_change(catalog.fields, change[side], name, writer) for side in ("oldValue", "newValue")}

    return [
        {
            "id": str(one.id),
            "catalogId": catalog.key,
            "recordId": str(one.number),
            "recordTitle": one.title,
            "actionType": _KINDS[one.kind],
            "payload": {name: shown(name, change) for name, change in changes[one.id].items()},
            "date": moment(one.at),
            "user": {"id": str(one.person_id), "title": known[one.person_id].name if one.person_id in known else ""},
        }
        for one in deeds
    ]
