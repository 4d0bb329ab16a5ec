"""``task.item.update``: change a task.

Source: docs ``task.item.update``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import tasks
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.tasks import ERRORS, ID_NAMES, WRONG_ARGUMENTS, read_change


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    TASKID: int  # the task's number
    TASKDATA: Structure | None = None  # map of the fields to be changed; the others stay as they are


@method(
    "task.item.update",
    scope="task",
    params=Params,
    aliases={**ID_NAMES, "1": "TASKDATA", "ARNEWTASKDATA": "TASKDATA", "FIELDS": "TASKDATA"},
    faults={"TASKID": WRONG_ARGUMENTS, "TASKDATA": WRONG_ARGUMENTS},
    errors=ERRORS,
)
async def task_item_update(tx: Tx, call: Call, params: Params) -> bool:
    """Change what is given."""
    await tasks.change_task(tx, call.caller.person, params.TASKID, read_change(call, params.TASKDATA))
    return True
