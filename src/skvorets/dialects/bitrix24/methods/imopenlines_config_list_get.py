"""``imopenlines.config.list.get``: the lines with their settings.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.config.list.get``.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import msgspec

from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.line_configs import lines_to_see
from skvorets.dialects.bitrix24.line_fields import config_view
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import BadValue, to_flag, to_int, to_list, to_text
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.php_forms import Value
from skvorets.storage import lines

INVALID_FORMAT = Fault("INVALID_FORMAT", "Parameter PARAMS has wrong format")
USUAL_LIMIT = 50
MAX_LIMIT = 200
# Fields by which lines can be filtered and ordered.
_SORTABLE = frozenset({"ID", "LINE_NAME", "ACTIVE", "DATE_CREATE", "QUEUE_TYPE"})
_QUEUE_KEYS = frozenset({"QUEUE", "configQueue"})


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    PARAMS: Structure | None = None  # select, order, filter, limit, offset
    OPTIONS: Structure | None = None  # QUEUE or CONFIG_QUEUE = Y: also who serves them


@method(
    "imopenlines.config.list.get",
    scope=SCOPE,
    params=Params,
    mode="read",
    faults={"PARAMS": INVALID_FORMAT, "OPTIONS": INVALID_FORMAT},
)
async def imopenlines_config_list_get(tx: Tx, call: Call, params: Params) -> list[View]:
    """Give a page of the lines that the caller may look at; two queries however many there are."""
    wanted, options = _map(params.PARAMS), _map(params.OPTIONS)
    has_queue = any(_flag(options.get(name)) for name in ("QUEUE", "CONFIG_QUEUE"))
    seen, frame = await lines_to_see(tx, call), frame_of(tx, call)
    queues = await lines.queues_of(tx, [one.id for one in seen]) if has_queue else {}
    views = [config_view(one, queues.get(one.id, []) if has_queue else None, frame) for one in seen]
    try:
        return _page(_filtered(views, wanted.get("filter")), wanted)
    except BadValue:
        raise ApiError(INVALID_FORMAT) from None


def _page(views: list[View], wanted: Mapping[str, Value]) -> list[View]:
    for name, direction in reversed(list(_fields(wanted.get("order")).items())):
        if (field := name.strip().upper()) in _SORTABLE:
            is_down = to_text(direction).strip().upper() == "DESC"
            views.sort(key=functools.partial(_key, field), reverse=is_down)
    offset = max(0, to_int(wanted.get("offset")))
    limit = to_int(wanted.get("limit"))
    page = views[offset : offset + (min(limit, MAX_LIMIT) if limit > 0 else USUAL_LIMIT)]
    select = {to_text(one).strip() for one in to_list(wanted.get("select"))}
    if not select or "*" in select:
        return page
    return [{name: value for name, value in one.items() if name in select | _QUEUE_KEYS} for one in page]


def _filtered(views: list[View], given: Value) -> list[View]:
    for name, value in _fields(given).items():
        field = name.strip().lstrip("=@").upper()
        if field in _SORTABLE:
            accepted = {to_text(one).strip() for one in to_list(value)}
            views = [one for one in views if one[field] in accepted]
    return views


def _key(name: str, view: View) -> tuple[int, str]:
    return (int(view[name]), "") if name == "ID" else (0, str(view[name]))


def _fields(given: Value) -> Mapping[str, Value]:
    if given is None or given in ("", []):
        return {}
    if not isinstance(given, dict):
        raise BadValue("a map was expected")
    return given


def _map(given: Structure | None) -> Mapping[str, Value]:
    value = given.value if given is not None else None
    if value is not None and not isinstance(value, dict):
        raise ApiError(INVALID_FORMAT)
    return value or {}


def _flag(value: Value) -> bool:
    try:
        return to_flag(value, default=False)
    except BadValue:
        return False
