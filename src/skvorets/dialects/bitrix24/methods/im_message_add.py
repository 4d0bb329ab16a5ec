"""``im.message.add``: send a message to a chat or a person.

Source: spec ``bitrix24-im.md`` §8.1; seed "im.message.add".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from skvorets.core import chats
from skvorets.core.access import Seat
from skvorets.core.messages import SYSTEM_CLASS, NewMessage, post_message
from skvorets.dialects.bitrix24.content import read_content, without_empty
from skvorets.dialects.bitrix24.errors import (
    ACTION_UNAVAILABLE,
    DIALOG_ID_EMPTY,
    MESSAGE_EMPTY,
    PARAMS_ERROR,
    USER_NOT_FOUND,
    ApiError,
    Fault,
)
from skvorets.dialects.bitrix24.naming import CHAT_FAULTS, dialog_of, lock_of_dialog, person_of
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import (
    ChatNotFoundError,
    EmptyMessageError,
    MessageNotFoundError,
    NotAllowedError,
    PersonNotFoundError,
    ReplyElsewhereError,
)
from skvorets.storage.database import may_run_side_by_side

WRONG_MESSAGE = Fault("MESSAGE_EMPTY", "Wrong message type")
REPLY_ACCESS_ERROR = Fault("REPLY_ACCESS_ERROR", "Action unavailable", 403)
REPLY_FROM_OTHER_CHAT = Fault(
    "REPLY_FROM_OTHER_CHAT_ERROR", "You can only reply to a message within the same chat", 403
)

# Characters of a client's own id for a message. [source: im]
MAX_TEMPLATE_ID = 255


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: str | None = None  # chatN or the id of a person, or one of the next two
    CHAT_ID: int | None = None  # number of a chat
    USER_ID: int | None = None  # id of a person
    MESSAGE: str = ""  # required without ATTACH; BB codes; longer than 20,000 characters is cut
    SYSTEM: bool = False  # show it as a line of the system, in groups beginning with the application's name
    ATTACH: Structure | None = None  # at most 30 KB
    KEYBOARD: Structure | None = None
    MENU: Structure | None = None
    BOT_ID: int = 0  # which bot gets the commands of KEYBOARD and MENU
    URL_PREVIEW: bool = True  # may links be shown as cards?
    SKIP_CONNECTOR: bool = False  # keep it from the client of an open line
    TEMPLATE_ID: str = ""  # id made by the client, at most 255 characters: a repeated send is answered, not repeated
    REPLY_ID: int = 0  # a message of the same chat


class _Recipient(Struct, frozen=True):
    """``AnyDialog`` with the two numbers folded into one text or number."""

    DIALOG_ID: str | None
    CHAT_ID: int | None


def _recipient(params: Params) -> _Recipient:
    if params.DIALOG_ID is None and params.CHAT_ID is None and params.USER_ID is not None:
        return _Recipient(str(person_of(params.USER_ID)), None)
    return _Recipient(params.DIALOG_ID, params.CHAT_ID)


def _lock(call: Call, params: Params) -> int:
    return lock_of_dialog(call, _recipient(params))


@method(
    "im.message.add",
    scope="im",
    params=Params,
    faults={**CHAT_FAULTS, "USER_ID": DIALOG_ID_EMPTY, "MESSAGE": WRONG_MESSAGE, "REPLY_ID": REPLY_ACCESS_ERROR},
    errors={
        ChatNotFoundError: ACTION_UNAVAILABLE,
        PersonNotFoundError: USER_NOT_FOUND,
        NotAllowedError: ACTION_UNAVAILABLE,
        MessageNotFoundError: REPLY_ACCESS_ERROR,
        ReplyElsewhereError: REPLY_FROM_OTHER_CHAT,
        EmptyMessageError: MESSAGE_EMPTY,
    },
    lock=_lock,
)
@may_run_side_by_side
async def im_message_add(tx: Tx, call: Call, params: Params) -> int:
    """Post the message; its id."""
    dialog = dialog_of(_recipient(params))
    if dialog is None:
        raise ApiError(PARAMS_ERROR)
    if not params.MESSAGE.strip() and (params.ATTACH is None or params.ATTACH.value is None):
        raise EmptyMessageError
    seat = await chats.seat_to_write(tx, call.caller.person, dialog)
    content = without_empty(read_content(params, seat.chat, bot_id=params.BOT_ID, now=tx.now))
    message = await post_message(tx, _message(call, params, seat, content))
    return message.id


def _message(call: Call, params: Params, seat: Seat, content: dict[str, Any]) -> NewMessage:
    person_id, text, author_id = call.caller.person.id, params.MESSAGE, call.caller.person.id
    if params.SYSTEM:
        author_id = 0
        content = {"CLASS": SYSTEM_CLASS, **content}
        if call.caller.application is not None and not seat.chat.is_private:
            text = f"[B]{call.caller.application.name}[/B]\n{text}"
    return NewMessage(
        chat=seat.chat,
        author_id=author_id,
        actor_id=person_id,
        text=text,
        params=content,
        # Lines of the system have one author for all programs, so an id of one program means nothing there.
        client_id=None if params.SYSTEM else params.TEMPLATE_ID[:MAX_TEMPLATE_ID] or None,
        calls_bots=not params.SYSTEM,
        reply_to=max(0, params.REPLY_ID),
        skips_connector=params.SKIP_CONNECTOR,
        previews_links=params.URL_PREVIEW,
    )
