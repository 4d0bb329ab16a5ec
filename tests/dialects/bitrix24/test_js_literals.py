"""JavaScript-style literals: what keyboards in the wild look like, and no text that costs too much."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skvorets.dialects.bitrix24 import js_literals
from skvorets.dialects.bitrix24.js_literals import MAX_DEPTH, MAX_TEXT_LENGTH, BadLiteral, parse_literal
from skvorets.php_forms import Value

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.text(), below),
    max_leaves=15,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", {}),
        ("[]", []),
        ("[1, 2, ]", [1, 2]),
        ("{a: 1,}", {"a": 1}),
        ("{'a': \"b\", \"c\": 'd'}", {"a": "b", "c": "d"}),
        (
            "{ $key_1: true, другой: false, 5: null, x: undefined }",
            {"$key_1": True, "другой": False, "5": None, "x": None},
        ),
        (r"'it\'s \"x\" \u0434\x41\n\/\q'", 'it\'s "x" дA\n/q'),
        ('"it\'s"', "it's"),
        (r"'\ud83d\ude00'", "😀"),
        (r"'\ud83d'", "\ufffd"),
        ("'a\\\nb'", "ab"),
        ("[-1, +2, .5, 1., 1e3, -2.5E-1]", [-1, 2, 0.5, 1.0, 1000.0, -0.25]),
        (
            "\n{\n\tBUTTONS : [ { TEXT : 'Да' , BG_COLOR:'#29619b' } ]\n}\n",
            {"BUTTONS": [{"TEXT": "Да", "BG_COLOR": "#29619b"}]},
        ),
        ("{a: 1, a: 2}", {"a": 2}),
    ],
)
def test_a_literal_is_read(text: str, expected: Value) -> None:
    assert parse_literal(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "word",
        "{a}",
        "{a:}",
        "{a:1 b:2}",
        "{,}",
        "[,]",
        "[1,,2]",
        "[1 2]",
        "[1}",
        "{a:1]",
        "[1",
        "{a:",
        "{a",
        "{",
        "[1] []",
        "'open",
        '"open',
        "'half\\",
        "[alert(1)]",
        "{a: b}",
        "{[1]: 2}",
        "[1a]",
        "[0x1F]",
        "[1e999]",
        "[" + "9" * 5000 + "]",
        "[`x`]",
        "[/* x */]",
    ],
)
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(BadLiteral):
        parse_literal(text)


@settings(deadline=None)
@given(JSON_VALUES)
def test_json_is_a_literal(value: Value) -> None:
    assert parse_literal(json.dumps(value)) == value
    assert parse_literal(json.dumps(value, ensure_ascii=False, indent=1)) == value


@settings(deadline=None)
@given(st.text(alphabet="{}[],:'\"\\ abtruenl0129.eE+-\n") | st.text())
def test_any_text_gives_a_value_or_is_refused(text: str) -> None:
    try:
        value = parse_literal(text)
    except BadLiteral:
        return
    json.dumps(value)


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert parse_literal("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None


@pytest.mark.parametrize("opening", ["[", "{a:", "[{a:", "\n["])
@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 10_000, 200_000])
def test_deep_nesting_is_refused(opening: str, levels: int) -> None:
    with pytest.raises(BadLiteral, match=r"deep|long"):
        parse_literal(opening * levels)


def test_a_text_of_more_than_a_megabyte_is_refused() -> None:
    assert parse_literal("'" + "a" * (MAX_TEXT_LENGTH - 2) + "'")
    with pytest.raises(BadLiteral, match="long"):
        parse_literal("'" + "a" * MAX_TEXT_LENGTH + "'")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" + "'" * 300_000, id="quotes"),
        pytest.param("'" + "\\" * 300_001, id="backslashes"),
        pytest.param(" " * 300_000 + "?", id="spaces"),
        pytest.param("[" + "1." * 150_000, id="dots"),
        pytest.param("[" + "a" * 300_000, id="letters"),
        pytest.param("{" + "a:1," * 75_000, id="members"),
    ],
)
def test_each_character_is_looked_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0

    class Counting:
        def match(self, text: str, position: int) -> object:
            nonlocal looked_at
            found = pattern.match(text, position)
            looked_at += found.end() - position if found else 0
            return found

    pattern = js_literals._TOKEN
    monkeypatch.setattr(js_literals, "_TOKEN", Counting())
    with pytest.raises(BadLiteral):
        parse_literal(text)
    assert looked_at <= len(text)
