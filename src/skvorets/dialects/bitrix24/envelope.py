"""What stands around every answer: ``result`` with ``time``, or ``error`` with its description.

Source: spec ``bitrix24-transport.md`` §3.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec

from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.registry import Page
from skvorets.dialects.bitrix24.xml import encode_xml

JSON_TYPE = "application/json; charset=utf-8"
XML_TYPE = "text/xml; charset=utf-8"

_encoder = msgspec.json.Encoder()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE_S = 60
_DAY_S = 24 * 3600
# Days that a clock remembers: some ten years.
_MAX_DATES = 4096


class Timing(msgspec.Struct):
    """The ``time`` block. Times are unix seconds, durations seconds."""

    start: float
    finish: float
    duration: float
    processing: float
    date_start: str
    date_finish: str
    operating_reset_at: int
    operating: float


class Clock:
    """Writes times in the portal's zone; days are remembered, they come again and again."""

    def __init__(self, utc_offset_minutes: int) -> None:
        """Write with this offset from UTC."""
        self._zone = timezone(timedelta(minutes=utc_offset_minutes))
        self._offset = _EPOCH.astimezone(self._zone).isoformat()[-len("+00:00") :]
        self._offset_s = utc_offset_minutes * _MINUTE_S
        self._dates: dict[int, str] = {}  # day since 1970 in the zone -> YYYY-MM-DD

    def atom(self, milliseconds: int) -> str:
        """Write a time as ``2024-07-23T08:11:02+03:00``."""
        day, second = divmod(milliseconds // 1000 + self._offset_s, _DAY_S)
        minute, second = divmod(second, 60)
        hour, minute = divmod(minute, 60)
        return f"{self._dates.get(day) or self._date(day)}T{hour:02}:{minute:02}:{second:02}{self._offset}"

    def _date(self, day: int) -> str:
        if len(self._dates) >= _MAX_DATES:
            self._dates.clear()
        self._dates[day] = written = (_EPOCH + timedelta(days=day)).date().isoformat()
        return written

    def midnight(self, date: str) -> str:
        """Write a day (YYYY-MM-DD) as ATOM text at midnight; empty for none."""
        return f"{date}T00:00:00{self._offset}" if date else ""

    def local(self, milliseconds: int) -> datetime:
        """Give a time in the portal's zone."""
        return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(self._zone)


def success(result: Any, timing: Timing) -> dict[str, Any]:
    """Build the answer of a method; a page's ``next`` and ``total`` stand beside ``result``."""
    if not isinstance(result, Page):
        return {"result": result, "time": timing}
    answer: dict[str, Any] = {"result": result.items}
    end = result.offset + result.count
    if result.total is not None:
        if end < result.total:
            answer["next"] = end
        answer["total"] = result.total
    answer["time"] = timing
    return answer


def failure(error: ApiError) -> dict[str, Any]:
    """Build the answer of a refusal."""
    return {"error": error.fault.code, "error_description": error.fault.text, **error.extra}


def sign(answer: dict[str, Any], state: str, secret: bytes) -> None:
    """Add ``signature`` for a caller who sent ``state``: it covers the result and the state."""
    material = _encoder.encode([answer.get("result"), state])
    answer["signature"] = hmac.new(secret, material, hashlib.sha256).hexdigest()


def encode(answer: dict[str, Any], transport: str) -> tuple[bytes, str]:
    """Encode for a transport (json, xml); the body and its content type. Raises what the encoders raise."""
    if transport == "xml":
        return encode_xml(answer), XML_TYPE
    return _encoder.encode(answer), JSON_TYPE
