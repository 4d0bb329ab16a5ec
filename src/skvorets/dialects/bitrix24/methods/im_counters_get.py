"""``im.counters.get``: unread counters of the caller.

Source: spec ``bitrix24-im.md`` §13; seed "im.counters.get".
"""

from __future__ import annotations

from typing import Any

from skvorets.core.counters import counters_of
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method


@method("im.counters.get", scope="im", mode="read")
async def im_counters_get(tx: Tx, call: Call, params: NoParams) -> dict[str, Any]:
    """Give the counters; muted chats are listed but not in the totals."""
    counters = await counters_of(tx, call.caller.person)
    messenger = counters.total_dialogs + counters.total_chats
    return {
        "CHAT": counters.chats,
        "CHAT_MUTED": counters.muted_chats,
        "CHAT_UNREAD": counters.marked_chats,
        "DIALOG": counters.dialogs,
        "DIALOG_UNREAD": counters.marked_dialogs,
        "LINES": counters.lines,
        "TYPE": {
            "ALL": messenger + counters.total_lines + counters.total_notifications,
            "CHAT": counters.total_chats,
            "DIALOG": counters.total_dialogs,
            "LINES": counters.total_lines,
            "MESSENGER": messenger,
            "NOTIFY": counters.total_notifications,
        },
    }
