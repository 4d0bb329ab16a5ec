"""Slash commands: which lines of a message ask for a command (bitrix24-events §5.5)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.core.slash import BUILT_IN_COMMANDS, MAX_COMMANDS, find_commands, is_built_in

# A busy machine is no failure.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/help", [("help", "")]),
        ("/echo some words", [("echo", "some words")]),
        ("/echo   some words  ", [("echo", "some words")]),
        ("/echo\n", [("echo", "")]),
        ("/one 1\n/two 2", [("one", "1"), ("two", "2")]),
        ("/one 1\r\n/two 2\rtext", [("one", "1"), ("two", "2")]),
        ("hello\n/one\nbye", [("one", "")]),
        ("/one a[BR]/two#BR#/three", [("one", "a"), ("two", ""), ("three", "")]),
        ("/Echo /echo", [("Echo", "/echo")]),
    ],
)
def test_each_line_that_begins_with_a_slash_is_a_command(text: str, found: list[tuple[str, str]]) -> None:
    assert find_commands(text) == found


@pytest.mark.parametrize("text", ["", "hello", "say /help", " /help", "/", "/ help", "//\n/"[2:], ">>/help", "a/b"])
def test_other_lines_are_not(text: str) -> None:
    assert find_commands(text) == []


def test_letter_case_is_kept() -> None:
    assert find_commands("/echoList\n/ECHOLIST") == [("echoList", ""), ("ECHOLIST", "")]


def test_equal_pairs_count_once() -> None:
    assert find_commands("/a 1\n/a 1 \n/a 2\n/a 1") == [("a", "1"), ("a", "2")]


def test_ten_commands_are_carried_out_and_no_more() -> None:
    lines = [f"/command {number}" for number in range(30)]
    assert find_commands("\n".join(lines)) == [("command", str(number)) for number in range(MAX_COMMANDS)]


@pytest.mark.parametrize("name", ["me", "loud", "rename", "getDialogId", "webrtcDebug"])
def test_commands_of_the_client_itself_are_never_found(name: str) -> None:
    assert find_commands(f"/{name} text") == []
    assert is_built_in(name)


def test_names_of_the_client_are_compared_exactly() -> None:
    assert not is_built_in("ME")
    assert find_commands("/Me") == [("Me", "")]
    assert ">>" in BUILT_IN_COMMANDS


def test_an_endless_word_is_no_name() -> None:
    assert find_commands("/" + "x" * 100_000) == []


@UNHURRIED
@given(st.text(alphabet="/ab \n\r[]#BR\t"))
def test_what_is_found_is_named_distinct_and_bounded(text: str) -> None:
    found = find_commands(text)
    assert len(found) <= MAX_COMMANDS
    assert len(set(found)) == len(found)
    for name, params in found:
        assert name
        assert not name.startswith(" ")
        assert params == params.strip()
        assert f"/{name}" in text
