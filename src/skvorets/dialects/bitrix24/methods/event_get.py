"""``event.get``: the handlers that the application has bound.

Source: spec ``bitrix24-transport.md`` §10.1; docs ``event.get``.
"""

from __future__ import annotations

from skvorets.core import handlers
from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method
from skvorets.storage.handlers import Handler


@method("event.get", scope="", mode="read", needs="application")
async def event_get(tx: Tx, call: Call, params: NoParams) -> list[dict[str, str | int]]:
    """List them, oldest first; who is no administrator sees his own."""
    found = await handlers.handlers_to_see(tx, call.caller.person, application_of(call).id)
    return [_view(one) for one in found]


def _view(handler: Handler) -> dict[str, str | int]:
    if handler.is_offline:
        return {"event": handler.event, "connector_id": handler.connector, "offline": 1}
    # COMPAT(bitrix24): the id of a person as text, beside a number.
    return {"event": handler.event, "handler": handler.url, "auth_type": str(handler.auth_person_id), "offline": 0}
