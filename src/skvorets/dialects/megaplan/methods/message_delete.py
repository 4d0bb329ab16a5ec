"""``Message/delete``: into the caller's folder of deleted ones; nobody else is affected. Source: seed "Удалить"."""

from __future__ import annotations

from skvorets.core import letters
from skvorets.dialects.megaplan.params import MESSAGE_OFFSET
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/Message/delete", mode="write")
async def message_delete(tx: Tx, call: Call) -> dict[str, object]:
    """Delete the message; again changes nothing."""
    message_id = call.params.message_id("Id")
    await letters.delete_letter(tx, call.person, message_id)
    return {"message": {"Id": message_id + MESSAGE_OFFSET}}
