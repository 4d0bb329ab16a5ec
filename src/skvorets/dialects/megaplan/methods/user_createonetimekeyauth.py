"""``User/createOneTimeKeyAuth``: a key by which another place logs in once. Source: ``megaplan-messages.md`` §3.10."""

from __future__ import annotations

from skvorets.core import access_pairs
from skvorets.dialects.megaplan.entering import log_in
from skvorets.dialects.megaplan.registry import Visit, open_method
from skvorets.storage.database import DIRECTORY_KEY


@open_method("BumsCommonApiV01/User/createOneTimeKeyAuth")
async def user_create_one_time_key_auth(visit: Visit) -> dict[str, object]:
    """Give a OneTimeKey for Login and Password (MD5)."""
    admission = await log_in(visit)
    return {"OneTimeKey": await visit.services.store.write(DIRECTORY_KEY, access_pairs.make_key, admission)}
