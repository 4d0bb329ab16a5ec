"""The standard paging of list methods: fifty rows from ``start``. Source: spec ``bitrix24-transport.md`` §5."""

from __future__ import annotations

from typing import Any

from skvorets.dialects.bitrix24.registry import Call, Page

PAGE_SIZE = 50


def offset_of(call: Call) -> int:
    """Where the page begins; ``start=-1`` (do not count) means the first page."""
    return max(call.start or 0, 0)


def is_counted(call: Call) -> bool:
    """Shall all rows be counted? Not with ``start=-1``."""
    return call.start != -1


def page(call: Call, items: list[Any], total: int | None) -> Page:
    """Put rows that begin at ``offset_of`` into the answer; ``total`` None = not counted."""
    return Page(items, offset_of(call), len(items), total if is_counted(call) else None)
