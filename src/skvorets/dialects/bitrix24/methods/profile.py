"""``profile``: who calls, for programs without any scope.

Source: spec ``bitrix24-transport.md`` §10; docs ``profile``.
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.registry import Call, NoParams, method


@method("profile", scope="", mode="free")
async def profile(call: Call, params: NoParams) -> dict[str, object]:
    """Describe the caller in a few words; the photo's key is there only when there is a photo."""
    person = call.caller.person
    photo = {"PERSONAL_PHOTO": f"{call.surroundings.config.base_url}/files/avatar/{person.avatar}/hr"}
    return {
        "ID": str(person.id),
        "ADMIN": bool(person.admin),
        "NAME": person.first_name,
        "LAST_NAME": person.last_name,
        "PERSONAL_GENDER": person.gender,
        **(photo if person.avatar else {}),
        "TIME_ZONE": "",
    }
