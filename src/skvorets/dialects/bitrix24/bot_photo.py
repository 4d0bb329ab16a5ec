"""PERSONAL_PHOTO of a bot: kept in the blob store before the unit of work that names it.

Source: spec ``bitrix24-imbot.md`` §2.2.
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.avatars import keep_avatar
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call
from skvorets.errors import WrongImageError


async def keep_photo(call: Call, properties: Structure | None) -> dict[str, str]:
    """Keep the photo among PROPERTIES; the column of ``people`` to be set, nothing without a valid picture.

    Also understands what a file of a form becomes: the pair of its name and its base64. Wrong ones are ignored. [docs]
    """
    value = properties.value if properties is not None else None
    given = value.get("PERSONAL_PHOTO") if isinstance(value, dict) else None
    if isinstance(given, list) and given:
        given = given[-1]
    if not isinstance(given, str) or not given.strip():
        return {}
    try:
        return {"avatar": await keep_avatar(call, given)}
    except WrongImageError:
        return {}
