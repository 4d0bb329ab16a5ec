"""``im.revision.get``: revisions of the API.

Source: spec ``bitrix24-im.md`` §13; seed "im.revision.get".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method

# The REST revision whose methods the reference describes; the others as its contemporaries had them.
REVISIONS = {"rest": 32, "web": 130, "mobile": 19, "desktop": 5}


@method("im.revision.get", scope="im", mode="read")
async def im_revision_get(tx: Tx, call: Call, params: NoParams) -> dict[str, int]:
    """Give the revisions for REST clients, the web client, mobile and desktop programs."""
    return dict(REVISIONS)
