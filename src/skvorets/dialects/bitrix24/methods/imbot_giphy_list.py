"""``imbot.Giphy.list``: GIFs that fit a phrase.

Source: spec ``bitrix24-imbot.md`` §10; seed "imbot.Giphy.list".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.gifs import ERRORS, MAX_LIMIT, USUAL_LIMIT, gif_views
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, method
from skvorets.dialects.bitrix24.values import BadValue, to_text
from skvorets.dialects.bitrix24.views import View

EMPTY_SEARCH_ERROR = Fault("EMPTY_SEARCH_ERROR", "Search string can't be empty")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    FILTER: Structure | None = None  # {search}: the phrase
    LIMIT: int = USUAL_LIMIT  # 1..50
    OFFSET: int = 0  # GIFs to be passed by


@method(
    "imbot.Giphy.list",
    scope="imbot",
    params=Params,
    faults={"FILTER": EMPTY_SEARCH_ERROR},
    errors=ERRORS,
    mode="free",
)
async def imbot_giphy_list(call: Call, params: Params) -> list[View]:
    """Give the addresses, the best first."""
    phrase = _phrase(params.FILTER)
    limit = min(max(params.LIMIT, 1), MAX_LIMIT)
    return gif_views(await call.surroundings.gifs.search(phrase, limit, max(params.OFFSET, 0)))


def _phrase(given: Structure | None) -> str:
    fields = given.value if given is not None and isinstance(given.value, dict) else {}
    try:
        phrase = to_text(next((value for name, value in fields.items() if name.lower() == "search"), ""))
    except BadValue:
        phrase = ""
    if not phrase.strip():
        raise ApiError(EMPTY_SEARCH_ERROR)
    return phrase
