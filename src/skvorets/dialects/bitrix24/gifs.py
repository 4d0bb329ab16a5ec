"""What the two methods of Giphy share. Source: spec ``bitrix24-imbot.md`` §10; seed "Сервис Giphy"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from skvorets.core.gifs import Gif, GifsUnavailableError
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.views import View

USUAL_LIMIT: Final = 15
"""GIFs that are given when nothing is said: as many as there are popular ones. [seed]"""
MAX_LIMIT: Final = 50
# The reference passes its service's errors on without naming them; this is its system's word for such an answer. [docs]
UNAVAILABLE: Final = Fault("ERROR_UNEXPECTED_ANSWER", "Server returned an unexpected response", 500)
ERRORS: Final[Mapping[type[Exception], Fault]] = {GifsUnavailableError: UNAVAILABLE}


def gif_views(found: Iterable[Gif]) -> list[View]:
    """Give the documented objects: addresses of the small and of the whole picture."""
    return [{"preview": gif.preview, "original": gif.original} for gif in found]
