"""Context menus: every documented key and form (seed "Работа с контекстным меню", bitrix24-imbot §7)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.core.content_errors import ContentError, MenuInvalidError, MenuTooLargeError
from skvorets.core.content_values import CONTENT_LIMIT_BYTES, stored_size
from skvorets.core.menu import find_button, normalise_menu

# A busy machine is no failure.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

BOT = 17
LINK = {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com"}
STORED_LINK = {"BOT_ID": BOT, **LINK, "DISABLED": "N", "CONTEXT": "ALL"}


def test_the_example_of_the_documentation_is_stored_as_a_list_of_items() -> None:
    stored = normalise_menu(
        [
            LINK,
            {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard"},
            {"TEXT": "Open app", "APP_ID": "12", "APP_PARAMS": "TEST"},
        ],
        bot_id=BOT,
    )
    rest = {"DISABLED": "N", "CONTEXT": "ALL"}
    assert stored == [
        STORED_LINK,
        {"BOT_ID": BOT, "TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard", **rest},
        {"BOT_ID": BOT, "TEXT": "Open app", "APP_ID": 12, "APP_PARAMS": "TEST", **rest},
    ]


@pytest.mark.parametrize("form", [[LINK], {"0": LINK}, {"ITEMS": [LINK]}, {"items": {"0": LINK}, "BOT_ID": 3}])
def test_all_forms_mean_the_same(form: object) -> None:
    assert normalise_menu(form, bot_id=BOT) == [STORED_LINK]


@pytest.mark.parametrize("value", ["", "N", [], {}, None, False])
def test_nothing_means_no_menu(value: object) -> None:
    assert normalise_menu(value, bot_id=BOT) is None


@pytest.mark.parametrize("value", ["x", 5, [5], [{}], {"ITEMS": []}, {"BUTTONS": [LINK]}, [{"TYPE": "NEWLINE"}]])
def test_what_holds_no_item_is_refused(value: object) -> None:
    with pytest.raises(MenuInvalidError):
        normalise_menu(value, bot_id=BOT)


def test_invalid_items_are_dropped_and_separators_stay() -> None:
    given_items = [LINK, {"TYPE": "NEWLINE"}, {"TEXT": "x"}, {"TEXT": "x", "COMMAND": "echo"}]
    assert normalise_menu(given_items, bot_id=None) == [{**STORED_LINK, "BOT_ID": 0}, {"TYPE": "NEWLINE"}]


def test_actions_flags_and_contexts_are_those_of_buttons() -> None:
    item = {"TEXT": "Put", "ACTION": "PUT", "ACTION_VALUE": "x", "DISABLED": "Y", "CONTEXT": "DESKTOP", "WIDTH": 5}
    assert normalise_menu([item], bot_id=BOT) == [
        {"BOT_ID": BOT, "TEXT": "Put", "ACTION": "PUT", "ACTION_VALUE": "x", "DISABLED": "Y", "CONTEXT": "DESKTOP"}
    ]


def test_the_bot_may_be_named_in_the_menu() -> None:
    menu = {"BOT_ID": "5", "ITEMS": [{"TEXT": "t", "COMMAND": "page"}]}
    stored = normalise_menu(menu, bot_id=None)
    assert find_button(stored, 5, "page", "")
    assert not find_button(stored, 6, "page", "")


def test_thirty_kilobytes_is_the_limit_of_the_stored_form() -> None:
    rest = stored_size([STORED_LINK]) - len("Bitrix24")
    text = "x" * (CONTENT_LIMIT_BYTES - rest)
    assert normalise_menu([{**LINK, "TEXT": text}], bot_id=BOT) == [{**STORED_LINK, "TEXT": text}]
    huge: list[Any] = [[{**LINK, "TEXT": text + "x"}], [{}] * 1_000_000]
    for value in huge:
        with pytest.raises(MenuTooLargeError):
            normalise_menu(value, bot_id=BOT)


KEYS = """
TYPE TEXT LINK APP_ID ACTION ACTION_VALUE COMMAND BOT_ID DISABLED CONTEXT ITEMS 0 1
"""
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["NEWLINE", "/x", "PUT", "5"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=6),
)


@UNHURRIED
@given(VALUES, st.none() | st.integers(-1, 5))
def test_any_value_is_stored_stably_or_refused_by_name(value: object, bot_id: int | None) -> None:
    try:
        stored = normalise_menu(value, bot_id=bot_id)
    except ContentError:
        return
    if stored is not None:
        assert normalise_menu(stored, bot_id=None) == stored
