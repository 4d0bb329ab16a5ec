"""PHP forms: the same trees and texts as PHP's own functions give, and no input that costs too much."""

import json
from collections import Counter
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skvorets import php_forms
from skvorets.php_forms import (
    MAX_DEPTH,
    MAX_KEY_LENGTH,
    MAX_LEVELS,
    MAX_PAIRS,
    TooComplex,
    Value,
    decode_pairs,
    encode_form,
    nest,
    parse_query,
    split_name,
)

PHP = json.loads((Path(__file__).parent / "php_answers.json").read_text("utf-8"))

MEGABYTE = 1_000_000


# ------------------------------------------------------------------------------------------------------------ reading


@pytest.mark.parametrize(("query", "expected"), PHP["parse_str"])
def test_a_query_is_read_as_php_reads_it(query: str, expected: dict[str, Value]) -> None:
    tree = parse_query(query)

    assert tree == expected
    assert json.dumps(tree) == json.dumps(expected)  # the order of keys counts, too


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a[b][c]=1", {"a": {"b": {"c": "1"}}}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        ("a[0]=x&a[1]=y", {"a": ["x", "y"]}),
        ("a[5]=x", {"a": {"5": "x"}}),
        ("a[1]=y&a[0]=x", {"a": {"1": "y", "0": "x"}}),
        ("a[x]=1&a=2", {"a": "2"}),
        ("a=2&a[x]=1", {"a": {"x": "1"}}),
        ("a[b=1", {"a_b": "1"}),
        ("FILTER%5B%3EID%5D=7", {"FILTER": {">ID": "7"}}),
        ("0=a&1=b", {"0": "a", "1": "b"}),
        ("MESSAGE=a+b%20c%2B&", {"MESSAGE": "a b c+"}),
        ("", {}),
    ],
)
def test_the_documented_examples_hold(query: str, expected: dict[str, Value]) -> None:
    assert parse_query(query) == expected


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    assert parse_query("a=%FFb&%FE=1") == {"a": "\ufffdb", "\ufffd": "1"}


def test_raw_bytes_that_the_server_hands_over_as_surrogates_become_storable() -> None:
    tree = parse_query(b"a=\xff&b=\xd0\xb4".decode("utf-8", "surrogateescape"))

    assert tree["b"] == "д"
    assert str(tree["a"]).encode()


@settings(deadline=None)
@given(st.text(alphabet="%=+\n\r 0123456789aAfFgя", max_size=40))
def test_percent_codes_are_read_as_the_standard_library_reads_them(text: str) -> None:
    expected = unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "replace")

    assert decode_pairs("x=" + text) == [("x", expected)]


@settings(deadline=None)
@given(st.text() | st.text(alphabet="ab[]=&%5BD+ .\0", max_size=300))
def test_any_text_gives_a_tree_or_is_too_complex(text: str) -> None:
    try:
        tree = parse_query(text)
    except TooComplex:
        return
    assert isinstance(tree, dict)
    json.dumps(tree).encode()


# ------------------------------------------------------------------------------------------------------------- limits


def test_as_many_pairs_as_allowed_are_read() -> None:
    assert len(parse_query("&".join(f"a{number}=1" for number in range(MAX_PAIRS)))) == MAX_PAIRS


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("a=1&" * (MAX_PAIRS + 1), id="pairs"),
        pytest.param("&" * MEGABYTE, id="separators only"),
        pytest.param("a" + "[b]" * (MAX_DEPTH + 1), id="depth"),
        pytest.param("a" + "[b c]" * (MAX_DEPTH + 1), id="depth of unusual names"),
        pytest.param("a" + "[]" * (MAX_DEPTH + 1), id="depth of lists"),
        pytest.param("a" + "%5B%5D" * 10_000, id="depth, escaped"),
        pytest.param("a" * (MAX_KEY_LENGTH + 1) + "=1", id="key"),
        pytest.param("a" * MEGABYTE, id="megabyte key"),
        pytest.param("a[" + "b" * MEGABYTE, id="megabyte key in a bracket"),
        pytest.param("%D1%8F" * MEGABYTE, id="megabyte key, escaped"),
        pytest.param("[" * MEGABYTE, id="brackets only"),
    ],
)
def test_too_much_is_refused(query: str) -> None:
    with pytest.raises(TooComplex):
        parse_query(query)


def test_the_deepest_allowed_nesting_is_read() -> None:
    tree: Value = parse_query("a" + "[b]" * MAX_DEPTH + "=1")
    for _ in range(MAX_DEPTH + 1):
        assert isinstance(tree, dict)
        (tree,) = tree.values()
    assert tree == "1"


def test_levels_are_counted_over_the_whole_body() -> None:
    deep = "[]" * 60
    allowed = MAX_LEVELS // 60

    assert len(nest((f"a{number}{deep}", "") for number in range(allowed))) == allowed
    with pytest.raises(TooComplex):
        nest((f"a{number}{deep}", "") for number in range(allowed + 1))


def test_a_level_that_is_used_again_is_not_counted_again() -> None:
    items = nest((f"a[b][c][d][e][f][{number}]", "") for number in range(MAX_PAIRS))

    assert items["a"]["b"]["c"]["d"]["e"]["f"] == [""] * MAX_PAIRS  # type: ignore[index,call-overload]


def test_each_name_is_cut_once_however_hostile_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()

    def counted(name: str) -> list[str]:
        calls["names"] += 1
        return split_name(name)

    monkeypatch.setattr(php_forms, "split_name", counted)
    nest([("a[][", "")] * 500 + [("a[b][]", "")] * 500)

    assert calls["names"] == 1000


# ------------------------------------------------------------------------------------------------------------ writing


@pytest.mark.parametrize(("tree", "expected"), PHP["http_build_query"])
def test_a_tree_is_written_as_php_writes_it(tree: dict[str, Value], expected: str) -> None:
    assert encode_form(tree) == expected


def test_an_event_is_written_as_documented() -> None:
    tree: dict[str, Value] = {
        "event": "ONIMBOTMESSAGEADD",
        "data": {"PARAMS": {"MESSAGE": "да & нет", "ID": 5, "A": True, "B": False, "C": None}, "USER": {}, "L": []},
        "ts": 1721722262,
    }
    assert encode_form(tree) == (
        "event=ONIMBOTMESSAGEADD&data%5BPARAMS%5D%5BMESSAGE%5D=%D0%B4%D0%B0+%26+%D0%BD%D0%B5%D1%82"
        "&data%5BPARAMS%5D%5BID%5D=5&data%5BPARAMS%5D%5BA%5D=1&data%5BPARAMS%5D%5BB%5D=0&ts=1721722262"
    )


def test_a_tree_that_is_too_deep_is_not_written() -> None:
    tree: Value = "leaf"
    for _ in range(10_000):
        tree = {"a": tree}

    with pytest.raises(TooComplex):
        encode_form({"a": tree})


NESTED_KEYS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="]\0"), min_size=1, max_size=8
).filter(lambda key: key not in {" ", "\t", "\n", "\v", "\f", "\r"})


def _is_no_list(tree: dict[str, Value]) -> bool:
    return list(tree) != [str(index) for index in range(len(tree))]


TREES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"])),
    lambda below: (
        st.lists(below, min_size=1, max_size=4)
        | st.dictionaries(NESTED_KEYS, below, min_size=1, max_size=4).filter(_is_no_list)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True), TREES, max_size=5))
def test_what_was_written_is_read_back(tree: dict[str, Value]) -> None:
    assert parse_query(encode_form(tree)) == tree
    assert nest(decode_pairs(encode_form(tree))) == tree


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_both_ways_to_escape_mean_the_same(text: str) -> None:
    assert parse_query("a=" + quote(text, safe="")) == parse_query(encode_form({"a": text})) == {"a": text}
