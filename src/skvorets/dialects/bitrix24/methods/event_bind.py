"""``event.bind``: have an event sent to an address, or kept for fetching.

Source: spec ``bitrix24-transport.md`` §10.1; docs ``event.bind``, ``offline-events``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import handlers
from skvorets.core.handlers import OfflineNotAllowedError
from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError, Fault
from skvorets.dialects.bitrix24.event_names import name_of, names_for
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import AlreadyBoundError, NotAllowedError, WrongAddressError, WrongProtocolError
from skvorets.storage.handlers import Handler

_DENIED = "Access denied! {} requires administrator access rights"
_MAX_CONNECTOR_LENGTH = 255
# JSON of OPTIONS, bytes; there is one documented option, a number.
_MAX_OPTIONS_LENGTH = 4096


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    EVENT: str = ""  # name in any case
    HANDLER: str = ""  # URL; required for online events
    AUTH_TYPE: int = 0  # under whose authority the handler is called, 0 = of who causes the event
    EVENT_TYPE: str = "online"  # online or offline
    AUTH_CONNECTOR: str = ""  # offline: key of the source, each has a queue of its own
    OPTIONS: Structure | None = None  # minTimeout: seconds between two ONOFFLINEEVENT


@method(
    "event.bind",
    scope="",
    params=Params,
    needs="application",
    errors={
        OfflineNotAllowedError: Fault("ACCESS_DENIED", _DENIED.format("Offline events binding"), 403),
        NotAllowedError: Fault("ACCESS_DENIED", _DENIED.format("Event binding with AUTH_TYPE"), 403),
        WrongProtocolError: Fault("ERROR_UNSUPPORTED_PROTOCOL", "Unsupported event handler protocol"),
        WrongAddressError: Fault("ERROR_WRONG_HANDLER_URL", "Wrong handler URL"),
        AlreadyBoundError: Fault("ERROR_CORE", "Unable to set event handler: Handler already binded"),
    },
)
async def event_bind(tx: Tx, call: Call, params: Params) -> bool:
    """Bind the handler."""
    is_offline = params.EVENT_TYPE.strip().lower() == "offline"
    event = name_of(params.EVENT)
    for name, value in (("EVENT", event), ("HANDLER", "-" if is_offline else params.HANDLER)):
        if not value:
            raise ApiError(ERROR_ARGUMENT, text=f"Argument '{name}' is null or empty", argument=name)
    if event not in names_for(call.caller.scopes):
        raise ApiError(Fault("ERROR_EVENT_NOT_FOUND", "Event not found"))
    options = msgspec.json.encode(params.OPTIONS.value if params.OPTIONS and params.OPTIONS.value else {})
    if len(options) > _MAX_OPTIONS_LENGTH or len(params.AUTH_CONNECTOR) > _MAX_CONNECTOR_LENGTH:
        raise ApiError(ERROR_ARGUMENT, text="Argument 'OPTIONS' is too large", argument="OPTIONS")
    await handlers.bind_handler(
        tx,
        call.caller.person,
        Handler(
            id=0,
            application_id=application_of(call).id,
            event=event,
            url=params.HANDLER,
            auth_person_id=max(params.AUTH_TYPE, 0),
            is_offline=int(is_offline),
            connector=params.AUTH_CONNECTOR,
            options=options.decode(),
        ),
    )
    return True
