"""``task.item.getdata``: one task.

Source: docs ``task.item.getdata``; ``task.item.get`` is what some programs call it.
"""

from __future__ import annotations

import msgspec

from skvorets.core import tasks
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.tasks import ERRORS, ID_NAMES, WRONG_ARGUMENTS, people_of, task_view
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.storage import people


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    TASKID: int  # the task's number


@method(
    "task.item.getdata",
    scope="task",
    params=Params,
    mode="read",
    aliases=ID_NAMES,
    faults={"TASKID": WRONG_ARGUMENTS},
    errors=ERRORS,
    also=("task.item.get",),
)
async def task_item_getdata(tx: Tx, call: Call, params: Params) -> View:
    """Give the task as ``task.item.list`` does."""
    task = await tasks.task_to_read(tx, call.caller.person, params.TASKID)
    return task_view(task, await people.find_many(tx, people_of([task])), frame_of(tx, call))
