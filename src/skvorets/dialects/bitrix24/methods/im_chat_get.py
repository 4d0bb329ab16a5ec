"""``im.chat.get``: find the chat of a thing, such as a lead of a CRM.

Source: spec ``bitrix24-im.md`` §6.3; seed "im.chat.get".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import chats
from skvorets.core.lines.clients import OPERATORS_ENTITY
from skvorets.dialects.bitrix24.lines import chat_by_code
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(Struct, frozen=True):
    """Parameters as documented; nothing is found when one is missing."""

    ENTITY_TYPE: str = ""  # CRM, LINES, LIVECHAT, or a code of one's own
    ENTITY_ID: str = ""


@method("im.chat.get", scope="im", params=Params, mode="read")
async def im_chat_get(tx: Tx, call: Call, params: Params) -> int | None:
    """Give the id of the newest such chat which the caller may read, or None.

    COMPAT(bitrix24): a plain number as in the seed; later versions wrap it in an object.
    """
    if not params.ENTITY_TYPE or not params.ENTITY_ID:
        return None
    if params.ENTITY_TYPE == OPERATORS_ENTITY:
        found = await chat_by_code(tx, call.caller.person, params.ENTITY_ID)
        return None if found is None else found.id
    chat = await chats.newest_of_entity(tx, call.caller.person, params.ENTITY_TYPE, params.ENTITY_ID)
    return None if chat is None else chat.id
