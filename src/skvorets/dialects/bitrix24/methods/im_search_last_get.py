"""``im.search.last.get``: what the caller found last, the newest first.

Source: spec ``bitrix24-im.md`` §11; seed "im.search.last.get"; docs (an item that is a chat).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from skvorets.core import last_searches
from skvorets.core.access import Seat
from skvorets.core.last_searches import LastFound
from skvorets.dialects.bitrix24.recent_kinds import Kinds
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import Frame, View, frame_of
from skvorets.dialects.bitrix24.views_chats import Standing, chat_view, hex_of, load_standings
from skvorets.dialects.bitrix24.views_people import view_people


class Params(Struct, frozen=True):
    """Parameters as documented."""

    SKIP_OPENLINES: bool = False
    SKIP_CHAT: bool = False
    SKIP_DIALOG: bool = False


@method("im.search.last.get", scope="im", params=Params, mode="read")
async def im_search_last_get(tx: Tx, call: Call, params: Params) -> list[View]:
    """List at most thirty conversations."""
    kinds = Kinds(lines=not params.SKIP_OPENLINES, chats=not params.SKIP_CHAT, dialogs=not params.SKIP_DIALOG)
    frame = frame_of(tx, call)
    found = [one for one in await last_searches.last_found(tx, call.caller.person) if _is_wanted(one, kinds)]
    people = await view_people(tx, [one.other for one in found if one.other is not None], frame)
    standings = await load_standings(tx, [(one.seat.chat, one.seat.member) for one in found if one.seat is not None])
    return [_item(one, people, standings, frame) for one in found]


def _is_wanted(one: LastFound, kinds: Kinds) -> bool:
    return kinds.dialogs if one.seat is None else kinds.include(one.seat.chat)


def _item(one: LastFound, people: Mapping[int, View], standings: Mapping[int, Standing], frame: Frame) -> View:
    if one.seat is not None:
        return _chat_item(one.seat, standings, frame)
    user = people[one.other.id] if one.other is not None else {}
    avatar = {"url": user["avatar"], "color": user["color"]}
    return {"id": user["id"], "type": "user", "avatar": avatar, "title": user["name"], "user": user}


def _chat_item(seat: Seat, standings: Mapping[int, Standing], frame: Frame) -> View:
    chat = seat.chat
    return {
        "id": f"chat{chat.id}",
        "type": "chat",
        "avatar": {"url": frame.picture(chat.avatar), "color": hex_of(chat)},
        "title": chat.title,
        "chat": chat_view(chat, seat.member, frame, standings[chat.id]),
    }
