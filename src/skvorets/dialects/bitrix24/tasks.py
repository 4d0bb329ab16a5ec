"""What the methods ``task.item.*`` share: fields in and out, errors, places of parameters.

Source: seed 002 (the "Докладун" bot); docs ``task.item.*``. Old programs give parameters by place: ``0``, ``1`` …
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skvorets.core.tasks import NewTask, TaskChange
from skvorets.dialects.bitrix24 import filters
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError, Fault
from skvorets.dialects.bitrix24.filters import Field
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call
from skvorets.dialects.bitrix24.values import BadValue, to_int, to_text
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.errors import EmptyTitleError, NotAllowedError, PersonNotFoundError, TaskNotFoundError, TooLargeError
from skvorets.php_forms import Value
from skvorets.storage.people import Person
from skvorets.storage.tasks import Task

# COMPAT(bitrix24): one code for all failures of tasks; the text begins with the number of the case.
_NOT_FOUND = Fault(
    "ERROR_CORE", "TASKS_ERROR_EXCEPTION_#4; Task not found or not accessible; 4/TE/TASK_NOT_FOUND_OR_NOT_ACCESSIBLE"
)
_DENIED = Fault("ERROR_CORE", "TASKS_ERROR_EXCEPTION_#16; Action not allowed; 16/TE/ACTION_NOT_ALLOWED")
_TITLE_EMPTY = Fault("ERROR_CORE", "TASKS_ERROR_EXCEPTION_#8; Task title is not specified; 8/TE/ERROR_BAD_TITLE")
_NOBODY = Fault("ERROR_CORE", "TASKS_ERROR_EXCEPTION_#8; Assignee not found; 8/TE/ERROR_TASKS_USER_NOT_FOUND")
WRONG_ARGUMENTS = Fault("ERROR_CORE", "TASKS_ERROR_EXCEPTION_#256; Wrong arguments; 256/TE/WRONG_ARGUMENTS")
ERRORS: Mapping[type[Exception], Fault] = {
    TaskNotFoundError: _NOT_FOUND,
    PersonNotFoundError: _NOBODY,
    NotAllowedError: _DENIED,
    EmptyTitleError: _TITLE_EMPTY,
    TooLargeError: WRONG_ARGUMENTS,
}
# Other names of the task's number and of its fields, and their places.
ID_NAMES = {"0": "TASKID", "TASK_ID": "TASKID", "ID": "TASKID"}
_STATUS_LATE = -1
_LATE_EXEMPT = frozenset({4, 5, 7})


def fields_of(call: Call) -> Mapping[str, Field]:
    """Give the documented fields of filters and orders."""
    date = filters.moment(call.surroundings.config.utc_offset_minutes)
    return {
        "ID": Field("id", to_int),
        "TITLE": Field("title"),
        "RESPONSIBLE_ID": Field("responsible_id", to_int),
        "CREATED_BY": Field("created_by", to_int),
        "PRIORITY": Field("priority", to_int),
        "STATUS": Field("shown_status", to_int),
        "REAL_STATUS": Field("status", to_int),
        "DEADLINE": Field("deadline", date),
        "CREATED_DATE": Field("created_at", date),
        "CHANGED_DATE": Field("changed_at", date),
        "CLOSED_DATE": Field("closed_at", date),
    }


def task_view(task: Task, people: Mapping[int, Person], frame: Frame, select: Iterable[str] = ()) -> View:
    """Give the documented object, all values as texts; of the fields in ``select``, if there are any, only those."""
    is_late = 0 < task.deadline < frame.now and task.status not in _LATE_EXEMPT
    view: View = {
        "ID": str(task.id),
        "TITLE": task.title,
        "DESCRIPTION": task.description,
        "DESCRIPTION_IN_BBCODE": "Y",
        "PRIORITY": str(task.priority),
        "STATUS": str(_STATUS_LATE if is_late else task.status),
        "REAL_STATUS": str(task.status),
        **_person(people.get(task.responsible_id), task.responsible_id, "RESPONSIBLE"),
        **_person(people.get(task.created_by), task.created_by, "CREATED_BY"),
        "DEADLINE": frame.date(task.deadline) or "",
        "CREATED_DATE": frame.date(task.created_at) or "",
        "CHANGED_DATE": frame.date(task.changed_at) or "",
        "CLOSED_DATE": frame.date(task.closed_at) or "",
        "GROUP_ID": "0",
        "PARENT_ID": "0",
    }
    wanted = {name.upper() for name in select}
    return view if not wanted or "*" in wanted else {name: view[name] for name in view if name in wanted | {"ID"}}


def people_of(tasks: Iterable[Task]) -> set[int]:
    """Give the ids of those who are named in tasks."""
    return {person_id for task in tasks for person_id in (task.responsible_id, task.created_by)}


def read_new(call: Call, data: Structure | None) -> NewTask:
    """Read the fields of a new task; without RESPONSIBLE_ID it is the caller's own. Raises ApiError."""
    change = read_change(call, data)
    return NewTask(
        title=change.title or "",
        responsible_id=change.responsible_id or call.caller.person.id,
        description=change.description or "",
        deadline=change.deadline or 0,
        priority=1 if change.priority is None else change.priority,
    )


def read_change(call: Call, data: Structure | None) -> TaskChange:
    """Read the fields that are given; unknown ones are ignored. Raises ApiError for what is no map or no value."""
    given = data.value if data else None
    if not isinstance(given, dict):
        raise ApiError(WRONG_ARGUMENTS)
    date = filters.moment(call.surroundings.config.utc_offset_minutes)
    readers = {
        "TITLE": to_text,
        "DESCRIPTION": to_text,
        "RESPONSIBLE_ID": to_int,
        "PRIORITY": to_int,
        "STATUS": to_int,
        "DEADLINE": date,
    }
    fields: dict[str, Value] = {name.upper(): value for name, value in given.items()}
    values = {}
    for name, read in readers.items():
        if fields.get(name) is None:
            continue
        try:
            values[name.lower()] = read(fields[name])
        except BadValue:
            raise ApiError(ERROR_ARGUMENT, text=f"Argument '{name}' is null or empty", argument=name) from None
    return TaskChange(**values)  # type: ignore[arg-type]  # each reader gives its field's type


def _person(person: Person | None, person_id: int, role: str) -> dict[str, str]:
    return {
        "RESPONSIBLE_ID" if role == "RESPONSIBLE" else role: str(person_id),
        f"{role}_NAME": person.first_name if person else "",
        f"{role}_LAST_NAME": person.last_name if person else "",
    }
