"""``user.admin``: is the caller an administrator?

Source: spec ``bitrix24-transport.md`` §10; docs ``user.admin``.
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.registry import Call, NoParams, method


@method("user.admin", scope="", mode="free")
async def user_admin(call: Call, params: NoParams) -> bool:
    """Answer true for administrators."""
    return bool(call.caller.person.admin)
