"""How a line works, as its administrator has set it. Names and defaults: spec ``bitrix24-openlines.md`` §3.3-§5.

Kept as JSON with camelCase names in ``lines.settings``; what is left out has its default.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, TypeAlias

import msgspec

from skvorets.storage.lines import Line

Distribution: TypeAlias = Literal["evenly", "strictly", "all"]
# Characters of a text that is sent by itself.
Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=2000)]
# Seconds of a timer: at most a week.
Seconds: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=7 * 24 * 3600)]
# Minutes since midnight.
Minutes: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=24 * 60)]


class WorkingHours(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """When operators are there; at other times the away text is shown and an offline form offered."""

    is_on: bool = False
    # Monday = 0 … Sunday = 6.
    days: Annotated[list[Annotated[int, msgspec.Meta(ge=0, le=6)]], msgspec.Meta(max_length=7)] = msgspec.field(
        default_factory=lambda: [0, 1, 2, 3, 4]
    )
    begin: Minutes = 9 * 60
    end: Minutes = 18 * 60 + 30
    utc_offset: Annotated[int, msgspec.Meta(ge=-14 * 60, le=14 * 60)] = 180  # minutes east of Greenwich
    # Days off, as 2026-01-01.
    holidays: Annotated[
        list[Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]], msgspec.Meta(max_length=100)
    ] = msgspec.field(default_factory=list)
    away_text: Text = ""


class WidgetLooks(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """How the live-chat widget looks on a page, and where it may be."""

    color: Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-f]{6}$")] = "#1f6feb"
    side: Literal["right", "left"] = "right"
    title: Annotated[str, msgspec.Meta(max_length=80)] = ""  # empty: the line's name
    asks_name: bool = False
    asks_email: bool = False
    language: Literal["", "ru", "en"] = ""  # empty: the page's or the browser's
    # Origins of pages on which it may be shown, as https://shop.example; none = everywhere.
    sites: Annotated[
        list[Annotated[str, msgspec.Meta(pattern=r"^https?://[A-Za-z0-9.-]{1,253}(:\d{1,5})?$")]],
        msgspec.Meta(max_length=50),
    ] = msgspec.field(default_factory=list)


class LineSettings(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """How a line works. An empty text is not sent; 0 seconds mean never."""

    # ---- the beginning
    welcome_text: Text = ""
    welcomes_each_session: bool = False
    # ---- the bot in front
    bot_id: int = 0  # 0 = none
    bot_joins: Literal["always", "first"] = "always"  # at each session, or only at a customer's first one
    bot_s: Seconds = 600  # … after which the queue takes over
    bot_leaves: Literal["queue", "close"] = "queue"  # when operators take over, or with the end of the session
    # ---- the queue
    distribution: Distribution = "all"
    offer_s: Seconds = 60  # … after which an operator who does not answer loses the session to the next one
    checks_available: bool = False  # only operators who are here and not away
    max_sessions: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0  # open ones of an operator, 0 = no limit
    no_answer_s: Seconds = 60
    no_answer_text: Text = ""
    # ---- the end
    closing_text: Text = ""
    auto_close_s: Seconds = 4 * 3600  # after an operator's last word
    auto_close_text: Text = ""
    full_close_s: Seconds = 600  # after the closing text or the question for a rating
    asks_rating: bool = True
    # ---- what the customer sees
    shows_operators: bool = True  # their names and pictures; otherwise the line's own
    shows_typing: bool = True
    working_hours: WorkingHours = WorkingHours()
    widget: WidgetLooks = WidgetLooks()


_decoder = msgspec.json.Decoder(LineSettings)
_encoder = msgspec.json.Encoder()
_DEFAULTS = LineSettings()


def settings_of(line: Line) -> LineSettings:
    """Read the settings of a line."""
    return _DEFAULTS if line.settings == "{}" else _decoder.decode(line.settings)


def encode(settings: LineSettings) -> str:
    """Write settings as they are stored."""
    return _encoder.encode(settings).decode()


def is_working_time(settings: LineSettings, now: int) -> bool:
    """Are operators there at a time (unix milliseconds)? An end before the beginning lies in the next day."""
    hours = settings.working_hours
    if not hours.is_on:
        return True
    there = datetime.fromtimestamp(now / 1000, UTC) + timedelta(minutes=hours.utc_offset)
    minute = there.hour * 60 + there.minute
    if hours.begin <= hours.end:
        return _is_workday(hours, there) and hours.begin <= minute < hours.end
    if minute >= hours.begin:
        return _is_workday(hours, there)
    return minute < hours.end and _is_workday(hours, there - timedelta(days=1))


def _is_workday(hours: WorkingHours, day: datetime) -> bool:
    return day.weekday() in hours.days and day.date().isoformat() not in hours.holidays
