"""No text makes the parser slow or raise, and what it reads can be written down and read again.

Cost is counted in two ways: calls (exact, so Hypothesis may look for bad texts) and time of the processor (which sees
inside of regular expressions, too, with a wide margin for a busy machine).
"""

from __future__ import annotations

import sys
import time
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.core.link_previews import links_of
from skvorets.core.markup import mentions, parse, plain_text, strip_mentions
from skvorets.core.markup_parser import MAX_DEPTH
from support.markup_source import ROW, source_of

# A busy machine is no failure.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TAGS = """
[B] [/B] [I] [/I] [U] [/U] [CODE] [/CODE] [URL=/a] [/URL] [USER=5] [USER=all] [/USER] [SEND=x] [/SEND] [PUT=y] [/PUT]
[CALL=1] [/CALL] [CHAT=2] [/CHAT] [SIZE=9] [/SIZE] [COLOR=#fff] [/COLOR] [CONTEXT=chat1/2] [/CONTEXT] [IMG]/i[/IMG] [BR]
#BR# http://a.ru/x.png https://b.ru). , x [icon=/i.png] [ [LIKE] [TIMESTAMP=5] [DISK=3] >>
"""
# Codes whose contents are their value: written down in another way they may mean something else.
SHORT = "[URL] [PUT] [SEND] [CALL] [IMG] [IMG [/IMG] [icon= [USER= ] [/ \\ < & %"
WRITTEN = st.sampled_from([*TAGS.split(), " ", "\n", "\t", "    "])
ANYTHING = st.sampled_from(
    [*TAGS.split(), *SHORT.split(), "\n", "\r\n", "\t", " ", ROW, f"\n{ROW}\n", f"{ROW}\nA [1]\n", "\0", "\ud800"]
)


@UNHURRIED
@given(st.lists(WRITTEN, max_size=30).map("".join))
def test_a_tree_that_is_written_down_is_read_as_the_same_tree(text: str) -> None:
    tree = parse(text)
    assert parse(source_of(tree)) == tree


@UNHURRIED
@given(st.lists(ANYTHING | st.text(max_size=3), max_size=40).map("".join))
def test_nothing_raises_and_plain_text_is_one_line_without_more_than_was_said(text: str) -> None:
    plain = plain_text(text)
    assert plain == " ".join(plain.split())
    assert set(plain) <= set(text) | {" "}
    assert len(plain) <= 2 * len(text)
    mentions(text)
    strip_mentions(text)
    links_of(text)


@UNHURRIED
@given(st.lists(ANYTHING, min_size=1, max_size=6).map("".join), st.integers(40, 80))
def test_twice_the_text_costs_at_most_twice_the_calls(piece: str, times: int) -> None:
    once, twice = calls(piece * times), calls(piece * times * 2)
    assert twice <= 2.2 * once + 200


HOSTILE = [
    *(
        "[B]",
        "[/B]",
        "[B][I][/B][/I]",
        "[",
        "[[",
        "]",
        "[a=",
        "[a=[b]",
        "[URL]",
        "[URL=/a]",
        "[USER=1]",
        "[USER=1 ",
        "[CODE]",
    ),
    *(
        ">>",
        ">>x\n",
        "\n>>",
        "\t",
        "    ",
        "-",
        ROW,
        f"{ROW}\n",
        f"{ROW}\nA [1]\n",
        f"\n{ROW}\nA ",
        "http://",
        "http://a)",
    ),
    *(
        "[icon=/a size=1",
        "[icon=/a title=",
        "[icon=/a title=x]",
        "[BR]",
        "#BR",
        "#BR#",
        "[PUT][/B]",
        "[USER=1][USER=2][/USER]",
    ),
    *(
        "[IMG]/a",
        "[/IMG]",
        "[SEND=[x]",
        "[TIMESTAMP=1 format=",
        "[url=[b][b]",
        "a.",
        "://",
        "[b ",
        "[b=",
        "((((",
        "http://a.ru(((",
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
def test_twice_the_text_takes_at_most_twice_the_time(piece: str, is_closed: bool) -> None:  # noqa: FBT001
    """A square would be four times. Texts of messages are cut at 20,000 characters; these are longer."""

    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        if is_closed:
            text += "[/b][/url][/user][/code]" * (length // 24)
        spent = []
        for _ in range(3):
            began = time.thread_time()
            parse(text)
            spent.append(time.thread_time() - began)
        return min(spent)

    assert cost(30_000) < 3.4 * cost(15_000) + 0.03


@pytest.mark.slow
@pytest.mark.parametrize("name", ["B", "URL=/a", "USER=5", "SIZE=9"])
def test_codes_ten_thousand_deep_show_what_is_in_them(name: str) -> None:
    levels = 10_000
    closing = name.partition("=")[0]
    text = f"[{name}]" * levels + "x" + f"[/{closing}]" * levels
    assert plain_text(text) == "x"
    assert plain_text(f">>{text}") == "x"
    assert depth(text) <= MAX_DEPTH + 1
    crossed = "[B][I]" * levels + "x" + "[/B][/I]" * levels
    assert plain_text(crossed) == "x"


def test_what_is_never_closed_is_shown_as_it_is() -> None:
    for piece in ("[B]", "[URL=/a]", "[USER=5]", "[CODE]", "[PUT]"):
        text = piece * 10_000
        assert plain_text(text) == text


def depth(text: str) -> int:
    deepest, level = 0, [(node, 1) for node in parse(text)]
    while level:
        node, at = level.pop()
        deepest = max(deepest, at)
        level += [(child, at + 1) for child in getattr(node, "children", ())]
    return deepest


def calls(text: str) -> int:
    """Count the calls of functions, of the library's too, that parsing takes."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        parse(text)
    finally:
        sys.setprofile(before)
    return count
