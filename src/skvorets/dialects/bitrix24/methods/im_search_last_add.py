"""``im.search.last.add``: put a conversation on top of those that the caller found last.

Source: spec ``bitrix24-im.md`` §11; seed "im.search.last.add".
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
    "im.search.last.add",
    scope="im",
    params=Params,
    faults={"DIALOG_ID": DIALOG_ID_EMPTY},
    lock=search.lock_of_last,
)
async def im_search_last_add(tx: Tx, call: Call, params: Params) -> bool:
    """Add, or move to the top; the oldest one goes when there are more than thirty."""
    await last_searches.remember(tx, call.caller.person, params.DIALOG_ID)
    return True
