"""Rows of ``handlers``: where an application wants its events.

One row per application, event, address, authority and source; the events of bots and commands have one address per
event and application, so that a second registration moves all of them. Source: spec ``bitrix24-transport.md`` §10.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from skvorets.storage.database import Tx


class Handler(msgspec.Struct, frozen=True):
    """Where one event of one application goes."""

    id: int
    application_id: int
    event: str  # upper case
    url: str  # empty for an offline handler
    auth_person_id: int = 0  # whose authority goes along, 0 = of who caused the event
    is_offline: int = 0
    connector: str = ""  # key of an offline source
    options: str = "{}"  # JSON of the binding's OPTIONS
    created_at: int = 0  # set by ``bind``


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """Which handlers are meant; None = any."""

    application_id: int
    event: str | None = None
    url: str | None = None
    auth_person_id: int | None = None
    is_offline: int | None = None
    connector: str | None = None


_COLUMNS = ", ".join(Handler.__struct_fields__)
_NEW_COLUMNS = ", ".join(Handler.__struct_fields__[1:])
_BIND = (
    f"INSERT INTO handlers ({_NEW_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (application_id, event, url, auth_person_id, is_offline, connector) DO NOTHING RETURNING id"
)


async def bind(tx: Tx, handler: Handler) -> int:
    """Store a handler (``id`` and ``created_at`` are ignored); the id, or 0 when the same one is bound already."""
    values = msgspec.structs.astuple(msgspec.structs.replace(handler, created_at=tx.now))[1:]
    return int(await tx.val(_BIND, *values) or 0)


async def replace(tx: Tx, application_id: int, event: str, url: str) -> int:
    """Make ``url`` the one address of an event of the application; the handler's id, which stays the same.

    For the events of bots and commands: a later registration moves the earlier ones, too.
    """
    handlers = await for_event(tx, event, [application_id])
    kept = next((one for one in handlers if one.url == url and not one.auth_person_id), None)
    kept = kept or next((one for one in handlers if not one.is_offline), None)
    for one in handlers:
        if one is not kept and not one.is_offline:
            await delete(tx, one.id)
    if kept is None:
        return await bind(tx, Handler(0, application_id, event, url))
    if kept.url != url or kept.auth_person_id:
        await tx.do("UPDATE handlers SET url = $2, auth_person_id = 0 WHERE id = $1", kept.id, url)
    return kept.id


async def find(tx: Tx, handler_id: int) -> Handler | None:
    """The handler with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM handlers WHERE id = $1", handler_id)
    return None if row is None else Handler(*row)


async def of_application(tx: Tx, application_id: int) -> list[Handler]:
    """All handlers of an application, oldest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM handlers WHERE application_id = $1 ORDER BY id", application_id)
    return [Handler(*row) for row in rows]


async def for_event(tx: Tx, event: str, application_ids: Iterable[int] | None = None) -> list[Handler]:
    """The handlers of an event (upper case), oldest first; of these applications only when they are given."""
    if application_ids is None:
        rows = await tx.rows(f"SELECT {_COLUMNS} FROM handlers WHERE event = $1 ORDER BY id", event)
        return [Handler(*row) for row in rows]
    wanted = sorted(set(application_ids))
    if not wanted:
        return []
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM handlers WHERE event = $1 AND application_id = ANY($2) ORDER BY id", event, wanted
    )
    return [Handler(*row) for row in rows]


async def is_any_bound(tx: Tx, events: Sequence[str]) -> bool:
    """Has any application a handler of one of these events (upper case)?"""
    places = ", ".join(f"${number}" for number in range(1, len(events) + 1))
    return await tx.val(f"SELECT 1 FROM handlers WHERE event IN ({places}) LIMIT 1", *events) is not None


async def unbind(tx: Tx, binding: Binding) -> int:
    """Remove the handlers that are meant; how many there were."""
    given = {name: value for name, value in msgspec.structs.asdict(binding).items() if value is not None}
    conditions = " AND ".join(f"{name} = ${number}" for number, name in enumerate(given, 1))
    return await tx.do(f"DELETE FROM handlers WHERE {conditions}", *given.values())


async def delete(tx: Tx, handler_id: int) -> None:
    """Remove one handler."""
    await tx.do("DELETE FROM handlers WHERE id = $1", handler_id)


async def delete_of_application(tx: Tx, application_id: int) -> int:
    """Remove all handlers of an application; how many there were."""
    return await unbind(tx, Binding(application_id=application_id))
