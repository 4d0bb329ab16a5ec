"""``im.message.delete``: delete one's own message.

Source: spec ``bitrix24-im.md`` §8.3; seed "im.message.delete".
"""

from __future__ import annotations

from skvorets.core.messages import delete_message
from skvorets.dialects.bitrix24.errors import MESSAGE_ID_ERROR
from skvorets.dialects.bitrix24.naming import MessageParams, lock_of_message, message_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method


@method(
    "im.message.delete",
    scope="im",
    params=MessageParams,
    faults={"MESSAGE_ID": MESSAGE_ID_ERROR},
    lock=lock_of_message,
)
async def im_message_delete(tx: Tx, call: Call, params: MessageParams) -> bool:
    """Empty it: the place in the history stays."""
    await delete_message(tx, call.caller.person, message_of(params))
    return True
