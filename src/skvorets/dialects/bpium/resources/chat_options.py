"""``…/records/{recordId}/chatOptions/{recordId}``: the caller's subscription to the conversation about a record.

Source: spec ``bpium-messages.md`` §4, §4.6; seed "Сообщения (Messages)". Reading it is an extension.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from skvorets.core import record_chats
from skvorets.core.records import Record
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.record_paths import lock_of_record, record_of_call
from skvorets.dialects.bpium.registry import Call, Nothing, route
from skvorets.storage.database import Tx

OPTIONS: Final = "/catalogs/{catalog}/records/{record}/chatOptions/{same}"


class Subscription(msgspec.Struct, frozen=True):
    """Whether the caller wants to hear of every message."""

    subscribe: bool


@route("GET", OPTIONS, mode="read")
async def get_options(tx: Tx, call: Call[Nothing]) -> dict[str, bool]:
    """Tell whether the caller is subscribed."""
    record = await _record(tx, call)
    return {"subscribe": await record_chats.is_subscribed(tx, call.person, record)}


@route("PATCH", OPTIONS, given=Subscription, lock=lock_of_record)
async def change_options(tx: Tx, call: Call[Subscription]) -> dict[str, bool]:
    """Subscribe the caller or end that; the new state."""
    record = await _record(tx, call)
    return {"subscribe": await record_chats.subscribe(tx, call.person, record, wish=call.given.subscribe)}


async def _record(tx: Tx, call: Call[Any]) -> Record:
    """Give the record of the path, which is named twice there. [seed]"""
    record = await record_of_call(tx, call)
    if call.parts["same"] != str(record.number):
        raise ApiError(400, "The record after chatOptions is the one before it.")
    return record
