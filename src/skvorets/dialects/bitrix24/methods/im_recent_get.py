"""``im.recent.get``: the caller's conversations of the last 30 days.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.get".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core.recents import Wanted, recents_of
from skvorets.dialects.bitrix24.recent_kinds import read_date
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_recent import load_recents

_DAY_MS = 24 * 3600 * 1000
# Conversations in which nothing was said for longer are left out, unless they are pinned. [source: im]
LISTED_MS = 30 * _DAY_MS
# LAST_SYNC_DATE reaches back so far at most. [seed]
SYNCED_MS = 7 * _DAY_MS


class Params(Struct, frozen=True):
    """Parameters as documented."""

    SKIP_OPENLINES: bool = False
    SKIP_CHAT: bool = False
    SKIP_DIALOG: bool = False
    ONLY_OPENLINES: bool = False
    LAST_UPDATE: str = ""  # ATOM: only what changed since
    LAST_SYNC_DATE: str = ""  # ATOM: the same, at most seven days


@method("im.recent.get", scope="im", params=Params, mode="scan")
async def im_recent_get(tx: Tx, call: Call, params: Params) -> list[View]:
    """Give the conversations, pinned ones first, then the newest."""
    since = read_date(call, "LAST_UPDATE", params.LAST_UPDATE)
    synced = read_date(call, "LAST_SYNC_DATE", params.LAST_SYNC_DATE)
    if synced is not None:
        since = max(since or 0, synced, tx.now - SYNCED_MS)
    wanted = Wanted(
        lines=not params.SKIP_OPENLINES,
        chats=not (params.SKIP_CHAT or params.ONLY_OPENLINES),
        dialogs=not (params.SKIP_DIALOG or params.ONLY_OPENLINES),
        said_since=tx.now - LISTED_MS,
        changed_since=since,
    )
    lines, _ = await recents_of(tx, call.caller.person, wanted)
    return [_as_in_the_sample(item) for item in await load_recents(tx, lines, frame_of(tx, call))]


def _as_in_the_sample(item: View) -> View:
    # COMPAT(bitrix24): this method writes ids and counters as text. [seed]
    message, user, chat = item["message"], item["user"], item.get("chat")
    shown: dict[str, Any] = {
        **item,
        "id": str(item["id"]),
        "chat_id": str(item["chat_id"]),
        "message": {**message, "id": str(message["id"]), "author_id": str(message["author_id"])},
        "counter": str(item["counter"]),
        "date": message["date"],
    }
    if chat is None:
        # COMPAT(bitrix24): an unknown birthday is false here and "" elsewhere. [seed]
        shown["user"] = {**user, "id": str(user["id"]), "birthday": user.get("birthday") or False}
    else:
        del shown["user"]  # documented for private dialogs only
        shown["chat"] = {**chat, "id": str(chat["id"]), "owner": str(chat["owner"])}
    return shown
