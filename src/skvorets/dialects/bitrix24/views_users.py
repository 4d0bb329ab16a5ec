"""The user as the ``user.*`` methods show him: capitals, ids as text.

Source: spec ``bitrix24-transport.md`` §10; docs ``user.current``, ``user.get``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.storage.people import Person

# Who was seen within so long counts as online, milliseconds. Undocumented; last_seen is written once a minute.
ONLINE_MS = 3 * 60 * 1000


def user_view(person: Person, departments: Sequence[int], frame: Frame, *, has_small_photo: bool = False) -> View:
    """Give the documented object; empty texts for what is not known, the photo's key only when there is one."""
    address = frame.picture if has_small_photo else frame.large_picture
    photo = {"PERSONAL_PHOTO": address(person.avatar)} if person.avatar else {}
    seen = frame.date(person.last_seen) or ""
    return {
        "ID": str(person.id),
        "ACTIVE": bool(person.active),
        "NAME": person.first_name,
        "LAST_NAME": person.last_name,
        "SECOND_NAME": "",
        "EMAIL": person.email,
        "LAST_LOGIN": seen,
        "DATE_REGISTER": frame.clock.midnight(frame.clock.local(person.created_at).date().isoformat()),
        "TIME_ZONE": "",
        "IS_ONLINE": "Y" if frame.now - person.last_seen <= ONLINE_MS else "N",
        "LAST_ACTIVITY_DATE": seen,
        "PERSONAL_GENDER": person.gender,
        "PERSONAL_WWW": person.www,
        "PERSONAL_BIRTHDAY": frame.clock.midnight(person.birthday),
        **photo,
        "PERSONAL_MOBILE": person.personal_mobile,
        "PERSONAL_PHONE": person.personal_phone,
        "WORK_PHONE": person.work_phone,
        "WORK_POSITION": person.work_position,
        "UF_EMPLOYMENT_DATE": "",
        "UF_DEPARTMENT": list(departments),
        "UF_PHONE_INNER": person.inner_phone,
        "USER_TYPE": "extranet" if person.extranet else "employee",
    }


def user_views(
    found: Sequence[Person],
    departments: Mapping[int, Sequence[int]],
    frame: Frame,
    *,
    has_small_photo: bool = False,
) -> list[View]:
    """Give the objects of several people in their order."""
    return [user_view(one, departments.get(one.id, ()), frame, has_small_photo=has_small_photo) for one in found]
