"""The message object. Source: spec ``bitrix24-im.md`` §4.4, §4.5; seed: sample of ``im.dialog.messages.get``.

``view_messages`` gives a whole page with its ``users`` and ``files`` blocks in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec

from skvorets.core.access import Seat
from skvorets.core.file_links import FileAddresses
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.dialects.bitrix24.views_files import file_view
from skvorets.dialects.bitrix24.views_people import load_people
from skvorets.storage import files, messages
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.messages import Message

# Params that name people, who then stand in the ``users`` block, too.
_PARAMS_OF_PEOPLE = ("LIKE", "USER_ID", "CHAT_USER")
_NO_LIKES: Sequence[int] = ()


class MessagePage(msgspec.Struct, frozen=True):
    """Messages as documented, and the people and files that they name."""

    messages: list[View]
    users: list[View]
    files: list[View]


def message_view(message: Message, frame: Frame, *, is_unread: bool = False, likes: Sequence[int] = _NO_LIKES) -> View:
    """Give the documented message object; ``likes`` are ids of people."""
    params = message.read_params()
    if likes:
        params["LIKE"] = list(likes)
    return {
        "id": message.id,
        "chat_id": message.chat_id,
        "author_id": message.author_id,
        "date": frame.clock.atom(message.created_at),
        "text": message.text,
        # COMPAT(bitrix24): `null`, not an empty object, as in the seed's sample.
        "params": params or None,
        "unread": is_unread,
        "uuid": message.client_id,
        "replaces": [],
        "disappearing_date": None,
    }


def is_unread_by(message: Message, seat: Seat) -> bool:
    """Is the message unread for the one who sits there? His own ones and silent ones never are."""
    member = seat.member
    if member is None or message.seq <= member.read_seq or message.author_id == member.person_id:
        return False
    return message.read_params().get("NOTIFY") != "N"


async def view_messages(tx: Tx, found: Sequence[Message], seat: Seat, frame: Frame) -> MessagePage:
    """Give messages of one chat as the one who sits there sees them: at most five queries."""
    if not found:
        return MessagePage([], [], [])
    likes = await messages.likes_of(tx, (one.id for one in found))
    views = [
        message_view(one, frame, is_unread=is_unread_by(one, seat), likes=likes.get(one.id, _NO_LIKES)) for one in found
    ]
    shown = await _files_in(tx, views, seat)
    people = await load_people(tx, chain(_people_in(views), (one.author_id for one in shown)), frame)
    addresses = FileAddresses(frame.base_url, tx.portal, frame.viewer_id, frame.now)
    names = {person_id: view["name"] for person_id, view in people.items()}
    file_views = [file_view(one, names.get(one.author_id, ""), frame, addresses) for one in shown]
    return MessagePage(views, list(people.values()), file_views)


async def _files_in(tx: Tx, views: Iterable[View], seat: Seat) -> list[File]:
    """Fetch the files of the messages, without deleted ones; no query when there are none."""
    ids = [one for view in views if view["params"] for one in _ids(view["params"].get("FILE_ID"))]
    if not ids:
        return []
    found = await files.find_many(tx, ids)
    return [found[one] for one in sorted(found) if found[one].chat_id == seat.chat.id]


def _people_in(views: Iterable[View]) -> Iterator[int]:
    for view in views:
        yield view["author_id"]
        if params := view["params"]:  # most messages have none
            for name in _PARAMS_OF_PEOPLE:
                yield from _ids(params.get(name))


def _ids(value: Any) -> Iterator[int]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, int):
            yield one
