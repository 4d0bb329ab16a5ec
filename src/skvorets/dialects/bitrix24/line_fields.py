"""The settings of an open line as ``imopenlines.config.*`` name them, all values as texts.

Source: spec ``bitrix24-openlines.md`` §3.3, §3.4, §5 (names, defaults); docs ``imopenlines.config.get``. Settings of a
CRM and of payments do not exist here and are neither shown nor read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from skvorets.core.lines.settings import LineSettings, WorkingHours, settings_of
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.events_params import flag
from skvorets.dialects.bitrix24.fields import FieldsReader
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.values import BadValue, to_int, to_structure, to_text
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.php_forms import Value
from skvorets.storage.lines import Line, QueueEntry

_FLAGS: Final[Mapping[str, str]] = {
    "SEND_WELCOME_EACH_SESSION": "welcomes_each_session",
    "CHECK_AVAILABLE": "checks_available",
    "WATCH_TYPING": "shows_typing",
    "VOTE_MESSAGE": "asks_rating",
}
# Name → setting and how many of its units one of the wire is.
_NUMBERS: Final[Mapping[str, tuple[str, int]]] = {
    "QUEUE_TIME": ("offer_s", 1),
    "NO_ANSWER_TIME": ("no_answer_s", 1),
    "FULL_CLOSE_TIME": ("full_close_s", 60),  # minutes
    "AUTO_CLOSE_TIME": ("auto_close_s", 1),
    "WELCOME_BOT_TIME": ("bot_s", 1),
    "MAX_CHAT": ("max_sessions", 1),
}
_WORDS: Final[Mapping[str, str]] = {
    "QUEUE_TYPE": "distribution",
    "WELCOME_BOT_JOIN": "bot_joins",
    "WELCOME_BOT_LEFT": "bot_leaves",
}
# Name of a text → its setting, the name of the rule whether it is sent, and what that says for yes and no.
_TEXTS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "WELCOME_MESSAGE_TEXT": ("welcome_text", "WELCOME_MESSAGE", "Y", "N"),
    "NO_ANSWER_TEXT": ("no_answer_text", "NO_ANSWER_RULE", "text", "none"),
    "CLOSE_TEXT": ("closing_text", "CLOSE_RULE", "text", "none"),
    "AUTO_CLOSE_TEXT": ("auto_close_text", "AUTO_CLOSE_RULE", "text", "none"),
}
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOUR: Final = 60
_MAX_QUEUE: Final = 1000


class LineFields(msgspec.Struct, frozen=True, kw_only=True):
    """What can be set; None = was not given."""

    LINE_NAME: str | None = None
    ACTIVE: bool | None = None
    QUEUE: Structure | None = None  # ids of people, or maps {ENTITY_TYPE user/department, ENTITY_ID}
    QUEUE_TYPE: str | None = None
    QUEUE_TIME: int | None = None
    CHECK_AVAILABLE: bool | None = None
    MAX_CHAT: int | None = None
    WELCOME_MESSAGE: str | None = None
    WELCOME_MESSAGE_TEXT: str | None = None
    SEND_WELCOME_EACH_SESSION: bool | None = None
    NO_ANSWER_TIME: int | None = None
    NO_ANSWER_RULE: str | None = None
    NO_ANSWER_TEXT: str | None = None
    CLOSE_RULE: str | None = None
    CLOSE_TEXT: str | None = None
    FULL_CLOSE_TIME: int | None = None
    AUTO_CLOSE_TIME: int | None = None
    AUTO_CLOSE_RULE: str | None = None
    AUTO_CLOSE_TEXT: str | None = None
    VOTE_MESSAGE: bool | None = None
    WATCH_TYPING: bool | None = None
    OPERATOR_DATA: str | None = None  # profile: names and pictures of operators are shown; queue, hide: the line's own
    WELCOME_BOT_ENABLE: bool | None = None
    WELCOME_BOT_ID: int | None = None
    WELCOME_BOT_JOIN: str | None = None
    WELCOME_BOT_TIME: int | None = None
    WELCOME_BOT_LEFT: str | None = None
    WORKTIME_ENABLE: bool | None = None
    WORKTIME_FROM: str | None = None  # 9 or 9.30
    WORKTIME_TO: str | None = None
    WORKTIME_DAYOFF: Structure | None = None  # list of SA, SU …
    WORKTIME_DAYOFF_RULE: str | None = None  # text, none
    WORKTIME_DAYOFF_TEXT: str | None = None


READER: Final = FieldsReader(LineFields, {})


def config_view(line: Line, queue: Sequence[QueueEntry] | None, frame: Frame) -> View:
    """Give a line's settings, with its queue if that is wanted: people's ids, and all places in full."""
    settings = settings_of(line)
    view: View = {
        "ID": str(line.id),
        "LINE_NAME": line.name,
        "ACTIVE": flag(line.active),
        "DATE_CREATE": frame.clock.atom(line.created_at),
        "CREATE_USER_ID": str(line.created_by),
        "TEMPORARY": "N",
        "OPERATOR_DATA": "profile" if settings.shows_operators else "hide",
        "WELCOME_BOT_ENABLE": flag(settings.bot_id),
        "WELCOME_BOT_ID": str(settings.bot_id),
        "TYPE_MAX_CHAT": "answered_new",
        **{name: flag(getattr(settings, own)) for name, own in _FLAGS.items()},
        **{name: str(getattr(settings, own) // unit) for name, (own, unit) in _NUMBERS.items()},
        **{name: getattr(settings, own) for name, own in _WORDS.items()},
        **_hours_view(settings.working_hours),
    }
    for name, (own, rule, yes, no) in _TEXTS.items():
        text = getattr(settings, own)
        view |= {rule: yes if text else no, name: text}
    if queue is not None:
        view["QUEUE"] = [str(one.person_id) for one in queue if one.person_id]
        view["configQueue"] = [_place_view(one) for one in queue]
    return view


def changed_settings(given: LineFields, settings: LineSettings) -> LineSettings:
    """Give the settings with what was given put in. Raises ApiError ERROR_ARGUMENT for what a line cannot have."""
    values: dict[str, Any] = {}
    for name, own in {**_FLAGS, **_WORDS}.items():
        if (value := getattr(given, name)) is not None:
            values[own] = value
    for name, (own, unit) in _NUMBERS.items():
        if (value := getattr(given, name)) is not None:
            values[own] = value * unit
    for name, (own, rule, _, no) in _TEXTS.items():
        if (value := getattr(given, name)) is not None:
            values[own] = value.strip()
        if getattr(given, rule) == no:
            values[own] = ""
    if given.OPERATOR_DATA is not None:
        values["shows_operators"] = given.OPERATOR_DATA == "profile"
    if given.WELCOME_BOT_ID is not None:
        values["bot_id"] = max(0, given.WELCOME_BOT_ID)
    if given.WELCOME_BOT_ENABLE is False:
        values["bot_id"] = 0
    values["working_hours"] = _changed_hours(given, settings.working_hours)
    return _checked(replace(settings, **values))


def read_queue(given: Structure | None) -> list[QueueEntry] | None:
    """Read the places of a queue; None = was not given. Raises ApiError ERROR_ARGUMENT."""
    if given is None:
        return None
    places = given.value.values() if isinstance(given.value, dict) else given.value or ()
    if len(places) > _MAX_QUEUE:
        raise _refusal("QUEUE")
    try:
        return [_place(one) for one in places]
    except BadValue:
        raise _refusal("QUEUE") from None


def _checked(settings: LineSettings) -> LineSettings:
    try:
        return msgspec.convert(msgspec.to_builtins(settings), LineSettings)
    except msgspec.ValidationError as error:
        raise ApiError(ERROR_ARGUMENT, text=f"Wrong settings: {error}"[:200]) from None


def _place(given: Value) -> QueueEntry:
    if not isinstance(given, dict | list):
        return QueueEntry(person_id=max(0, to_int(given)))
    place = to_structure(given)
    if not isinstance(place, dict):
        raise BadValue("a map was expected")
    number = max(0, to_int(place.get("ENTITY_ID")))
    is_department = to_text(place.get("ENTITY_TYPE")).strip().lower() == "department"
    return QueueEntry(department_id=number) if is_department else QueueEntry(person_id=number)


def _place_view(place: QueueEntry) -> View:
    if place.department_id:
        return {"ENTITY_TYPE": "department", "ENTITY_ID": str(place.department_id)}
    return {"ENTITY_TYPE": "user", "ENTITY_ID": str(place.person_id)}


def _hours_view(hours: WorkingHours) -> View:
    return {
        "WORKTIME_ENABLE": flag(hours.is_on),
        "WORKTIME_FROM": _clock(hours.begin),
        "WORKTIME_TO": _clock(hours.end),
        "WORKTIME_DAYOFF": [day for number, day in enumerate(_DAYS) if number not in hours.days],
        "WORKTIME_DAYOFF_RULE": "text" if hours.away_text else "none",
        "WORKTIME_DAYOFF_TEXT": hours.away_text,
    }


def _changed_hours(given: LineFields, hours: WorkingHours) -> WorkingHours:
    values: dict[str, Any] = {}
    if given.WORKTIME_ENABLE is not None:
        values["is_on"] = given.WORKTIME_ENABLE
    if given.WORKTIME_FROM is not None:
        values["begin"] = _minutes("WORKTIME_FROM", given.WORKTIME_FROM)
    if given.WORKTIME_TO is not None:
        values["end"] = _minutes("WORKTIME_TO", given.WORKTIME_TO)
    if given.WORKTIME_DAYOFF is not None:
        values["days"] = _workdays(given.WORKTIME_DAYOFF)
    if given.WORKTIME_DAYOFF_TEXT is not None:
        values["away_text"] = given.WORKTIME_DAYOFF_TEXT.strip()
    if given.WORKTIME_DAYOFF_RULE == "none":
        values["away_text"] = ""
    return replace(hours, **values)


def _workdays(given: Structure) -> list[int]:
    listed = given.value.values() if isinstance(given.value, dict) else given.value or ()
    try:
        off = {to_text(one).strip().upper() for one in listed}
    except BadValue:
        raise _refusal("WORKTIME_DAYOFF") from None
    return [number for number, day in enumerate(_DAYS) if day not in off]


def _clock(minutes: int) -> str:
    """Write 9 for nine o'clock and 18.30 for half past six, as the documentation does."""
    hours, rest = divmod(minutes, _HOUR)
    return f"{hours}.{rest:02}" if rest else str(hours)


def _minutes(name: str, text: str) -> int:
    hours, _, rest = text.strip().partition(".")
    if not hours.isdecimal() or (rest and not rest.isdecimal()) or len(text) > len("18.30") or int(rest or 0) >= _HOUR:
        raise _refusal(name)
    # As a decimal number: half past six may come as 18.3.
    return int(hours) * _HOUR + int(rest.ljust(2, "0") if rest else 0)


def _refusal(name: str) -> ApiError:
    return ApiError(ERROR_ARGUMENT, text=f"Argument '{name}' is wrong", argument=name)
