"""``im.notify.schema.get``: the kinds of notifications there are, by module.

Source: docs "im.notify.schema.get".
"""

from __future__ import annotations

from typing import Any

from skvorets.core.notice_phrases import kinds_of
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method


@method("im.notify.schema.get", scope="im", mode="read")
async def im_notify_schema_get(tx: Tx, call: Call, params: NoParams) -> dict[str, Any]:
    """Give names of modules and kinds in the portal's language."""
    return {
        module: {
            "name": name,
            "module_id": module,
            "list": [{"id": f"{module}|{event}", "name": what} for event, what in events.items()],
        }
        for module, (name, events) in kinds_of(tx.portal.language).items()
    }
