"""``im.notify.delete``: remove an own notification, or what the calling program sent with a tag.

Source: spec ``bitrix24-im.md`` §14.2; seed and docs "im.notify.delete".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import notifications
from skvorets.core.notifications import Labels
from skvorets.dialects.bitrix24.errors import CLIENT_ID_REQUIRED, PARAMS_ERROR, ApiError
from skvorets.dialects.bitrix24.notifying import MODULE, lock_of_caller, program_of, tag_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(Struct, frozen=True):
    """Parameters as documented; one of the first three is required and the first one given counts."""

    ID: int = 0  # an own notification
    TAG: str = ""  # everybody's with this tag of the calling program
    SUB_TAG: str = ""  # everybody's with this group tag of the calling program
    CLIENT_ID: str = ""  # of webhooks: the program


@method(
    "im.notify.delete",
    scope="im",
    params=Params,
    faults=dict.fromkeys(("ID", "TAG", "SUB_TAG"), PARAMS_ERROR),
    lock=lock_of_caller,
)
async def im_notify_delete(tx: Tx, call: Call, params: Params) -> bool:
    """Remove; whether there was anything."""
    if params.ID > 0:
        return await notifications.delete(tx, call.caller.person, params.ID)
    if not params.TAG.strip() and not params.SUB_TAG.strip():
        raise ApiError(PARAMS_ERROR)
    client_id = program_of(call)
    if not client_id:
        raise ApiError(CLIENT_ID_REQUIRED)
    if params.TAG.strip():
        return await notifications.delete_tagged(tx, Labels(tag_of(client_id, params.TAG), client_id, MODULE))
    return await notifications.delete_grouped(tx, Labels(tag_of(client_id, params.SUB_TAG), client_id, MODULE))
