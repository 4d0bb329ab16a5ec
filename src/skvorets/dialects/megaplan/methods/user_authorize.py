"""``User/authorize``: log in and get the pair to sign with. Source: spec ``megaplan-messages.md`` §3."""

from __future__ import annotations

from skvorets.core import access_pairs
from skvorets.core.logins import Admission
from skvorets.dialects.megaplan.entering import ids_of, log_in, login_of, text_of
from skvorets.dialects.megaplan.registry import Visit, open_method
from skvorets.storage.database import DIRECTORY_KEY


@open_method("BumsCommonApiV01/User/authorize")
async def user_authorize(visit: Visit) -> dict[str, object]:
    """Give AccessId and SecretKey for Login and Password (MD5), or for a OneTimeKey alone."""
    store = visit.services.store
    key = text_of(visit, "OneTimeKey")
    admission: Admission
    if login_of(visit) or not key:  # by log-in and password the key is not looked at: a client sends its name there
        admission = await log_in(visit)
    else:
        admission = await store.write(DIRECTORY_KEY, access_pairs.take_key, key)
    access_id, secret = await store.write(DIRECTORY_KEY, access_pairs.pair_for, admission)
    return {"AccessId": access_id, "SecretKey": secret, **ids_of(admission.person)}
