"""``imopenlines.dialog.get``: the chat in which operators answer a customer.

Source: spec ``bitrix24-openlines.md`` §4.4; seed "imopenlines.dialog.get".
"""

from __future__ import annotations

import msgspec

from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.lines import SCOPE, chat_by_code, chat_to_see
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_chats import chat_view, load_standings
from skvorets.errors import NotALineChatError, NotAllowedError, NotFoundError
from skvorets.storage import line_sessions, members
from skvorets.storage.chats import Chat

# COMPAT(bitrix24): 400 here, 403 in the messenger. [docs]
NO_ACCESS = Fault("ACCESS_ERROR", "You do not have access to the specified dialog")


class Params(msgspec.Struct, frozen=True):
    """Any one of the documented parameters; of several the first one in this order counts."""

    CHAT_ID: int = 0
    DIALOG_ID: Dialog | None = None  # chatN
    SESSION_ID: int = 0
    USER_CODE: str = ""  # livechat|1|1373|211, also imol|livechat|1|1373|211


@method(
    "imopenlines.dialog.get",
    scope=SCOPE,
    params=Params,
    mode="read",
    faults=dict.fromkeys(("CHAT_ID", "DIALOG_ID", "SESSION_ID", "USER_CODE"), DIALOG_ID_EMPTY),
    errors={NotFoundError: NO_ACCESS, NotAllowedError: NO_ACCESS, NotALineChatError: NO_ACCESS},
)
async def imopenlines_dialog_get(tx: Tx, call: Call, params: Params) -> View:
    """Give the chat object; COMPAT(bitrix24): ``dialog_id`` is null in the seed's sample, chatN since."""
    person = call.caller.person
    chat = await _chat(tx, call, params)
    member = await members.find(tx, chat.id, person.id)
    standings = await load_standings(tx, [(chat, member)])
    return {**chat_view(chat, member, frame_of(tx, call), standings[chat.id]), "dialog_id": f"chat{chat.id}"}


async def _chat(tx: Tx, call: Call, params: Params) -> Chat:
    person = call.caller.person
    if params.CHAT_ID > 0:
        return await chat_to_see(tx, person, params.CHAT_ID)
    if params.DIALOG_ID is not None:
        return await chat_to_see(tx, person, params.DIALOG_ID.chat_id)
    if params.SESSION_ID > 0:
        session = await line_sessions.find(tx, params.SESSION_ID)
        return await chat_to_see(tx, person, session.chat_id if session is not None else 0)
    if not params.USER_CODE.strip():
        raise ApiError(DIALOG_ID_EMPTY)
    chat = await chat_by_code(tx, person, params.USER_CODE)
    if chat is None:
        raise ApiError(NO_ACCESS)
    return chat
