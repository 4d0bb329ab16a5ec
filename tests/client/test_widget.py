"""The live-chat widget (``src/skvorets/widget``) without a browser: its state, its words, its sizes."""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable

from support.node import run_node_tests

_FOLDER = resources.files("skvorets") / "widget"
_KEY = re.compile(r'^  "(\w+)": ', re.MULTILINE)


def test_a_visitors_talk_survives_bad_networks_and_other_tabs() -> None:
    run_node_tests("widget.test.mjs")


def test_both_languages_say_the_same_things_and_nothing_unused() -> None:
    ru, en = (set(_KEY.findall((_FOLDER / f"words-{one}.js").read_text("utf-8"))) for one in ("ru", "en"))
    assert ru == en
    views = "".join(one.read_text("utf-8") for one in _files(_FOLDER / "views"))
    fields = {"name", "email", "message"}  # of forms: their keys are their names
    assert {key for key in en - fields if f'"{key}"' not in views} == set()


def test_modules_of_the_widget_are_short() -> None:
    scripts = [one for one in _files(_FOLDER) if one.name.endswith(".js")]
    assert [one.name for one in scripts if len(one.read_text("utf-8").splitlines()) > 200] == []


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for one in folder.iterdir():
        found += _files(one) if one.is_dir() else [one]
    return found
