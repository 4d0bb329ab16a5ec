"""``/histories``: what happened to records, and comments, which are messages about them.

Spec ``bpium-messages.md`` §9.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

import msgspec

from skvorets.core import markup, record_messages
from skvorets.core.catalogs import Catalog, catalog_to_see
from skvorets.core.records import number_of, record_to_see
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.message_bodies import MessageBody, read_words
from skvorets.dialects.bpium.message_text import to_wire
from skvorets.dialects.bpium.moments import moment
from skvorets.dialects.bpium.record_paths import key_of_record
from skvorets.dialects.bpium.record_views import view_change, writer_of
from skvorets.dialects.bpium.registry import Call, route
from skvorets.storage import people, record_history
from skvorets.storage.database import Tx
from skvorets.storage.record_history import Deed, Question

MAX_LIMIT: Final = 1000
MAX_OFFSET: Final = 1_000_000
_COMMENT: Final = "COMMENT"
_KINDS = {"created": "CREATE", "changed": "UPDATE", "deleted": "REMOVED", record_history.COMMENT: _COMMENT}
_changes = msgspec.json.Decoder(dict[str, dict[str, Any]])


class HistoryQuery(msgspec.Struct, frozen=True, rename="camel"):
    """Query of the list; ``from`` is an offset."""

    catalog_id: str = ""
    record_id: str = ""
    user_id: str = ""
    limit: int = 100
    start: int = msgspec.field(default=0, name="from")
    sort_type: Literal["asc", "desc"] = "desc"


class Said(msgspec.Struct, frozen=True):
    """What a comment says."""

    message: Annotated[str, msgspec.Meta(max_length=markup.MAX_TEXT_CHARS)]


class NewComment(msgspec.Struct, frozen=True, rename="camel"):
    """Body of a new comment. [source: bp-api 0.8.1 addCommentToHistory]"""

    catalog_id: str | int
    record_id: str | int
    type: Literal["COMMENT"]
    payload: Said


def _lock(call: Call[NewComment]) -> int:
    return key_of_record(call.given.catalog_id, call.given.record_id)


@route("POST", "/histories", given=NewComment, lock=_lock)
async def add_comment(tx: Tx, call: Call[NewComment]) -> dict[str, str]:
    """Say something about a record: a message of its conversation."""
    given = call.given
    record = await record_to_see(tx, call.person, given.catalog_id, given.record_id)
    words = await read_words(tx, MessageBody(text=given.payload.message))
    message = await record_messages.write_about(tx, call.person, record, words)
    return {"id": str(record_history.COMMENT_IDS + message.id)}


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
    changes = {one.id: _changes.decode(one.changes) for one in deeds if one.kind != record_history.COMMENT}
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

    def payload(one: Deed) -> dict[str, Any]:
        if one.kind == record_history.COMMENT:
            return {"message": to_wire(one.changes)}
        return {name: shown(name, change) for name, change in changes[one.id].items()}

    return [
        {
            "id": str(one.id),
            "catalogId": catalog.key,
            "recordId": str(one.number),
            "recordTitle": one.title,
            "actionType": _KINDS[one.kind],
            "payload": payload(one),
            "date": moment(one.at),
            "user": {"id": str(one.person_id), "title": known[one.person_id].name if one.person_id in known else ""},
        }
        for one in deeds
    ]
