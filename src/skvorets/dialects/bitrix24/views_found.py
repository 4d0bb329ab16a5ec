"""Messages as ``im.dialog.messages.search`` gives them: a newer form of the objects than elsewhere in ``im.*``.

Source: docs ``im.dialog.messages.search``. Keys of messages are those of ``im.dialog.messages.get`` with some more;
keys of people are the same in camelCase; likes stand apart as reactions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from skvorets.core.access import Seat
from skvorets.core.forwarding import FORWARD_USER_ID
from skvorets.core.messages import SYSTEM_CLASS
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.dialects.bitrix24.views_messages import is_unread_by, view_messages
from skvorets.storage import messages, reads
from skvorets.storage.database import Tx
from skvorets.storage.messages import FORWARD_ID, Message
from skvorets.storage.reads import Progress

# The reaction that a like is. [docs]
_LIKE = "like"
_WORD = re.compile("_([a-z])")


async def view_found(tx: Tx, found: Sequence[Message], seat: Seat, frame: Frame) -> View:
    """Give the whole documented result: at most eight queries, however many messages there are."""
    answered = await _answered_by(tx, found, seat)
    page = await view_messages(tx, [*found, *answered], seat, frame)
    readers = await reads.furthest(tx, seat.chat.id) if found else []
    likes = {view["id"]: (view["params"] or {}).pop("LIKE", []) for view in page.messages}
    views = {
        message.id: _message_view(message, view, seat, readers)
        for message, view in zip([*found, *answered], page.messages, strict=True)
    }
    people = {view["id"]: _in_camel_case(view) for view in page.users}
    return {
        "users": list(people.values()),
        "files": page.files,
        "additionalMessages": [views[one.id] for one in answered],
        "copilot": None,
        "stickers": [],
        "reactions": [_reactions(message_id, who, seat) for message_id, who in likes.items() if who],
        # There are no tariffs.
        "tariffRestrictions": {"isHistoryLimitExceeded": False},
        "usersShort": _short(likes.values(), people),
        "messages": [views[one.id] for one in found],
    }


def _message_view(message: Message, view: View, seat: Seat, readers: Iterable[Progress]) -> View:
    params = view["params"] or {}
    is_own = seat.member is not None and message.author_id == seat.member.person_id
    return {
        "id": view["id"],
        "chat_id": view["chat_id"],
        "author_id": view["author_id"],
        "date": view["date"],
        "text": view["text"],
        "isSystem": message.author_id == 0 or params.get("CLASS") == SYSTEM_CLASS,
        "uuid": view["uuid"],
        "forward": _forward(params),
        # COMPAT(bitrix24): an empty list, not an empty object.
        "params": params or [],
        "viewedByOthers": any(one.person_id != message.author_id and one.seq >= message.seq for one in readers),
        "unread": is_unread_by(message, seat),
        "viewed": is_own or (seat.member is not None and message.seq <= seat.member.read_seq),
    }


def _forward(params: Mapping[str, Any]) -> View | None:
    """Say what is forwarded; null for words of one's own. The documented samples show null only. [inferred]"""
    if FORWARD_ID not in params:
        return None
    return {"id": str(params[FORWARD_ID]), "userId": params.get(FORWARD_USER_ID, 0)}


async def _answered_by(tx: Tx, found: Sequence[Message], seat: Seat) -> list[Message]:
    """Give the messages that the found ones answer, without those found themselves."""
    wanted = {one.read_params().get("REPLY_ID") for one in found} - {one.id for one in found}
    ids = sorted(one for one in wanted if isinstance(one, int) and one >= seat.first_id)
    if not ids:
        return []
    return [one for one in (await messages.find_many(tx, ids)).values() if one.chat_id == seat.chat.id]


def _reactions(message_id: int, likes: Sequence[int], seat: Seat) -> View:
    is_mine = seat.member is not None and seat.member.person_id in likes
    return {
        "messageId": message_id,
        "reactionCounters": {_LIKE: len(likes)},
        "reactionUsers": {_LIKE: list(likes)},
        "ownReactions": [_LIKE] if is_mine else [],
    }


def _short(likes: Iterable[Sequence[int]], people: Mapping[int, View]) -> list[View]:
    """Give those who like something, each once."""
    ids = dict.fromkeys(one for who in likes for one in who if one in people)
    return [{"id": one, "name": people[one]["name"], "avatar": people[one]["avatar"]} for one in ids]


def _in_camel_case(person: View) -> View:
    """Rename the keys of a user object; those within ``phones`` and ``botData`` stay, as in the documented sample."""
    return {_WORD.sub(lambda match: match[1].upper(), name): value for name, value in person.items()}
