"""``task.item.complete``: note that a task is done.

Source: docs ``task.item.complete``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import tasks
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.tasks import ERRORS, ID_NAMES, WRONG_ARGUMENTS


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    TASKID: int  # the task's number


@method(
    "task.item.complete",
    scope="task",
    params=Params,
    aliases=ID_NAMES,
    faults={"TASKID": WRONG_ARGUMENTS},
    errors=ERRORS,
)
async def task_item_complete(tx: Tx, call: Call, params: Params) -> bool:
    """Complete the task; true also when it was completed before."""
    await tasks.complete_task(tx, call.caller.person, params.TASKID)
    return True
