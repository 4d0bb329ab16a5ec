"""What all views need to know of the call: where pictures lie, how dates are written, what time it is.

Source: spec ``bitrix24-im.md`` §4. Views are pure: rows in, documented objects out; ``views_*.py`` also load the rows.
"""

from __future__ import annotations

import functools
from typing import Any, Literal, TypeAlias

import msgspec

from skvorets.config import Config
from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.registry import Call
from skvorets.storage.database import Tx

View: TypeAlias = dict[str, Any]
_MINUTE_MS = 60_000
_clock_of = functools.cache(Clock)


class Frame(msgspec.Struct, frozen=True):
    """The frame that a view is put into."""

    base_url: str  # without a final slash
    clock: Clock
    now: int  # unix milliseconds
    viewer_id: int = 0  # who reads the answer, 0 = nobody in particular: addresses of files are made for him
    away_after_ms: int = 0  # whoever was not seen for so long is away; 0 = only who says so

    def date(self, milliseconds: int) -> str | Literal[False]:
        """Write a time as ATOM text; False for "never" (0), as the documented samples do."""
        return self.clock.atom(milliseconds) if milliseconds else False

    def picture(self, digest: str) -> str:
        """Give the absolute address of a picture in the size of lists (``avatar``); empty for none."""
        return f"{self.base_url}/files/avatar/{digest}" if digest else ""

    def large_picture(self, digest: str) -> str:
        """Give the absolute address of a picture in the larger size (``avatar_hr``, photos); empty for none."""
        return f"{self.base_url}/files/avatar/{digest}/hr" if digest else ""


def frame_for(config: Config, now: int) -> Frame:
    """Give the frame for a portal at a time (unix milliseconds)."""
    clock = _clock_of(config.utc_offset_minutes)
    return Frame(config.base_url, clock, now, away_after_ms=config.away_after_minutes * _MINUTE_MS)


def frame_of(tx: Tx, call: Call) -> Frame:
    """Give the frame for the answer to a call."""
    frame = frame_for(call.surroundings.config, tx.now)
    return msgspec.structs.replace(frame, viewer_id=call.caller.person.id)
