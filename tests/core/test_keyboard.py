"""Keyboards: every documented key and form (seed "Работа с клавиатурами", bitrix24-imbot §6)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.core.content_errors import ContentError, KeyboardInvalidError, KeyboardTooLargeError
from skvorets.core.content_values import CONTENT_LIMIT_BYTES, stored_size
from skvorets.core.keyboard import find_button, normalise_keyboard

# A busy machine is no failure.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

BOT = 17
LINK = {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com"}


def only_button(button: object, bot_id: int | None = BOT) -> dict[str, Any]:
    """Return the stored form of a keyboard of one button."""
    stored = normalise_keyboard([button], bot_id=bot_id)
    assert stored is not None
    assert len(stored) == 1
    return stored[0]


def assert_invalid(value: object, bot_id: int | None = BOT) -> None:
    with pytest.raises(KeyboardInvalidError):
        normalise_keyboard(value, bot_id=bot_id)


def test_the_example_of_the_documentation_is_stored_as_a_list_of_buttons() -> None:
    stored = normalise_keyboard(
        [
            {**LINK, "BG_COLOR": "#29619b", "TEXT_COLOR": "#fff", "DISPLAY": "LINE"},
            {"TYPE": "NEWLINE"},
            {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard", "DISPLAY": "LINE"},
            {"TEXT": "Help", "COMMAND": "help"},
        ],
        bot_id=BOT,
    )
    common = {"VOTE": "N", "BLOCK": "N", "WAIT": "N", "CONTEXT": "ALL", "DISABLED": "N"}
    head = {"BOT_ID": BOT, "TYPE": "BUTTON"}
    colors = {"BG_COLOR": "#29619b", "TEXT_COLOR": "#fff"}
    assert stored == [
        {**head, **LINK, **common, "DISPLAY": "LINE", **colors},
        {"TYPE": "NEWLINE"},
        {
            **head,
            "TEXT": "Echo",
            "COMMAND": "echo",
            "COMMAND_PARAMS": "test from keyboard",
            **common,
            "DISPLAY": "LINE",
        },
        {**head, "TEXT": "Help", "COMMAND": "help", "COMMAND_PARAMS": "", **common, "DISPLAY": "BLOCK"},
    ]


@pytest.mark.parametrize(
    "form",
    [
        [LINK],
        (LINK,),
        {"0": LINK},
        {"BUTTONS": [LINK]},
        {"buttons": {"0": LINK}},
        {"BOT_ID": "17", "BUTTONS": [LINK]},
        [{"text": "Bitrix24", "Link": "http://bitrix24.com"}],
    ],
)
def test_all_forms_mean_the_same(form: object) -> None:
    assert normalise_keyboard(form, bot_id=BOT) == [only_button(LINK)]


@pytest.mark.parametrize("value", ["", "N", "n", " ", [], {}, None, False, 0, "0"])
def test_nothing_means_no_keyboard(value: object) -> None:
    assert normalise_keyboard(value, bot_id=BOT) is None


@pytest.mark.parametrize(
    "value", ["Y", "[{", 5, True, [5], ["x"], [None], [[]], {"BUTTONS": "x"}, {"BUTTONS": []}, {"a": "b"}, [{}]]
)
def test_what_holds_no_button_is_refused(value: object) -> None:
    assert_invalid(value)


def test_row_ends_alone_are_no_keyboard() -> None:
    assert_invalid([{"TYPE": "NEWLINE"}, {"TYPE": "newline", **LINK}])


@pytest.mark.parametrize(
    "button",
    [
        {"TEXT": "", "LINK": "/"},
        {"TEXT": "  ", "LINK": "/"},
        {"LINK": "/"},
        {"TEXT": "t"},
        {"TEXT": "t", "LINK": "javascript:alert(1)", "COMMAND": "help"},
        {"TEXT": "t", "LINK": "ftp://host"},
        {"TEXT": "t", "APP_ID": "abc"},
        {"TEXT": "t", "APP_ID": -1},
        {"TEXT": "t", "ACTION": "EAT", "ACTION_VALUE": "x"},
        {"TEXT": "t", "ACTION": "PUT"},
        {"TEXT": "t", "ACTION": "PUT", "ACTION_VALUE": " "},
        {"TEXT": "t", "COMMAND": "/"},
        {"TEXT": ["t"], "LINK": "/"},
    ],
)
def test_a_button_without_text_or_valid_action_is_dropped(button: object) -> None:
    assert normalise_keyboard([button, LINK], bot_id=BOT) == [only_button(LINK)]
    assert_invalid([button])


def test_one_action_is_kept_in_the_documented_order() -> None:
    everything = {
        "TEXT": "t",
        "LINK": "/page",
        "APP_ID": "11",
        "APP_PARAMS": "x",
        "ACTION": "SEND",
        "ACTION_VALUE": "hi",
        "COMMAND": "help",
    }
    kept = []
    for key in ("LINK", "APP_ID", "ACTION", "COMMAND"):
        button = only_button(everything)
        kept.append([name for name in ("LINK", "APP_ID", "APP_PARAMS", "ACTION", "COMMAND") if name in button])
        del everything[key]
    assert kept == [["LINK"], ["APP_ID", "APP_PARAMS"], ["ACTION"], ["COMMAND"]]


def test_empty_keys_of_other_actions_do_not_matter() -> None:
    button = only_button({"TEXT": "t", "LINK": "", "APP_ID": 0, "ACTION": None, "COMMAND": "help"})
    assert button["COMMAND"] == "help"


def test_an_application_is_opened_with_its_params() -> None:
    assert only_button({"TEXT": "Open App", "APP_ID": "11"}, None)["APP_ID"] == 11
    assert only_button({"TEXT": "Open App", "APP_ID": 11, "APP_PARAMS": 5})["APP_PARAMS"] == "5"
    assert only_button({"TEXT": "Open App", "APP_ID": 11})["APP_PARAMS"] == ""


@pytest.mark.parametrize("action", ["PUT", "SEND", "COPY", "CALL", "DIALOG"])
def test_every_documented_action_is_kept_with_its_value(action: str) -> None:
    button = only_button({"TEXT": "t", "ACTION": action.lower(), "ACTION_VALUE": "/search "}, None)
    assert (button["ACTION"], button["ACTION_VALUE"]) == (action, "/search ")


def test_a_command_loses_its_slash_and_needs_a_bot() -> None:
    button = {"TEXT": "t", "COMMAND": "/page", "COMMAND_PARAMS": 1}
    stored = only_button(button)
    assert (stored["COMMAND"], stored["COMMAND_PARAMS"]) == ("page", "1")
    assert_invalid([button], bot_id=None)


def test_the_bot_of_the_call_wins_over_the_one_of_the_keyboard() -> None:
    keyboard = {"BOT_ID": 5, "BUTTONS": [{"TEXT": "t", "COMMAND": "page"}]}
    assert [button["BOT_ID"] for button in normalise_keyboard(keyboard, bot_id=None) or []] == [5]
    assert [button["BOT_ID"] for button in normalise_keyboard(keyboard, bot_id=BOT) or []] == [BOT]
    assert only_button(LINK, None)["BOT_ID"] == 0


@pytest.mark.parametrize(
    ("given_flag", "stored"), [("Y", "Y"), (True, "Y"), (1, "Y"), ("N", "N"), ("x", "N"), ([], "N")]
)
def test_flags_come_in_many_spellings(given_flag: object, stored: str) -> None:
    button = only_button({**LINK, "BLOCK": given_flag, "DISABLED": given_flag, "VOTE": "Y", "WAIT": "Y"})
    assert (button["BLOCK"], button["DISABLED"]) == (stored, stored)
    assert (button["VOTE"], button["WAIT"]) == ("N", "N"), "internal flags are not for callers"


@pytest.mark.parametrize(
    ("width", "stored"), [(225, 225), ("225", 225), (0, None), (-5, None), ("x", None), (1e400, None)]
)
def test_a_width_is_a_number_of_pixels(width: object, stored: int | None) -> None:
    assert only_button({**LINK, "WIDTH": width}).get("WIDTH") == stored


def test_wrong_colours_are_ignored_and_those_of_the_keyboard_fill_in() -> None:
    colors = {"BG_COLOR": "#111", "TEXT_COLOR": "red", "OFF_BG_COLOR": "#222222", "OFF_TEXT_COLOR": "#333"}
    keyboard = {"BUTTONS": [{**LINK, "BG_COLOR": "#abcdef", "OFF_TEXT_COLOR": "wrong"}], "COLORS": colors}
    (button,) = normalise_keyboard(keyboard, bot_id=BOT) or []
    assert {key: value for key, value in button.items() if key.endswith("COLOR")} == {
        "BG_COLOR": "#abcdef",
        "OFF_BG_COLOR": "#222222",
        "OFF_TEXT_COLOR": "#333",
    }


def test_context_display_and_colour_token_have_known_values_only() -> None:
    button = only_button({**LINK, "CONTEXT": "mobile", "DISPLAY": "line", "BG_COLOR_TOKEN": "ALERT"})
    assert (button["CONTEXT"], button["DISPLAY"], button["BG_COLOR_TOKEN"]) == ("MOBILE", "LINE", "alert")
    button = only_button({**LINK, "CONTEXT": "TV", "DISPLAY": "CUBE", "BG_COLOR_TOKEN": "x", "UNKNOWN": 1})
    assert (button["CONTEXT"], button["DISPLAY"]) == ("ALL", "BLOCK")
    assert not {"BG_COLOR_TOKEN", "UNKNOWN"} & set(button)


def test_thirty_kilobytes_is_the_limit_of_the_stored_form() -> None:
    rest = stored_size([only_button(LINK)]) - len("Bitrix24")
    fitting = {**LINK, "TEXT": "x" * (CONTENT_LIMIT_BYTES - rest)}
    assert stored_size([only_button(fitting)]) == CONTENT_LIMIT_BYTES
    with pytest.raises(KeyboardTooLargeError):
        normalise_keyboard([{**LINK, "TEXT": fitting["TEXT"] + "x"}], bot_id=BOT)


def test_hostile_size_and_depth_do_no_harm() -> None:
    deep: Any = []
    for _ in range(10_000):
        deep = [deep]
    huge: list[Any] = [[{}] * 1_000_000, [{**LINK, "TEXT": "x" * 10_000_000}]]
    for value in huge:
        with pytest.raises(KeyboardTooLargeError):
            normalise_keyboard(value, bot_id=BOT)
    assert_invalid([deep])


def test_a_click_is_known_by_bot_command_and_params() -> None:
    stored = normalise_keyboard(
        [
            {"TEXT": "Stop", "COMMAND": "KEYBOARD", "COMMAND_PARAMS": "stop"},
            {"TEXT": "Off", "COMMAND": "off", "DISABLED": "Y"},
            {"TYPE": "NEWLINE"},
            LINK,
        ],
        bot_id=BOT,
    )
    assert find_button(stored, BOT, "KEYBOARD", "stop")
    assert find_button(stored, BOT, "/KEYBOARD", "stop ")
    assert not find_button(stored, BOT + 1, "KEYBOARD", "stop")
    assert not find_button(stored, BOT, "keyboard", "stop")
    assert not find_button(stored, BOT, "KEYBOARD", "")
    assert not find_button(stored, BOT, "off", ""), "a disabled button cannot be clicked"
    assert not find_button(stored, BOT, "", "")
    assert not find_button(None, BOT, "KEYBOARD", "stop")


KEYS = """
TYPE TEXT LINK APP_ID APP_PARAMS ACTION ACTION_VALUE COMMAND COMMAND_PARAMS BOT_ID BLOCK DISABLED DISPLAY
WIDTH BG_COLOR CONTEXT BUTTONS COLORS 0 1 text
"""
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["NEWLINE", "https://a.ru", "/x", "PUT", "Y", "#fff", "12", "\ud800", "a\x00b", "9" * 5000])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=6),
)


@UNHURRIED
@given(VALUES, st.none() | st.integers(-1, 5))
def test_any_value_is_stored_stably_or_refused_by_name(value: object, bot_id: int | None) -> None:
    try:
        stored = normalise_keyboard(value, bot_id=bot_id)
    except ContentError:
        return
    if stored is not None:
        assert stored_size(stored) <= CONTENT_LIMIT_BYTES
        assert normalise_keyboard(stored, bot_id=None) == stored
