"""``Search/quick``: employees by a part of a name. Source: spec ``megaplan-messages.md`` §9."""

from __future__ import annotations

from skvorets.core import name_search
from skvorets.dialects.megaplan.employees import view_employees
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.registry import Call, method
from skvorets.errors import PhraseTooShortError
from skvorets.storage import people
from skvorets.storage.database import Tx

# Employees that one answer holds.
MAX_FOUND = 50


@method("BumsCommonApiV01/Search/quick")
async def search_quick(tx: Tx, call: Call) -> dict[str, object]:
    """Find employees by beginnings of words of name, position, e-mail or department; tasks and projects are none."""
    phrase = call.params.text("qs").strip()
    if not phrase:
        raise ApiError(400, "Empty query")
    try:
        ids = await name_search.people_ids(tx, call.person, phrase, name_search.ONLY_HUMANS, shortest=1)
    except PhraseTooShortError:
        ids = []
    if not ids:
        raise ApiError(404, "No results")
    found = await people.find_many(tx, ids[:MAX_FOUND])
    return {"Employees": await view_employees(tx, call, list(found.values())), "Tasks": [], "Projects": []}
