"""JSON bodies: an object is the parameters, everything else is no parameters, nothing is an error."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skvorets.json_bodies import parse_json, parse_json_object
from skvorets.php_forms import MAX_DEPTH


def test_an_object_is_the_parameters() -> None:
    body = '{"DIALOG_ID": "chat1", "KEYBOARD": [{"TEXT": "Да"}], "N": 1.5, "T": true, "Z": null}'.encode()

    assert parse_json_object(body) == {
        "DIALOG_ID": "chat1",
        "KEYBOARD": [{"TEXT": "Да"}],
        "N": 1.5,
        "T": True,
        "Z": None,
    }


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_json_object(b'\xef\xbb\xbf{"a":1}') == {"a": 1}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'[{"a":1}]',
        b'"a"',
        b"5",
        b"null",
        b"{",
        b'{"a":1} x',
        b"{a:1}",
        b'{"a":"\xff"}',
        b'{"\xff":1}',
        b'{"a":"\\ud800"}',
        b'{"a":1e999}',
        b'{"a":' + b"1" * 10_000 + b"}",
        '{"a":1}'.encode("utf-16"),
        '{"a":1}'.encode("utf-32"),
        b'{"a":"\x00"}',
        b'{"a":' * 100_000,
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_everything_else_is_an_empty_parameter_set(body: bytes) -> None:
    assert parse_json_object(body) == {}


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 200, 900, 5_000])
def test_an_object_that_is_too_deep_counts_as_undecodable(levels: int) -> None:
    assert parse_json_object(b'{"a":' * levels + b"1" + b"}" * levels) == {}
    assert parse_json_object(b'{"a":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}") == {}


def test_the_deepest_allowed_object_is_read() -> None:
    assert parse_json_object(b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH) != {}
    assert parse_json_object(b'{"a":' + b"[" * (MAX_DEPTH - 1) + b"]" * (MAX_DEPTH - 1) + b"}") != {}


def test_brackets_in_texts_and_many_small_lists_are_not_depth() -> None:
    body = json.dumps({"a": "[{" * 1000, "b": [[], {}] * 1000}).encode()

    assert parse_json_object(body) == json.loads(body)


def test_a_text_can_be_parsed_as_well() -> None:
    assert parse_json("[1]") == [1]
    assert parse_json("[" * 10_000) is None
    assert parse_json('"\ud800"') is None


@settings(deadline=None)
@given(st.binary() | st.text(alphabet='{}[]",:\\u0d8 1.eE-ntrue').map(str.encode))
def test_any_bytes_give_a_map(body: bytes) -> None:
    parameters = parse_json_object(body)

    assert isinstance(parameters, dict)
    msgspec.json.encode(parameters)
