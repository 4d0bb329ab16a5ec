"""The parameter ``fields``: which values are wanted, also of linked records. Source: spec ``bpium-messages.md`` §7.3.

["2", {"fieldId": "3", "fields": {"12": ["1", "4"]}}]     as JSON, or the same in brackets
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.given import read_json
from skvorets.dialects.bpium.record_views import Shown

MAX_NAMES: Final = 1000
_ALIASES = {"$name": "1", "$email": "2"}


def read_tree(given: Any) -> Any:
    """Give a parameter that may be JSON as a text. Raises ApiError."""
    if isinstance(given, str):
        return read_json(given.encode("utf-8", "surrogatepass")) if given.strip() else None
    return given


def read_names(given: Any) -> frozenset[str] | None:
    """Give a list of ids of fields; None when nothing was given. Raises ApiError."""
    tree = read_tree(given)
    return None if tree is None else frozenset(_id(one) for one in _list(tree))


def read_shown(given: Any, *, expands_all: bool) -> Shown:
    """Give what is wanted. Raises ApiError."""
    tree = read_tree(given)
    if tree is None:
        return Shown(expands_all=expands_all)
    names: set[str] = set()
    expanded: dict[str, Mapping[str, frozenset[str]] | None] = {}
    for one in _list(tree):
        name = _id(one)
        names.add(name)
        inner = one.get("fields") if isinstance(one, dict) else None
        if inner is None:
            continue
        if not isinstance(inner, dict):
            raise ApiError(400, "fields of linked records are an object by catalog.")
        expanded[name] = {key: frozenset(_id(each) for each in _list(value)) for key, value in inner.items()}
    return Shown(fields=frozenset(names), expanded=expanded, expands_all=expands_all)


def _list(given: Any) -> list[Any]:
    if not isinstance(given, list) or len(given) > MAX_NAMES:
        raise ApiError(400, f"fields is a list of at most {MAX_NAMES}.")
    return given


def _id(given: Any) -> str:
    named = given.get("fieldId", given.get("id")) if isinstance(given, dict) else given
    if isinstance(named, bool) or not isinstance(named, int | str):
        raise ApiError(400, "fields names fields by their ids.")
    return _ALIASES.get(str(named), str(named))
