"""``im.recent.get``: the caller's conversations of the last 30 days.

Source: spec ``bitrix24-im.md`` §12; seed "im.recent.get".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core.recents import Window, recents_of
from skvorets.dialects.bitrix24.recent_kinds import Kinds, read_date
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_recent import load_recents
from skvorets.storage.chats import Chat
from skvorets.storage.members import Member

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
    kinds = Kinds(
        lines=not params.SKIP_OPENLINES,
        chats=not params.SKIP_CHAT and not params.ONLY_OPENLINES,
        dialogs=not params.SKIP_DIALOG and not params.ONLY_OPENLINES,
    )
    since = read_date("LAST_UPDATE", params.LAST_UPDATE) or 0
    synced = read_date("LAST_SYNC_DATE", params.LAST_SYNC_DATE)
    if synced is not None:
        since = max(since, synced, tx.now - SYNCED_MS)

    def is_wanted(chat: Chat, member: Member) -> bool:
        is_fresh = (chat.last_message_at or chat.created_at) >= tx.now - LISTED_MS
        return kinds.include(chat) and (is_fresh or member.pinned_at > 0)

    lines, _ = await recents_of(tx, call.caller.person, Window(wanted=is_wanted))
    changed = [line for line in lines if line.changed_at >= since]
    return [_as_in_the_sample(item) for item in await load_recents(tx, changed, frame_of(tx, call))]


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
