"""``im.search.last.delete``: take a conversation out of those that the caller found last.

Source: spec ``bitrix24-im.md`` §11; seed "im.search.last.delete".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import last_searches
from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24 import search
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # chatN or the id of a person


@method(
    "im.search.last.delete",
    scope="im",
    params=Params,
    faults={"DIALOG_ID": DIALOG_ID_EMPTY},
    lock=search.lock_of_last,
)
async def im_search_last_delete(tx: Tx, call: Call, params: Params) -> bool:
    """Remove; true also when it is not there, so that nothing is told about foreign chats."""
    await last_searches.forget(tx, call.caller.person, params.DIALOG_ID)
    return True
