"""``imopenlines.session.open``: the chat of a customer by his USER_CODE.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.session.open``.
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.line_operators import ACCESS_DENIED
from skvorets.dialects.bitrix24.lines import SCOPE, chat_by_code
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    USER_CODE: str  # livechat|1|1373|211, also with imol|


@method("imopenlines.session.open", scope=SCOPE, params=Params, mode="read", faults={"USER_CODE": ACCESS_DENIED})
async def imopenlines_session_open(tx: Tx, call: Call, params: Params) -> dict[str, str]:
    """Give the number of the chat, as text."""
    chat = await chat_by_code(tx, call.caller.person, params.USER_CODE)
    if chat is None:
        raise ApiError(ACCESS_DENIED)
    return {"chatId": str(chat.id)}
