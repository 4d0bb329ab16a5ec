"""``im.dialog.get``: what a dialog is, who has read it, who has seen its last message.

Source: spec ``bitrix24-im.md`` §7.2, §4.3; seed "im.dialog.get".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core import access, chats
from skvorets.core.access import Dialog, Seat
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY
from skvorets.dialects.bitrix24.registry import Call, Tx, method, private_key
from skvorets.dialects.bitrix24.values import to_text
from skvorets.dialects.bitrix24.views import Frame, View, frame_of
from skvorets.dialects.bitrix24.views_chats import chat_view, load_standings
from skvorets.errors import ChatNotFoundError
from skvorets.storage import members, messages
from skvorets.storage.members import Reader

# Members that are listed, the latest reader first. Undocumented: a chat of thousands must not make such an answer.
MAX_READERS = 100
# People named as the first who saw the last message. Undocumented.
MAX_FIRST_VIEWERS = 3


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # chatN or the id of a person


@method("im.dialog.get", scope="im", params=Params, mode="free", faults={"DIALOG_ID": DIALOG_ID_EMPTY})
async def im_dialog_get(call: Call, params: Params) -> View:
    """Give the dialog; a private one is created when it is opened first."""
    store, person = call.surroundings.store, call.caller.person
    try:
        return await store.read(_view, call, params.DIALOG_ID)
    except ChatNotFoundError:
        if not params.DIALOG_ID.person_id:
            raise
    await store.write(private_key(person.id, params.DIALOG_ID.person_id), _open, call, params.DIALOG_ID.person_id)
    return await store.read(_view, call, params.DIALOG_ID)


async def _open(tx: Tx, call: Call, person_id: int) -> None:
    person = call.caller.person
    await chats.open_private(tx, person, await access.person_to_write_to(tx, person, person_id))


async def _view(tx: Tx, call: Call, dialog: Dialog) -> View:
    seat = await access.chat_to_read(tx, call.caller.person, dialog)
    frame = frame_of(tx, call)
    standings = await load_standings(tx, [(seat.chat, seat.member)])
    view = chat_view(seat.chat, seat.member, frame, standings[seat.chat.id])
    readers = await members.readers_of(tx, seat.chat.id, call.caller.person.id, MAX_READERS)
    return {
        **view,
        # COMPAT(bitrix24): these two are texts in the seed's sample of this method.
        "id": str(view["id"]),
        "owner": str(view["owner"]),
        "dialog_id": to_text(call.given["DIALOG_ID"]).strip(),  # as it was named
        "readed_list": [{**_who(one, frame), "message_id": one.read_id if one.read_at else 0} for one in readers],
        "last_message_views": await _views_of_last(tx, seat, frame),
    }


async def _views_of_last(tx: Tx, seat: Seat, frame: Frame) -> dict[str, Any]:
    chat = seat.chat
    last = await messages.find(tx, chat.last_message_id)
    if last is None:
        return {"message_id": 0, "first_viewers": [], "count_of_viewers": 0}
    first, count = await members.viewers_of(tx, chat.id, last.seq, last.author_id, MAX_FIRST_VIEWERS)
    return {"message_id": last.id, "first_viewers": [_who(one, frame) for one in first], "count_of_viewers": count}


def _who(reader: Reader, frame: Frame) -> dict[str, Any]:
    date = frame.clock.atom(reader.read_at) if reader.read_at else None
    return {"user_id": reader.person_id, "user_name": reader.name, "date": date}
