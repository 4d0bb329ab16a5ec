"""``imopenlines.revision.get``: revisions of the API of open lines.

Source: spec ``bitrix24-openlines.md`` §4.1; seed "imopenlines.revision.get".
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, NoParams, method

# The documented revisions. [seed]
REST_REVISION = 2
WEB_REVISION = 1
MOBILE_REVISION = 1


class Revisions(msgspec.Struct, frozen=True):
    """The documented answer."""

    rest: int = REST_REVISION
    web: int = WEB_REVISION
    mobile: int = MOBILE_REVISION


@method("imopenlines.revision.get", scope=SCOPE, mode="free")
async def imopenlines_revision_get(call: Call, params: NoParams) -> Revisions:
    """Give the revisions."""
    return Revisions()
