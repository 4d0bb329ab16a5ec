"""Typed reading of parameters. Source: spec ``megaplan-messages.md`` §2.

An empty value is an absent one; what cannot be read is refused with 400 and the parameter's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from skvorets.dialects.megaplan.errors import ApiError
from skvorets.php_forms import Value, scalar_text

MESSAGE_OFFSET: Final = 1_000_000
"""Ids of messages on the wire are larger by so much: [docs] they begin at 1000001."""
EMPLOYEE_OFFSET: Final = 1_000_000
"""So are the ids of employees than those of users."""
_MAX_INTEGER = 2**62
_TRUE = frozenset({"1", "true", "on", "yes"})
_FALSE = frozenset({"0", "false", "off", "no"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_DAY_MS = 24 * 3600 * 1000
_MILLISECONDS = 1000


class Params:
    """The parameters of one request."""

    def __init__(self, given: Mapping[str, Value], zone: timezone) -> None:
        """Read from ``given``; dates are those of the account's zone."""
        self.given = given
        self.zone = zone

    def model(self) -> Params:
        """Give what stands below ``Model[…]``."""
        below = self.given.get("Model")
        return Params(below if isinstance(below, dict) else {}, self.zone)

    def text(self, name: str, shown: str = "") -> str:
        """Give a text, empty when it is absent; ``shown`` is the name that a refusal tells. Raises ApiError."""
        value = self.given.get(name)
        if value is None:
            return ""
        if isinstance(value, dict | list):
            raise ApiError(400, f"{shown or name} must be a text")
        return scalar_text(value)

    def integer(self, name: str, default: int | None = None, *, least: int = 0) -> int:
        """Give a whole number of at least ``least``. Raises ApiError, also for an absent one without a default."""
        text = self.text(name).strip()
        if not text:
            if default is None:
                raise ApiError(400, f"{name} is required")
            return default
        is_negative = text.startswith("-") and least < 0
        digits = text[1:] if is_negative else text
        if not (digits.isascii() and digits.isdigit()) or len(digits.lstrip("0")) > len(str(_MAX_INTEGER)):
            raise ApiError(400, f"{name} must be a whole number")
        number = -int(digits) if is_negative else int(digits)
        if not least <= number <= _MAX_INTEGER:
            raise ApiError(400, f"{name} must be a whole number")
        return number

    def message_id(self, name: str) -> int:
        """Give the id of a message as it is stored; 0 is nobody's. Raises ApiError."""
        return max(0, self.integer(name) - MESSAGE_OFFSET)

    def flag(self, name: str) -> bool:
        """Give a truth value, False when it is absent. Raises ApiError."""
        text = self.text(name).strip().lower()
        if text in _TRUE:
            return True
        if not text or text in _FALSE:
            return False
        raise ApiError(400, f"{name} must be true or false")

    def choice(self, name: str, *words: str) -> str:
        """Give one of the words, the first when none is given. Raises ApiError."""
        text = self.text(name).strip() or words[0]
        if text not in words:
            raise ApiError(400, f"{name} must be one of {', '.join(words)}")
        return text

    def day(self, name: str) -> tuple[int, int] | None:
        """Give the begin of a day and of the next one, unix milliseconds; None when it is absent. Raises ApiError."""
        text = self.text(name).strip()
        if not text:
            return None
        refusal = ApiError(400, f"{name} must be a date: YYYY-MM-DD")
        if not _DATE.fullmatch(text):
            raise refusal
        try:
            at = _unix_ms(datetime.fromisoformat(text).replace(tzinfo=self.zone))
        except ValueError:
            raise refusal from None
        return at, at + _DAY_MS

    def moment(self, name: str) -> int | None:
        """Give a moment of ISO 8601, unix milliseconds; None when it is absent. Raises ApiError."""
        text = self.text(name).strip()
        if not text:
            return None
        try:
            return _read_moment(text, self.zone)
        except (ValueError, OverflowError):
            raise ApiError(400, f"{name} must be a moment of ISO 8601") from None

    def person_ids(self, name: str, shown: str) -> list[int]:
        """Give ids of users from a list or a text with commas; those of employees are read, too. Raises ApiError."""
        value = self.given.get(name)
        if isinstance(value, dict):
            value = list(value.values())
        pieces = value if isinstance(value, list) else [value]
        found: list[int] = []
        for piece in pieces:
            if isinstance(piece, dict | list):
                raise ApiError(400, f"{shown} must be ids")
            words = [] if piece is None else scalar_text(piece).split(",")
            found += [user_id(Params({shown: one}, self.zone).integer(shown)) for one in words if one.strip()]
        return list(dict.fromkeys(found))


def user_id(number: int) -> int:
    """Give the id of a user from one of a user or an employee."""
    return number - EMPLOYEE_OFFSET if number > EMPLOYEE_OFFSET else number


def _read_moment(text: str, zone: timezone) -> int:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError
    day, hour, minute, second, fraction, offset = match.groups()
    read = datetime.fromisoformat(day).replace(
        hour=int(hour or 0),
        minute=int(minute or 0),
        second=int(second or 0),
        microsecond=int((fraction or "0").ljust(6, "0")[:6]),
        tzinfo=_read_offset(offset) if offset else zone,
    )
    return _unix_ms(read)


def _read_offset(text: str) -> timezone:
    if text == "Z":
        return timezone(timedelta(0))
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text.startswith("-") else offset)


def _unix_ms(at: datetime) -> int:
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))
