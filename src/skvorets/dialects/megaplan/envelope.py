"""The envelope of every answer, and the moments in it. Source: spec ``megaplan-messages.md`` §2.10, §5.1."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any, Final

import msgspec

from skvorets.core.moments import date_and_time
from skvorets.dialects.megaplan.xml import encode_xml
from skvorets.php_forms import Value

JSON_TYPE: Final = "application/json"
XML_TYPE: Final = "text/xml"
_encoder = msgspec.json.Encoder()
_DIGITS = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
# Never repeated to who has sent it: passwords and keys, and the contents of files.
_SECRET = frozenset({"password", "onetimekey"})
_FILES = "Attaches"
_MODEL = "Model"


def success(params: Mapping[str, Value], data: object) -> dict[str, object]:
    """Give a good answer."""
    return {"status": {"code": "ok", "message": None}, "params": echo(params), "data": data}


def failure(params: Mapping[str, Value], message: str) -> dict[str, object]:
    """Give a refusal."""
    return {"status": {"code": "error", "message": message}, "params": echo(params), "data": []}


def encode(answer: dict[str, object], extension: str) -> tuple[bytes, str]:
    """Write an answer as the path's extension says: bytes and their type."""
    if extension == "xml":
        return encode_xml(answer), XML_TYPE
    return _encoder.encode(answer), JSON_TYPE


def echo(params: Mapping[str, Value]) -> dict[str, object]:
    """Give the parameters as they are repeated: as received, numbers as numbers, without secrets and files."""
    shown = {name: value for name, value in params.items() if name.lower() not in _SECRET}
    model = shown.get(_MODEL)
    if isinstance(model, dict):
        shown[_MODEL] = {name: value for name, value in model.items() if name != _FILES}
    return {name: _as_number(value) for name, value in shown.items()}


def moment(at: int, zone: timezone) -> str:
    """Write a moment (unix milliseconds) in the account's zone; empty for none."""
    return " ".join(date_and_time(at, _minutes_of(zone))) if at else ""


@functools.lru_cache
def zone_of(utc_offset_minutes: int) -> timezone:
    """Give the account's zone."""
    return timezone(timedelta(minutes=utc_offset_minutes))


@functools.lru_cache
def _minutes_of(zone: timezone) -> int:
    return zone.utcoffset(None) // timedelta(minutes=1)


def _as_number(value: Value) -> Any:
    if isinstance(value, str):
        return int(value) if _DIGITS.fullmatch(value) else value
    if isinstance(value, dict):
        return {name: _as_number(below) for name, below in value.items()}
    if isinstance(value, list):
        return [_as_number(below) for below in value]
    return value
