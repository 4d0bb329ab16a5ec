"""The catalogue of documented methods and the method table say the same.

``docs/catalogue.tsv``: name, scope, source (seed or docs) and status of each documented method — ``exact``: serves as
documented, ``missing``: not there yet. A method is added together with its row.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from skvorets.dialects.bitrix24.registry import METHODS, load_methods

CATALOGUE = Path(__file__).parents[2] / "docs" / "catalogue.tsv"
STATUSES = {"exact", "missing"}
SOURCES = {"seed", "docs"}
# Methods that nobody documents, with the reason why they are served.
EXTRAS: Mapping[str, str] = {
    "imopenlines.bot.session.send.message": "the former name of imopenlines.bot.session.message.send",
    "task.item.get": "what some programs call task.item.getdata",
}


class Entry(msgspec.Struct, frozen=True):
    """A row of the catalogue."""

    name: str
    scope: str
    source: str
    status: str


def entries() -> list[Entry]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return [Entry(**row) for row in csv.DictReader(file, delimiter="\t")]


@pytest.fixture(autouse=True)
def loaded() -> None:
    load_methods()


def test_the_catalogue_is_sorted_and_in_its_own_words() -> None:
    names = [entry.name.lower() for entry in entries()]
    assert names == sorted(set(names)), "sort docs/catalogue.tsv by name, each name once"
    assert {entry.status for entry in entries()} <= STATUSES
    assert {entry.source for entry in entries()} <= SOURCES
    assert len(names) > 100


def test_every_method_marked_exact_is_served() -> None:
    absent = [entry.name for entry in entries() if entry.status == "exact" and entry.name.lower() not in METHODS]
    assert not absent, f"docs/catalogue.tsv promises methods that are not in the table: {absent}"


def test_nothing_else_is_served() -> None:
    promised = {entry.name.lower() for entry in entries() if entry.status == "exact"}
    unlisted = sorted(set(METHODS) - promised - set(EXTRAS))
    assert not unlisted, f"mark these as exact in docs/catalogue.tsv (or give a reason in EXTRAS): {unlisted}"
    assert not EXTRAS.keys() - METHODS.keys(), "EXTRAS lists methods that are not there"
    assert not EXTRAS.keys() & promised, "a documented method needs no reason"


def test_the_scopes_are_the_documented_ones() -> None:
    differing = {
        entry.name: (entry.scope, METHODS[entry.name.lower()].scope)
        for entry in entries()
        if entry.name.lower() in METHODS and METHODS[entry.name.lower()].scope != entry.scope
    }
    assert not differing, f"name: (catalogue, table) {differing}"


def test_every_method_has_a_test_of_its_own() -> None:
    """A test file named as the method's: ``im.chat.updateTitle`` → ``test_im_chat_update_title.py``."""
    tests = Path(__file__).parents[1] / "dialects" / "bitrix24" / "methods"
    known = {path.stem.removeprefix("test_").replace("_", "") for path in tests.glob("**/test_*.py")}
    rows = {row.name.lower().replace(".", "") for row in METHODS.values()}
    assert not rows - known, f"no test file for: {sorted(rows - known)}"
