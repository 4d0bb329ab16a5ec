"""How messages are shown, many at once. Shapes: ``shapes/messages.py``.

What a message answers or forwards is shown in short, and only to a reader who could open it: a message of another chat,
or of a part of the history that is hidden from him, gives no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import msgspec

from skvorets.core import access, line_hooks
from skvorets.core.access import Seat
from skvorets.core.file_links import FileAddresses
from skvorets.core.forwarding import FORWARD_USER_ID
from skvorets.core.messages import SYSTEM_CLASS
from skvorets.dialects.native.shapes.messages import FileView, MessageView, QuoteView
from skvorets.dialects.native.viewer import Viewer
from skvorets.dialects.native.views_files import addresses_for, file_view
from skvorets.storage import files, members, messages
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.messages import FORWARD_ID, Message

QUOTED_CHARS: Final = 300
"""Characters of a quoted message: two lines of a wide screen."""
# Params that are shown by fields of their own.
_FIELDS_OF_THEIR_OWN = frozenset({"FILE_ID", "LIKE"})
# Params that name people.
_PARAMS_OF_PEOPLE = ("USER_ID", "CHAT_USER")
_REPLY_ID = "REPLY_ID"
_Params = dict[str, Any]


class _Surroundings(msgspec.Struct, frozen=True):
    """What the messages of a page name."""

    viewer: Viewer
    seats: Mapping[int, Seat]  # by chat
    likes: Mapping[int, list[int]]  # people by message
    quoted: Mapping[int, Message]  # those which the reader could open
    files: Mapping[int, File]
    addresses: FileAddresses


async def view_messages(
    tx: Tx, viewer: Viewer, found: Sequence[Message], seats: Mapping[int, Seat]
) -> tuple[list[MessageView], set[int]]:
    """Show messages of chats in which the reader has these seats, in their order; and ids of all people they name.

    At most four queries, one for messages that show no files and answer nothing, none for nothing.
    """
    if not found:
        return [], set()
    params = [one.read_params() for one in found]
    file_ids = [one for each in params for one in ids_in(each.get("FILE_ID"))]
    quoted_ids = {one for each in params for one in ids_in([each.get(_REPLY_ID), each.get(FORWARD_ID)])}
    around = _Surroundings(
        viewer=viewer,
        seats=seats,
        likes=await messages.likes_of(tx, (one.id for one in found)),
        quoted=await _quoted(tx, viewer, quoted_ids, seats) if quoted_ids else {},
        files=await files.find_many(tx, file_ids) if file_ids else {},
        addresses=addresses_for(tx, viewer),
    )
    views = [_message_view(one, each, around) for one, each in zip(found, params, strict=True)]
    people = set(chain.from_iterable(_people_in(view) for view in views))
    return views, people - {0}


def ids_in(value: object) -> Iterator[int]:
    """Give the ids of a param, which is one or a list of them."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, int) and not isinstance(one, bool) and one > 0:
            yield one


def _message_view(message: Message, params: _Params, around: _Surroundings) -> MessageView:
    viewer, seat = around.viewer, around.seats[message.chat_id]
    # What an operator says to others only has the CLASS of lines of the system.
    is_whisper = seat.chat.kind == "line" and message.author_id != 0 and line_hooks.is_hidden(params)
    return MessageView(
        id=message.id,
        chat_id=message.chat_id,
        seq=message.seq,
        author_id=message.author_id,
        created_at=message.created_at,
        edited_at=message.edited_at,
        is_deleted=message.deleted_at > 0,
        is_system=message.author_id == 0 or (params.get("CLASS") == SYSTEM_CLASS and not is_whisper),
        is_whisper=is_whisper,
        text=message.text,
        params={name: value for name, value in params.items() if name not in _FIELDS_OF_THEIR_OWN},
        files=_files_of(message, params, around),
        likes=around.likes.get(message.id, []),
        reply_to=_quote(params.get(_REPLY_ID), 0, around),
        forwarded=_quote(params.get(FORWARD_ID), params.get(FORWARD_USER_ID), around),
        client_id=(message.client_id or "") if message.author_id == viewer.person.id else "",
        can_edit=access.may_edit(viewer.person, seat, message, viewer.now),
        can_delete=message.deleted_at == 0 and access.may_delete(viewer.person, seat, message),
    )


def _files_of(message: Message, params: _Params, around: _Surroundings) -> list[FileView]:
    shown = (around.files.get(one) for one in ids_in(params.get("FILE_ID")))
    return [file_view(one, around.addresses) for one in shown if one is not None and one.chat_id == message.chat_id]


def _quote(message_id: object, author_id: object, around: _Surroundings) -> QuoteView | None:
    """Show a quoted message in short; None when none is quoted. ``author_id``: who wrote it, if that is known."""
    quoted_id = next(ids_in(message_id), 0)
    if not quoted_id:
        return None
    quoted = around.quoted.get(quoted_id)
    if quoted is None:
        author_id = next(ids_in(author_id), 0)
        return QuoteView(id=quoted_id, chat_id=0, author_id=author_id, created_at=0, text="", files=0, is_deleted=True)
    return QuoteView(
        id=quoted.id,
        chat_id=quoted.chat_id,
        author_id=quoted.author_id,
        created_at=quoted.created_at,
        text=quoted.text[:QUOTED_CHARS],
        files=sum(1 for _ in ids_in(quoted.read_params().get("FILE_ID"))),
        is_deleted=quoted.deleted_at > 0,
    )


async def _quoted(tx: Tx, viewer: Viewer, ids: Iterable[int], seats: Mapping[int, Seat]) -> dict[int, Message]:
    """Fetch those of the quoted messages which the reader could open: two queries at most."""
    found = await messages.find_many(tx, ids)
    foreign = {one.chat_id for one in found.values()} - seats.keys()
    others = await members.seats_of(tx, viewer.person.id, foreign)
    readable = {key: Seat(*one) for key, one in others.items() if access.is_readable(viewer.person, *one)}

    def is_open(message: Message) -> bool:
        seat = seats.get(message.chat_id) or readable.get(message.chat_id)
        return seat is not None and message.id >= seat.first_id

    return {key: one for key, one in found.items() if is_open(one)}


def _people_in(view: MessageView) -> Iterator[int]:
    yield view.author_id
    yield from view.likes
    yield from (one.author_id for one in view.files)
    yield from (one.author_id for one in (view.reply_to, view.forwarded) if one is not None)
    for name in _PARAMS_OF_PEOPLE:
        yield from ids_in(view.params.get(name))
