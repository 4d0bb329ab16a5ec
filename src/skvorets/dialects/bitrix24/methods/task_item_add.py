"""``task.item.add``: give somebody a task.

Source: docs ``task.item.add``.
"""

from __future__ import annotations

import msgspec

from skvorets.core import tasks
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.tasks import ERRORS, WRONG_ARGUMENTS, read_new


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    TASKDATA: Structure | None = None  # map: TITLE, DESCRIPTION, RESPONSIBLE_ID, DEADLINE (ATOM), PRIORITY


@method(
    "task.item.add",
    scope="task",
    params=Params,
    aliases={"0": "TASKDATA", "ARNEWTASKDATA": "TASKDATA", "FIELDS": "TASKDATA"},
    faults={"TASKDATA": WRONG_ARGUMENTS},
    errors=ERRORS,
)
async def task_item_add(tx: Tx, call: Call, params: Params) -> int:
    """Add the task; its id."""
    task = await tasks.add_task(tx, call.caller.person, read_new(call, params.TASKDATA))
    return task.id
