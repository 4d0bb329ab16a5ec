"""``user.get``: people of the directory by filter, fifty a page.

Source: spec ``bitrix24-transport.md`` §10, §5; ``wire-habits.md`` ("filter `>ID` with order ID"); docs ``user.get``.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.dialects.bitrix24 import filters, paging
from skvorets.dialects.bitrix24.filters import Field
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.values import to_int, to_list, to_text
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_users import ONLINE_MS, user_views
from skvorets.php_forms import Value
from skvorets.storage import people, people_lists
from skvorets.storage.conditions import Condition
from skvorets.storage.people_lists import PeopleQuery

# No person is of these types: a value that fits nobody.
_NOBODY = 2
_TYPES = {"employee": 0, "extranet": 1}


def _type(value: Value) -> int:
    return _TYPES.get(to_text(value).lower(), _NOBODY)


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented; the fields of the filter may also stand beside them."""

    FILTER: Anything | None = None  # map: prefix and field → value or list
    SORT: str = "ID"  # field
    ORDER: Anything | None = None  # ASC or DESC, or a map field → direction
    SELECT: Anything | None = None  # fields wanted; * = all, UF_* = those that begin so; unknown ones are ignored
    IMAGE_RESIZE: str = ""  # small: the photo in the size of lists; medium, large and everything else: the larger one


@method("user.get", scope="user", params=Params, mode="scan")
async def user_get(tx: Tx, call: Call, params: Params) -> Page:
    """List real people; who comes from outside finds only those who share a chat with him."""
    fields = _fields(call)
    given = params.FILTER or Anything({name: value for name, value in call.given.items() if name not in _OWN_NAMES})
    conditions = filters.read_filter(given, fields)
    viewer = call.caller.person
    if viewer.extranet:
        conditions.append(Condition("chat_mate", "=", (viewer.id,)))
    query = PeopleQuery(
        conditions=conditions,
        order=filters.with_tie_break(_order(params, fields), descends=False),
        online_since=tx.now - ONLINE_MS,
        limit=paging.PAGE_SIZE,
        offset=paging.offset_of(call),
    )
    found = await people_lists.select(tx, query)
    total = await people_lists.count(tx, query) if paging.is_counted(call) else None
    departments = await people.departments_of(tx, (one.id for one in found))
    is_small = params.IMAGE_RESIZE.strip().lower() == "small"
    views = user_views(found, departments, frame_of(tx, call), has_small_photo=is_small)
    return paging.page(call, _selected(views, params.SELECT), total)


def _selected(views: list[View], given: Anything | None) -> list[View]:
    """Leave the fields that were asked for."""
    wanted = [] if given is None else [one.strip().upper() for one in to_list(given.value) if isinstance(one, str)]
    if not wanted or "*" in wanted:
        return views
    names, has_own_fields = frozenset(wanted), "UF_*" in wanted
    return [
        {name: value for name, value in view.items() if name in names or (has_own_fields and name.startswith("UF_"))}
        for view in views
    ]


_OWN_NAMES = frozenset({"FILTER", "SORT", "ORDER", "START", "ADMIN_MODE", "SELECT", "IMAGE_RESIZE"})
_UNSORTABLE = frozenset({"department", "online"})


def _order(params: Params, fields: Mapping[str, Field]) -> list[tuple[str, bool]]:
    order = filters.read_order(params.ORDER, fields)
    if not order and (field := fields.get(params.SORT.strip().upper())):
        order = [(field.column, filters.is_descending(params.ORDER.value if params.ORDER else None))]
    return [pair for pair in order if pair[0] not in _UNSORTABLE]


def _fields(call: Call) -> Mapping[str, Field]:
    date = filters.moment(call.surroundings.config.utc_offset_minutes)
    return {
        "ID": Field("id", to_int),
        "ACTIVE": Field("active", filters.flag),
        "NAME": Field("first_name"),
        "LAST_NAME": Field("last_name"),
        "EMAIL": Field("email"),
        "PERSONAL_GENDER": Field("gender"),
        "PERSONAL_BIRTHDAY": Field("birthday", _day),
        "PERSONAL_WWW": Field("www"),
        "PERSONAL_MOBILE": Field("personal_mobile"),
        "PERSONAL_PHONE": Field("personal_phone"),
        "WORK_PHONE": Field("work_phone"),
        "WORK_POSITION": Field("work_position"),
        "UF_PHONE_INNER": Field("inner_phone"),
        "UF_DEPARTMENT": Field("department", to_int),
        "USER_TYPE": Field("extranet", _type),
        "IS_ONLINE": Field("online", filters.flag),
        "DATE_REGISTER": Field("created_at", date),
        "LAST_ACTIVITY_DATE": Field("last_seen", date),
        "LAST_LOGIN": Field("last_seen", date),
        "NAME_SEARCH": Field("full_name", _piece),
    }


def _day(value: Value) -> str:
    """Read a day, also with a time behind it."""
    return to_text(value).partition("T")[0]


def _piece(value: Value) -> str:
    return f"%{to_text(value)}%"
