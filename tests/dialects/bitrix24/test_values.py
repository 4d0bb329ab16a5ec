"""Loosely typed values: each documented spelling, PHP's casts, and no value that breaks a reader."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skvorets.dialects.bitrix24.values import (
    INT64_MAX,
    INT64_MIN,
    BadValue,
    Value,
    to_atom_date,
    to_flag,
    to_int,
    to_int_list,
    to_list,
    to_structure,
    to_text,
)

PHP = json.loads((Path(__file__).parents[2] / "php_answers.json").read_text("utf-8"))

MEGABYTE = 1_000_000
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text(alphabet=" +-.eE0123456789[]{}")
VALUES = st.recursive(SCALARS, lambda below: st.lists(below) | st.dictionaries(st.text(), below), max_leaves=8)


@pytest.mark.parametrize(("text", "expected"), PHP["int"])
def test_a_text_is_cast_to_the_number_that_php_makes_of_it(text: str, expected: int) -> None:
    assert to_int(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (17, 17),
        (True, 1),
        (False, 0),
        (None, 0),
        (2.9, 2),
        (-2.9, -2),
        (1e30, INT64_MAX),
        (-(10**30), INT64_MIN),
        (float("nan"), 0),
        (float("inf"), 0),
        pytest.param("9" * MEGABYTE, INT64_MAX, id="megabyte of digits"),
        pytest.param("-" + "9" * MEGABYTE + "e5", INT64_MIN, id="megabyte and exponent"),
        pytest.param("0" * MEGABYTE + "7", 7, id="megabyte of zeros"),
        pytest.param(" " * MEGABYTE + "7", 7, id="megabyte of spaces"),
        ("chat17", 0),
    ],
)
def test_any_scalar_is_a_number_of_64_bits(value: Value, expected: int) -> None:
    assert to_int(value) == expected


@pytest.mark.parametrize("value", ["Y", "y", "true", "TRUE", " Y ", "1", True, 1, 1.0])
def test_the_spellings_of_yes(value: Value) -> None:
    assert to_flag(value, False) is True


@pytest.mark.parametrize("value", ["N", "n", "false", "False", "0", False, 0])
def test_the_spellings_of_no(value: Value) -> None:
    assert to_flag(value, True) is False


@pytest.mark.parametrize(
    "value", [None, "", "maybe", "2", 2, float("nan"), pytest.param("Y" * MEGABYTE, id="megabyte")]
)
def test_what_is_no_flag_is_the_default(value: Value) -> None:
    assert to_flag(value, True) is True
    assert to_flag(value, False) is False


@pytest.mark.parametrize(
    ("value", "expected"),
    [("text", "text"), (0, "0"), (17, "17"), (1.5, "1.5"), (2.0, "2"), (True, "1"), (False, ""), (None, "")],
)
def test_a_scalar_is_the_text_that_php_makes_of_it(value: Value, expected: str) -> None:
    assert to_text(value) == expected


@pytest.mark.parametrize("value", [[], {}, ["1"], {"a": "1"}])
@pytest.mark.parametrize("read", [to_int, to_text, lambda value: to_flag(value, True), to_atom_date])
def test_a_list_or_a_map_is_no_scalar(read: Callable[[Value], object], value: Value) -> None:
    with pytest.raises(BadValue):
        read(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, "2"], [1, "2"]),
        ({"0": "a", "1": "b"}, ["a", "b"]),
        ({"5": "a", "x": "b"}, ["a", "b"]),
        ("[1, 2]", [1, 2]),
        ('{"0": 1, "1": 2}', [1, 2]),
        ("['a', 'b',]", ["a", "b"]),
        ("17", ["17"]),
        (17, [17]),
        ("[B]bold[/B]", ["[B]bold[/B]"]),
        ("", []),
        (None, []),
    ],
)
def test_a_list_in_each_spelling(value: Value, expected: list[Value]) -> None:
    assert to_list(value) == expected


def test_ids_in_a_list_are_numbers() -> None:
    assert to_int_list({"0": "1", "1": 2, "2": "3x"}) == [1, 2, 3]
    assert to_int_list("[4,5]") == [4, 5]
    assert to_int_list("6") == [6]
    with pytest.raises(BadValue):
        to_int_list([["1"]])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": 1}, {"a": 1}),
        ([1], [1]),
        (' {"a": [1]}', {"a": [1]}),
        ("{BUTTONS: [{'TEXT': \"Да\",},]}", {"BUTTONS": [{"TEXT": "Да"}]}),
        ("[]", []),
    ],
)
def test_a_structure_in_each_spelling(value: Value, expected: Value) -> None:
    assert to_structure(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "N",
        None,
        5,
        "5",
        "null",
        "{",
        pytest.param("[" * 10_000, id="deep"),
        pytest.param('{"a":' * MEGABYTE, id="megabytes"),
        "[1] x",
    ],
)
def test_what_is_no_structure_is_refused(value: Value) -> None:
    with pytest.raises(BadValue):
        to_structure(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-23T08:11:02+00:00", 1721722262000),
        ("2024-07-23T11:11:02+03:00", 1721722262000),
        ("2024-07-23T11:11:02 03:00", 1721722262000),
        ("2024-07-23T08:11:02Z", 1721722262000),
        ("2024-07-23T08:11:02", 1721722262000),
        ("2024-07-23 08:11:02.250", 1721722262250),
        ("2024-07-23", 1721692800000),
        ("1969-12-31T23:59:59Z", -1000),
        ("0001-01-01T00:00:00+14:00", -62135647200000),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_milliseconds(text: str | None, expected: int | None) -> None:
    assert to_atom_date(text) == expected


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "2024-13-01",
        "2024-07-23T25:00:00Z",
        "1721722262",
        5,
        True,
        pytest.param("1" * MEGABYTE, id="megabyte"),
    ],
)
def test_what_is_no_date_is_refused(value: Value) -> None:
    with pytest.raises(BadValue):
        to_atom_date(value)


@settings(deadline=None)
@given(VALUES)
def test_no_value_breaks_a_reader(value: Value) -> None:
    readers: list[Callable[[Value], object]] = [to_int, to_text, to_list, to_int_list, to_structure, to_atom_date]
    for read in readers:
        try:
            read(value)
        except BadValue:
            continue
    if not isinstance(value, (list, dict)):
        assert INT64_MIN <= to_int(value) <= INT64_MAX
        assert to_flag(value, True) in {True, False}


@settings(deadline=None)
@given(st.integers(INT64_MIN, INT64_MAX))
def test_a_number_survives_as_text(number: int) -> None:
    assert to_int(to_text(number)) == number
