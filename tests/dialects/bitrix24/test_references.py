"""References between the commands of a batch, as documented and as clients write them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skvorets.dialects.bitrix24.references import MAX_INSERTED_LENGTH, Outcomes, resolve_references
from skvorets.php_forms import TooComplex, Value, parse_query

CHATS = {"items": [{"id": 17, "title": "Общий"}, {"id": 18, "title": ""}], "ok": True, "none": None, "ratio": 1.5}
OUTCOMES = Outcomes(
    result={"chats": CHATS, "order0000000000": 5, "0": "first", "1": [7, 8], "people": {42: {"name": "Ann"}}},
    next={"chats": 50},
    total={"chats": 120},
    error={"bad": {"error": "ACCESS_ERROR"}},
)


def resolved(value: Value) -> Any:
    return resolve_references({"X": value}, OUTCOMES)["X"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("$result[chats]", CHATS),
        ("$result[chats][items]", CHATS["items"]),
        ("$result[chats][items][0][id]", 17),
        ("$result[chats][ok]", True),
        ("$result[chats][none]", None),
        ("$result[order0000000000]", 5),
        ("$result[0]", "first"),
        ("$result[1][1]", 8),
        ("$result[people][42][name]", "Ann"),
        ("$next[chats]", 50),
        ("$total[chats]", 120),
        ("$error[bad][error]", "ACCESS_ERROR"),
    ],
)
def test_a_value_that_is_only_a_reference_gets_the_value_with_its_type(value: str, expected: Value) -> None:
    assert resolved(value) == expected
    assert type(resolved(value)) is type(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("chat$result[chats][items][0][id]", "chat17"),
        ("$result[chats][items][0][title]: $total[chats]", "Общий: 120"),
        ("x$result[chats][ratio]", "x1.5"),
        ("x$result[chats][ok]", "x$result[chats][ok]"),
        ("x$result[chats][none]", "x$result[chats][none]"),
        ("x$result[chats]", "x$result[chats]"),
        ("x$result[nobody]", "x$result[nobody]"),
        ("$result", "$result"),
        ("$result[]", "$result[]"),
        ("costs $5", "costs $5"),
    ],
)
def test_inside_text_only_texts_and_numbers_are_put_in(value: str, expected: str) -> None:
    assert resolved(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("$result[chats][items][7]", CHATS["items"]),
        ("$result[chats][items][0][id][deeper][still]", 17),
        ("$result[chats][items][title]", CHATS["items"]),
        ("$result[1][99999999999999999999999]", [7, 8]),
        ("$result[1][-1]", [7, 8]),
        ("$result[1][²]", [7, 8]),
        ("x$result[0][deeper]", "xfirst"),
    ],
)
def test_a_path_that_breaks_off_stops_at_the_last_level_that_exists(value: str, expected: Value) -> None:
    assert resolved(value) == expected


def test_a_command_that_gave_nothing_leaves_the_reference() -> None:
    assert resolved("$result[nobody][id]") == "$result[nobody][id]"
    assert resolved("$error[chats]") == "$error[chats]"


def test_references_are_replaced_at_every_level() -> None:
    assert resolved({"a": ["$total[chats]", {"b": "$next[chats]"}], "c": 1, "d": None}) == {
        "a": [120, {"b": 50}],
        "c": 1,
        "d": None,
    }


def test_references_in_names_are_replaced() -> None:
    assert resolve_references({"$result[0]": "a", "x$total[chats]": "b", "$no": "c"}, OUTCOMES) == {
        "first": "a",
        "x120": "b",
        "$no": "c",
    }


def test_a_name_that_the_bracket_rules_have_cut_is_replaced() -> None:
    parameters = parse_query("FIELDS[$result[order0000000000]]=a&FIELDS[$result[nobody]]=b&FIELDS[$result[1]]=c")

    assert resolve_references(parameters, OUTCOMES) == {
        "FIELDS": {"5": "a", "$result[nobody": "b", "$result[1": "c"},
    }


def test_a_query_is_decoded_before_references_are_replaced() -> None:
    parameters = parse_query("DIALOG_ID=chat%24result%5Bchats%5D%5Bitems%5D%5B0%5D%5Bid%5D&ID=$result[1]")

    assert resolve_references(parameters, OUTCOMES) == {"DIALOG_ID": "chat17", "ID": [7, 8]}


def test_what_was_put_in_is_not_looked_at_again() -> None:
    outcomes = Outcomes(result={"a": "$result[b]", "b": "secret"})

    assert resolve_references({"X": "$result[a]", "Y": "-$result[a]"}, outcomes) == {
        "X": "$result[b]",
        "Y": "-$result[b]",
    }


def test_the_parameters_themselves_are_not_changed() -> None:
    parameters: dict[str, Value] = {"a": {"b": ["$total[chats]"]}}
    resolve_references(parameters, OUTCOMES)

    assert parameters == {"a": {"b": ["$total[chats]"]}}


def test_a_page_of_references_cannot_fill_memory() -> None:
    outcomes = Outcomes(result={"a": "x" * 20_000})
    allowed = MAX_INSERTED_LENGTH // 20_000

    assert len(str(resolve_references({"X": "$result[a]" * allowed}, outcomes)["X"])) == MAX_INSERTED_LENGTH
    with pytest.raises(TooComplex):
        resolve_references({"X": ["-$result[a]"] * (allowed + 1)}, outcomes)


VALUES = st.recursive(
    st.text(alphabet="$result[]next0chats 1") | st.text() | st.integers() | st.none(),
    lambda below: st.lists(below) | st.dictionaries(st.text(alphabet="$result[]0"), below),
    max_leaves=8,
)


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.text(), VALUES))
def test_any_parameters_can_be_resolved(parameters: dict[str, Value]) -> None:
    assert isinstance(resolve_references(parameters, OUTCOMES), dict)
