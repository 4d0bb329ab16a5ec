"""Words typed with the other layout."""

from __future__ import annotations

import pytest

from skvorets.core.keyboard_layouts import other_layout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("Ghbdtn", "Привет"),
        ("руддщ", "hello"),
        ("`krf", "ёлка"),
        ("[jkjl", "холод"),
        ("юбэж", ".,';"),
        ("12-34", "12-34"),
        ("", ""),
    ],
)
def test_the_same_keys_with_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


def test_twice_is_what_was_typed() -> None:
    assert other_layout(other_layout("съешь ещё этих мягких булок")) == "съешь ещё этих мягких булок"
