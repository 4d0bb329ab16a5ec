"""Names, e-mail addresses, phones and dates of people, as they are kept."""

from __future__ import annotations

import re
from datetime import date

from skvorets.errors import WrongEmailError, WrongTimeError

# Characters.
MAX_NAME = 100
MAX_EMAIL = 254
# Nobody is older.
_FIRST_YEAR = 1900
_EMAIL = re.compile(r"[^\s@<>,;\"()]{1,64}@[^\s@<>,;\"()]{1,190}")


def clean_name(text: str, longest: int = MAX_NAME) -> str:
    """Give a name in one line, without control characters and outer spaces; long ones are cut."""
    kept = "".join(one if one.isprintable() else " " for one in text[: 4 * longest])
    return " ".join(kept.split())[:longest].rstrip()


def check_email(text: str) -> str:
    """Give an address without spaces around; empty is one, too. Raises WrongEmailError."""
    text = text.strip()
    if text and (len(text) > MAX_EMAIL or not text.isprintable() or not _EMAIL.fullmatch(text)):
        raise WrongEmailError
    return text


def check_birthday(text: str) -> str:
    """Give a day of birth ``YYYY-MM-DD``; empty is one, too. Raises WrongTimeError, also for the times to come."""
    if not text:
        return ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongTimeError from None
    if day.isoformat() != text or not _FIRST_YEAR <= day.year <= date.today().year:  # noqa: DTZ011 — of some zone
        raise WrongTimeError
    return text
