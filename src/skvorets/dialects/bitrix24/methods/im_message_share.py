"""``im.message.share``: make a chat, a task, a post or an event from a message.

Source: spec ``bitrix24-im.md`` §8.3; seed "im.message.share". Where each is found afterwards: ``im.chat.get`` (entity
THREAD, the message's id), ``task.item.list``, ``log.blogpost.get``, ``calendar.event.get``.
"""

from __future__ import annotations

from collections.abc import Mapping

from skvorets.core import sharing
from skvorets.core.access import Dialog
from skvorets.core.sharing import Portal
from skvorets.dialects.bitrix24.calendar import clock_of
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, MESSAGE_ID_ERROR, PARAMS_ERROR, ApiError
from skvorets.dialects.bitrix24.naming import MessageParams, message_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import MessageNotFoundError

_KINDS: Mapping[str, str] = {"CHAT": "chat", "TASK": "task", "POST": "post", "CALEND": "event"}


class Params(MessageParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # the dialog of the message
    TYPE: str = ""  # CHAT, TASK, POST or CALEND


@method(
    "im.message.share",
    scope="im",
    params=Params,
    faults={"MESSAGE_ID": MESSAGE_ID_ERROR, "DIALOG_ID": DIALOG_ID_EMPTY, "TYPE": PARAMS_ERROR},
    errors={MessageNotFoundError: PARAMS_ERROR},
)
async def im_message_share(tx: Tx, call: Call, params: Params) -> bool:
    """Make it; a line of the system tells the chat where it is."""
    message_id, kind = message_of(params), _KINDS.get(params.TYPE.strip().upper())
    if kind is None or call.caller.person.extranet:
        raise ApiError(PARAMS_ERROR)
    portal = Portal(call.surroundings.config.base_url, clock_of(call))
    await sharing.share_message(tx, call.caller.person, params.DIALOG_ID, message_id, kind, portal)
    return True
