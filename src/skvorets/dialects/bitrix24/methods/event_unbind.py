"""``event.unbind``: take handlers of events away; every parameter that is left out means "any".

Source: spec ``bitrix24-transport.md`` §10.1; docs ``event.unbind``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import handlers
from skvorets.core.handlers import OfflineNotAllowedError
from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.event_names import name_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError
from skvorets.storage.handlers import Binding

_DENIED = "Access denied! {} requires administrator access rights"


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    EVENT: str = ""  # name in any case
    HANDLER: str = ""  # URL
    AUTH_TYPE: int | None = None  # 0 or empty: only handlers without an authority of their own
    EVENT_TYPE: str = "online"  # online or offline
    AUTH_CONNECTOR: str | None = None  # offline: key of the source


@method(
    "event.unbind",
    scope="",
    params=Params,
    needs="application",
    errors={
        OfflineNotAllowedError: Fault("ACCESS_DENIED", _DENIED.format("Offline events unbinding"), 403),
        NotAllowedError: Fault("ACCESS_DENIED", _DENIED.format("Event unbinding with AUTH_TYPE"), 403),
    },
)
async def event_unbind(tx: Tx, call: Call, params: Params) -> dict[str, int]:
    """Count what was removed."""
    is_offline = params.EVENT_TYPE.strip().lower() == "offline"
    binding = Binding(
        application_id=application_of(call).id,
        event=name_of(params.EVENT) or None,
        url=params.HANDLER if params.HANDLER and not is_offline else None,
        auth_person_id=params.AUTH_TYPE,
        is_offline=int(is_offline),
        connector=params.AUTH_CONNECTOR if is_offline else None,
    )
    return {"count": await handlers.unbind_handlers(tx, call.caller.person, binding)}
