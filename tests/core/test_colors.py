"""Colours: documented names and values, defaults of persons and chats, words of automatic titles (bitrix24-im §3)."""

from __future__ import annotations

import random

import pytest

from skvorets.core.colors import (
    CHAT_COLORS,
    HEX_BY_NAME,
    PLACEMENT_COLORS,
    automatic_title,
    color_name,
    color_word,
    hex_color,
    hex_of,
    person_color,
    random_chat_color,
)


def test_chats_accept_the_sixteen_names_of_the_documentation_in_its_order() -> None:
    documented = (
        "RED, GREEN, MINT, LIGHT_BLUE, DARK_BLUE, PURPLE, AQUA, PINK, LIME, BROWN, AZURE, KHAKI, SAND, MARENGO, GRAY, "
        "GRAPHITE"
    )
    assert ", ".join(CHAT_COLORS) == documented


def test_placements_accept_orange_besides() -> None:
    assert set(PLACEMENT_COLORS) - set(CHAT_COLORS) == {"ORANGE"}
    assert color_name("orange", PLACEMENT_COLORS) == "ORANGE"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RED", "#df532d"),
        ("MINT", "#4ba984"),
        ("KHAKI", "#728f7a"),
        ("LIME", "#58cc47"),
        ("DARK_BLUE", "#3e99ce"),
        ("BROWN", "#ab7761"),
        ("ORANGE", "#e8a441"),
        ("COPILOT", "#8d51eb"),
    ],
)
def test_a_name_has_its_documented_hex(name: str, value: str) -> None:
    assert hex_of(name) == value


def test_every_hex_is_a_valid_one_and_differs_from_the_others() -> None:
    assert all(hex_color(value) == value for value in HEX_BY_NAME.values())
    assert len(set(HEX_BY_NAME.values())) == len(HEX_BY_NAME)


@pytest.mark.parametrize("given", ["mint", "MINT", " Mint "])
def test_a_name_is_accepted_in_any_case(given: str) -> None:
    assert color_name(given) == "MINT"


@pytest.mark.parametrize("given", ["ORANGE", "COPILOT", "BLACK", "#4ba984", "", None, 5, ["MINT"]])
def test_other_names_are_no_colours_of_a_chat(given: object) -> None:
    assert color_name(given) is None


@pytest.mark.parametrize("given", ["#fff", "#29619b", "#FFF", " #29619B "])
def test_a_hex_colour_is_kept_as_written(given: str) -> None:
    assert hex_color(given) == given.strip()


@pytest.mark.parametrize("given", ["fff", "#ffff", "#ggg", "#fffffff", "red", "", None, 123, "#fff\n;x"])
def test_other_text_is_no_hex_colour(given: object) -> None:
    assert hex_color(given) is None


def test_a_person_gets_a_colour_by_the_last_digit_of_the_id() -> None:
    names = [person_color(person_id, "F") for person_id in range(1, 11)]
    assert names == ["RED", "GREEN", "MINT", "LIGHT_BLUE", "DARK_BLUE", "PURPLE", "AQUA", "PINK", "LIME", "BROWN"]
    assert person_color(121, "F") == "RED"


def test_men_get_other_colours_for_the_soft_ones() -> None:
    assert [person_color(person_id, "M") for person_id in (4, 7, 28)] == ["AZURE", "SAND", "KHAKI"]
    assert person_color(1, "M") == "RED"
    assert person_color(4, "") == "LIGHT_BLUE"


def test_a_chat_without_colour_gets_any_of_the_allowed_ones() -> None:
    source = random.Random(5)
    assert {random_chat_color(source) for _ in range(1000)} == set(CHAT_COLORS)


def test_automatic_titles_are_written_in_the_language_of_the_portal() -> None:
    assert automatic_title("MINT", 3, "ru") == "Мятный чат №3"
    assert automatic_title("MINT", 3, "en") == "Mint chat #3"
    assert automatic_title("LIGHT_BLUE", 12, "de") == "Light blue chat #12"
    assert automatic_title("KHAKI", 1, "UA") == "Хаки чат №1"


def test_every_colour_has_a_word_in_both_languages() -> None:
    assert len({color_word(name, "ru") for name in HEX_BY_NAME}) == len(HEX_BY_NAME)
    assert len({color_word(name, "en") for name in HEX_BY_NAME}) == len(HEX_BY_NAME)
