"""``/catalogs/{id}/records``. Spec ``bpium-messages.md`` §7; the employees are the catalog ``$users`` (§9)."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from skvorets.core import logins, people_records, record_desk, record_lists
from skvorets.core.catalog_rights import USERS_CATALOG, level_in
from skvorets.core.catalogs import USERS_WORD, catalog_to_see
from skvorets.core.record_lists import MAX_LIMIT, MAX_OFFSET, Question
from skvorets.core.records import record_to_see
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.record_fields import read_shown, read_tree
from skvorets.dialects.bpium.record_views import Shown, view_records, view_values
from skvorets.dialects.bpium.registry import Call, Nothing, lock_of_catalog, lock_of_directory, route
from skvorets.storage.database import Tx

_USERS = frozenset({USERS_WORD, str(USERS_CATALOG)})
_DAY_MINUTES = 24 * 60


class RecordsQuery(msgspec.Struct, frozen=True, rename="camel"):
    """Query of the list. Numbers may be texts."""

    limit: int = 100
    offset: int = 0
    sort_field: str = ""
    sort_type: int = 1
    search_text: str = ""
    id: str | list[str] | None = None
    fields: Any = None
    with_fields_additional: bool = False
    view_id: str = ""
    filters: Any = None
    timezone_offset: int = 0  # minutes east of UTC


class RecordQuery(msgspec.Struct, frozen=True, rename="camel"):
    """Query of one record."""

    fields: Any = None
    with_fields_additional: bool = False


class RecordBody(msgspec.Struct, frozen=True):
    """Body of a POST or PATCH: values by field id."""

    values: dict[str, Any] | None = None


@route("GET", "/catalogs/{catalog}/records", given=RecordsQuery, mode="free")
async def list_records(call: Call[RecordsQuery]) -> list[dict[str, Any]]:
    """List records: three queries, and what their links need. Long walks are done in a thread."""
    question, shown = (
        _question(call.given),
        read_shown(call.given.fields, expands_all=call.given.with_fields_additional),
    )
    store = call.services.store
    run = store.scan if record_lists.is_heavy(question) else store.read
    return await run(_list, call, question, shown)


async def _list(tx: Tx, call: Call[RecordsQuery], question: Question, shown: Shown) -> list[dict[str, Any]]:
    catalog = await catalog_to_see(tx, call.person, call.parts["catalog"])
    if call.given.view_id:
        raise ApiError(404, "There is no such view.")
    found = await record_lists.list_records(tx, call.person, catalog, question)
    return await view_records(tx, call.person, found, call.services.config, shown)


@route("GET", "/catalogs/{catalog}/records/{record}", given=RecordQuery, mode="read")
async def get_record(tx: Tx, call: Call[RecordQuery]) -> dict[str, Any]:
    """Show one record."""
    found = await record_to_see(tx, call.person, call.parts["catalog"], call.parts["record"])
    shown = read_shown(call.given.fields, expands_all=call.given.with_fields_additional)
    view = (await view_records(tx, call.person, [found], call.services.config, shown))[0]
    level = level_in(call.person, found.catalog_id)
    return {**view, "privilegeCode": level, "fieldPrivilegeCodes": {}, "viewsIds": []}


@route("POST", "/catalogs/{catalog}/records", given=RecordBody, mode="free")
async def add_record(call: Call[RecordBody]) -> dict[str, Any]:
    """Make a record."""
    store, values = call.services.store, call.given.values or {}
    if call.parts["catalog"] in _USERS:
        wanted = people_records.read_values(values)
        if not call.person.admin:
            raise ApiError(403, "Only administrators may do this.")
        hashed = await asyncio.to_thread(logins.hash_password, wanted.password) if wanted.password else ""
        made = await store.write(lock_of_directory(call), people_records.create_employee, call.person, wanted, hashed)
    else:
        made = await store.write(
            lock_of_catalog(call), record_desk.create_record, call.person, call.parts["catalog"], values
        )
    return {"id": str(made.number)}


@route("PATCH", "/catalogs/{catalog}/records/{record}", given=RecordBody, lock=lock_of_catalog)
async def change_record(tx: Tx, call: Call[RecordBody]) -> dict[str, Any]:
    """Give a record other values; those that are not sent stay."""
    catalog, record, values = call.parts["catalog"], call.parts["record"], call.given.values or {}
    if catalog in _USERS:
        wanted = people_records.read_values(values)
        now = await people_records.change_employee(tx, call.person, record, wanted)
    else:
        now = await record_desk.change_record(tx, call.person, catalog, record, values)
    shown = (await view_values(tx, [now], call.services.config))[0]
    return {"id": str(now.number), "catalogId": now.catalog.key, "title": now.title, "values": shown}


@route("DELETE", "/catalogs/{catalog}/records/{record}", lock=lock_of_catalog)
async def delete_record(tx: Tx, call: Call[Nothing]) -> dict[str, Any]:
    """Delete a record; an employee is dismissed."""
    catalog, record = call.parts["catalog"], call.parts["record"]
    if catalog in _USERS:
        await people_records.dismiss_employee(tx, call.person, record)
    else:
        await record_desk.delete_record(tx, call.person, catalog, record)
    return {"id": record}


def _question(given: RecordsQuery) -> Question:
    """Read the parameters of the list. Raises ApiError."""
    if not 0 < given.limit <= MAX_LIMIT:
        raise ApiError(400, f"limit is a number from 1 to {MAX_LIMIT}.")
    if not 0 <= given.offset <= MAX_OFFSET:
        raise ApiError(400, "offset is not negative.")
    if given.sort_type not in {1, -1}:
        raise ApiError(400, "sortType is 1 or -1.")
    if abs(given.timezone_offset) >= _DAY_MINUTES:
        raise ApiError(400, "timezoneOffset is a number of minutes.")
    return Question(
        filters=read_tree(given.filters),
        search=given.search_text,
        numbers=_numbers(given.id),
        sort_field=given.sort_field,
        is_descending=given.sort_type < 0,
        limit=given.limit,
        offset=given.offset,
        utc_offset_minutes=given.timezone_offset,
    )


def _numbers(given: str | list[str] | None) -> tuple[int, ...] | None:
    """Read the wanted ids; what can be none is nobody's."""
    if given is None:
        return None
    named = given if isinstance(given, list) else [given]
    return tuple(int(one) for one in named if one.isascii() and one.isdigit() and len(one) < 19)  # noqa: PLR2004 — 63 bits
