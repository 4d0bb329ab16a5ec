"""Fields of catalogs: what a record of the catalog consists of. Source: spec ``bpium-messages.md`` §6."""

from __future__ import annotations

from typing import Any

import msgspec


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field. Its ``config`` depends on the type; keys that nobody knows are kept as they came."""

    id: int
    name: str
    type: str
    hint: str = ""
    required: bool = False
    history: bool = True
    filterable: bool = True
    api_only: bool = False
    comment: str = ""
    config: dict[str, Any] = msgspec.field(default_factory=dict)
    visible: Any = msgspec.field(default_factory=dict)
    others: dict[str, Any] = msgspec.field(default_factory=dict)  # keys that we do not know


_decoder = msgspec.json.Decoder(tuple[Field, ...])
_encoder = msgspec.json.Encoder()


def read_fields(stored: str) -> tuple[Field, ...]:
    """Read the fields of a catalog as they are stored."""
    return _decoder.decode(stored)


def write_fields(fields: tuple[Field, ...]) -> str:
    """Write the fields of a catalog as they are stored."""
    return _encoder.encode(fields).decode()
