"""What the search methods share: their refusal and their windows.

Source: spec ``bitrix24-im.md`` §11; seed "Работа с поиском".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.paging import is_counted
from skvorets.dialects.bitrix24.registry import Call, Page
from skvorets.dialects.bitrix24.views import View
from skvorets.errors import PhraseTooShortError
from skvorets.storage.database import lock_key

FIND_SHORT = Fault("FIND_SHORT", "Too short a search phrase.")
# For the method's row: what becomes of a phrase that is too short.
ERRORS: Mapping[type[Exception], Fault] = {PhraseTooShortError: FIND_SHORT}
# Results of a page: unless told otherwise [seed], and at most [docs].
USUAL_LIMIT = 10
MAX_LIMIT = 50


T = TypeVar("T")


class Window(Protocol):
    """Parameters that say which part of the results is wanted."""

    @property
    def OFFSET(self) -> int: ...  # noqa: N802, D102 — the documented name
    @property
    def LIMIT(self) -> int: ...  # noqa: N802, D102 — the documented name


def window_of(params: Window, found: Sequence[T]) -> Sequence[T]:
    """Cut the wanted part out of all that was found."""
    offset = max(params.OFFSET, 0)
    limit = min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT
    return found[offset : offset + limit]


def page_of(call: Call, params: Window, views: Mapping[int, View] | Sequence[View], total: int) -> Page:
    """Put the wanted part of the results into the answer, with how many there are in all."""
    # COMPAT(bitrix24): a map without entries is an empty list.
    return Page(views or [], max(params.OFFSET, 0), len(views), total if is_counted(call) else None)


def lock_of_last(call: Call, _: Any) -> int:
    """Give the key of the unit of work that changes what the caller found last."""
    return lock_key("last searches", call.caller.person.id)
