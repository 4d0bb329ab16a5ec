"""Paths below a record: whose conversation is meant, and in which order its changes come."""

from __future__ import annotations

from typing import Any

from skvorets.core.records import Record, record_to_see
from skvorets.dialects.bpium.registry import Call
from skvorets.storage.database import Tx, lock_key


async def record_of_call(tx: Tx, call: Call[Any]) -> Record:
    """Give the record of the path. Raises CatalogNotFoundError, RecordNotFoundError, NotAllowedError."""
    return await record_to_see(tx, call.person, call.parts["catalog"], call.parts["record"])


def lock_of_record(call: Call[Any]) -> int:
    """Key for ``Store.write``: what is said about one record follows one another."""
    return key_of_record(call.parts["catalog"], call.parts["record"])


def key_of_record(catalog_id: str | int, record_id: str | int) -> int:
    """Give the same for a record that a body names."""
    return lock_key("record", *f"{catalog_id}/{record_id}".encode("utf-8", "replace")[:64])
