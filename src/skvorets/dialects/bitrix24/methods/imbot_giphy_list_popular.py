"""``imbot.Giphy.listPopular``: fifteen GIFs that are liked most.

Source: spec ``bitrix24-imbot.md`` §10; seed "imbot.Giphy.listPopular".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.gifs import ERRORS, USUAL_LIMIT, gif_views
from skvorets.dialects.bitrix24.registry import Call, NoParams, method
from skvorets.dialects.bitrix24.views import View


@method("imbot.Giphy.listPopular", scope="imbot", errors=ERRORS, mode="free")
async def imbot_giphy_list_popular(call: Call, params: NoParams) -> list[View]:
    """Give the addresses."""
    return gif_views(await call.surroundings.gifs.popular(USUAL_LIMIT))
