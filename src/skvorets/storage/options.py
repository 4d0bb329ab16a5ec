"""Rows of ``options``: what applications keep with us, for all or for one person. Values are JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from skvorets.storage.database import Tx

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


async def find(tx: Tx, application_id: int, person_id: int, name: str) -> Any:
    """One option's value, None when there is none; ``person_id`` 0 = of the application itself."""
    text = await tx.val(
        "SELECT value FROM options WHERE application_id = $1 AND person_id = $2 AND name = $3",
        application_id,
        person_id,
        name,
    )
    return None if text is None else _decode(text)


async def every(tx: Tx, application_id: int, person_id: int) -> dict[str, Any]:
    """All options by name, ascending."""
    rows = await tx.rows(
        "SELECT name, value FROM options WHERE application_id = $1 AND person_id = $2 ORDER BY name",
        application_id,
        person_id,
    )
    return {name: _decode(value) for name, value in rows}


async def put(tx: Tx, application_id: int, person_id: int, values: Mapping[str, Any]) -> None:
    """Set these options and leave the others as they are."""
    for name, value in values.items():
        await tx.do(
            "INSERT INTO options (application_id, person_id, name, value) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (application_id, person_id, name) DO UPDATE SET value = excluded.value",
            application_id,
            person_id,
            name,
            _encode(value).decode(),
        )
