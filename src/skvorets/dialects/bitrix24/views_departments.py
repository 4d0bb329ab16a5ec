"""The department object, and people by department.

Source: spec ``bitrix24-im.md`` §4.8, §10; seed "im.department.*".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from skvorets.core import departments
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.values import BadValue, to_int_list
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.dialects.bitrix24.views_people import load_people, view_people
from skvorets.storage.database import Tx
from skvorets.storage.departments import Department
from skvorets.storage.people import Person

ONLY_EMPLOYEES: Final = Fault("ACCESS_ERROR", "Only intranet users have access to this method.", 403)
MAX_DEPARTMENTS: Final = 500
"""Departments named in one call; undocumented, more than companies have."""


def read_ids(given: Structure | None, fault: Fault) -> list[int]:
    """Read ``ID``: a list of ids, each once, also as JSON text. Raises ApiError with the fault for everything else."""
    try:
        ids = to_int_list(given.value if given is not None else None)
    except BadValue:
        raise ApiError(fault) from None
    if not ids:
        raise ApiError(fault)
    return list(dict.fromkeys(ids))[:MAX_DEPARTMENTS]


async def view_departments(
    tx: Tx, found: Iterable[Department], company: Mapping[int, Department], frame: Frame | None
) -> list[View]:
    """Give the documented objects in their order; with a frame the data of the heads, too.

    Two queries for the heads, however many they are. ``manager_user_data`` is False where there is no head.
    """
    shown = list(found)
    heads = await load_people(tx, (one.head_id for one in shown), frame) if frame is not None else {}
    return [
        {
            "id": one.id,
            "name": one.name,
            "full_name": departments.full_name(company, one.id),
            "manager_user_id": one.head_id,
            **({} if frame is None else {"manager_user_data": heads.get(one.head_id, False)}),
        }
        for one in shown
    ]


async def view_by_department(
    tx: Tx, ids: Iterable[int], found: Mapping[int, Sequence[Person]], frame: Frame | None
) -> dict[int, list[Any]] | list[Any]:
    """Give department → ids of people, with a frame their objects; departments without people have empty lists."""
    everybody = {one.id: one for group in found.values() for one in group}
    views = await view_people(tx, everybody.values(), frame) if frame is not None else {}
    shown = {key: [one.id if frame is None else views[one.id] for one in found.get(key, ())] for key in ids}
    return shown or []  # COMPAT(bitrix24): a map without entries is an empty list
