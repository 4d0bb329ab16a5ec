"""Mentions inside texts, there and back. Spec bpium-messages §4.4.1."""

from __future__ import annotations

import time

import pytest

from skvorets.dialects.bpium.message_text import mentioned_in, to_stored, to_wire


@pytest.mark.parametrize(
    ("wire", "stored"),
    [
        ("без имён", "без имён"),
        ("<@$users:7;Анна К/@>, привет", "[USER=7]Анна К[/USER], привет"),
        ("<@$users:7;/@>", "[USER=7][/USER]"),
        ("<@$users:7;a [b]/@>", "[USER=7]a (b)[/USER]"),
        ("<@$users:8;нет такого/@>", "<@$users:8;нет такого/@>"),
        ("<@12:7;Договор/@>", "<@12:7;Договор/@>"),
        ("<@$users:7;без конца", "<@$users:7;без конца"),
        ("<@$users:007;x/@>", "<@$users:007;x/@>"),
    ],
)
def test_mentions_of_known_people_are_stored_as_mentions(wire: str, stored: str) -> None:
    assert to_stored(wire, {7}) == stored


def test_the_number_of_the_catalog_means_the_same() -> None:
    assert to_wire(to_stored("<@3:7;Анна/@>", {7})) == "<@$users:7;Анна/@>"


@pytest.mark.parametrize("text", ["<@$users:7;Анна К/@>, привет", "[B]жирно[/B]", "[USER=all]все[/USER]", "a [b] c"])
def test_what_goes_in_comes_out(text: str) -> None:
    assert to_wire(to_stored(text, {7})) == text


def test_a_mention_of_another_door_is_shown_as_ours() -> None:
    assert to_wire("[USER=5]Имя[/USER] и [user=6]x/@>[/user]") == "<@$users:5;Имя/@> и <@$users:6;x/ @>/@>"


def test_the_mentioned_are_found() -> None:
    assert mentioned_in("<@$users:7;a/@> <@3:8;b/@> <@12:9;c/@>") == [7, 8]


def test_a_text_full_of_beginnings_costs_no_time() -> None:
    began = time.perf_counter()
    assert mentioned_in("<@$users:7;" * 1_800) == []
    assert time.perf_counter() - began < 1
