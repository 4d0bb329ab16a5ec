"""``im.dialog.read.all``: mark all dialogs as read.

Source: spec ``bitrix24-im.md`` §7.2; seed "im.dialog.read.all".
"""

from __future__ import annotations

from skvorets.core import reads
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method


@method("im.dialog.read.all", scope="im", also=("im.dialog.readAll",))
async def im_dialog_read_all(tx: Tx, call: Call, params: NoParams) -> bool:
    """Read everything but notifications; marks set by hand go, too."""
    await reads.read_everything(tx, call.caller.person)
    return True
