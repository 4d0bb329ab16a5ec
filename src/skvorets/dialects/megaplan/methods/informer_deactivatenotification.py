"""``Informer/deactivateNotification``: notices that the caller wants to see no more. Source: spec §9."""

from __future__ import annotations

from skvorets.core import letters
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.params import Params
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.errors import MessageNotFoundError, NotAllowedError
from skvorets.storage.database import Tx

# Of one request.
MAX_IDS = 1000


@method("BumsCommonApiV01/Informer/deactivateNotification", mode="write")
async def informer_deactivate_notification(tx: Tx, call: Call) -> list[object]:
    """Put notices away; the messages stay unread. Those that are put away, or are nobody's, are passed over."""
    for message_id in read_ids(call.params):
        try:
            await letters.put_notice_away(tx, call.person, message_id)
        except (MessageNotFoundError, NotAllowedError):
            continue
    return []


def read_ids(params: Params) -> list[int]:
    """Read ``Id`` and ``Ids[n]``, each once. Raises ApiError."""
    given = params.given.get("Ids")
    listed = given if isinstance(given, list) else list(given.values()) if isinstance(given, dict) else [given]
    if len(listed) > MAX_IDS:
        raise ApiError(400, f"Ids: more than {MAX_IDS}")
    found = [Params({"Ids": one}, params.zone).message_id("Ids") for one in listed if one not in (None, "")]
    if params.text("Id").strip():
        found.append(params.message_id("Id"))
    if not found:
        raise ApiError(400, "Id is required")
    return list(dict.fromkeys(found))
