"""``skvorets department``: every action, what it prints and what the tree is afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from cli.conftest import Shell, add_anna
from skvorets.core import people
from skvorets.core.people import NewPerson
from skvorets.storage import departments, search_words
from skvorets.storage.database import Tx


async def add_outsider(tx: Tx) -> None:
    await people.add_person(tx, NewPerson(first_name="Olga", extranet=True))


async def read_tree(tx: Tx) -> list[tuple[str, int, int]]:
    return [(one.name, one.parent_id, one.head_id) for one in await departments.every(tx)]


async def read_members(tx: Tx) -> list[tuple[int, int]]:
    rows = await tx.rows("SELECT department_id, person_id FROM department_people ORDER BY 1, 2")
    return [(row[0], row[1]) for row in rows]


async def count_words(tx: Tx) -> int:
    return int(await tx.val("SELECT count(*) FROM search_words WHERE kind = $1", search_words.DEPARTMENT))


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """Company (1) ← Sales (2) ← North (3); Anna is person 1, Olga from outside person 2."""
    shell.unit(add_anna)
    shell.unit(add_outsider)
    assert shell.done("department", "add", "Company", "--head", "anna") == "added Company with id 1\n"
    assert shell.done("department", "add", "Sales", "--parent", "Company") == "added Sales with id 2\n"
    assert shell.done("department", "add", "North", "--parent", "2") == "added North with id 3\n"
    return shell


def tree(shell: Shell) -> Any:
    return shell.unit(read_tree)


def test_departments_are_added_and_shown_as_a_tree(filled: Shell) -> None:
    assert tree(filled) == [("Company", 0, 1), ("Sales", 1, 0), ("North", 2, 0)]
    filled.done("department", "put", "North", "anna")
    assert filled.done("department", "list").splitlines() == [
        "id  department  head  people",
        "1   Company     Anna  Anna",
        "2     Sales",
        "3       North         Anna",
    ]


def test_a_department_is_renamed(filled: Shell) -> None:
    assert filled.done("department", "rename", "Sales", "Trade") == "Sales is now Trade\n"
    assert tree(filled)[1] == ("Trade", 1, 0)


def test_a_department_moves_but_not_below_itself(filled: Shell) -> None:
    for parent in ("Company", "Sales", "North"):
        said = filled.run("department", "move", "Company", parent)
        assert (said.code, said.err) == (1, "skvorets: A department cannot stand below itself\n")
    assert filled.done("department", "move", "North", "Company") == "it is now: North / Company\n"
    assert filled.done("department", "move", "Sales", "top") == "it is now: Sales\n"
    assert tree(filled) == [("Company", 0, 1), ("Sales", 0, 0), ("North", 1, 0)]


def test_heads_belong_to_their_departments(filled: Shell) -> None:
    assert filled.done("department", "head", "Sales", "anna") == "the head is now Anna\n"
    assert filled.unit(read_members) == [(1, 1), (2, 1)]
    assert filled.done("department", "head", "Sales", "nobody") == "it has no head now\n"
    assert tree(filled)[1] == ("Sales", 1, 0)
    assert filled.unit(read_members) == [(1, 1), (2, 1)]


def test_people_are_put_in_and_taken_out(filled: Shell) -> None:
    assert filled.done("department", "put", "3", "1") == "Anna is in 3 now\n"
    assert filled.done("department", "put", "3", "1") == "Anna is in 3 now\n"
    assert filled.unit(read_members) == [(1, 1), (3, 1)]
    assert filled.done("department", "take", "Company", "anna") == "Anna is no longer in Company\n"
    assert filled.unit(read_members) == [(3, 1)]
    assert tree(filled)[0] == ("Company", 0, 0)


@pytest.mark.parametrize("action", ["put", "head"])
def test_only_people_of_the_company_work_in_departments(filled: Shell, action: str) -> None:
    assert filled.run("department", action, "Sales", "2").code == 1
    assert filled.run("department", action, "Sales", "99").code == 1
    assert tree(filled)[1] == ("Sales", 1, 0)
    assert filled.unit(read_members) == [(1, 1)]


def test_what_a_removed_department_had_moves_up(filled: Shell) -> None:
    filled.done("department", "put", "Sales", "anna")
    words = filled.unit(count_words)
    assert filled.done("department", "remove", "Sales") == "Sales is removed\n"
    assert tree(filled) == [("Company", 0, 1), ("North", 1, 0)]
    assert filled.unit(read_members) == [(1, 1)]
    assert filled.unit(count_words) == words - 1
    filled.done("department", "remove", "Company")
    assert tree(filled) == [("North", 0, 0)]
    assert filled.unit(read_members) == []


def test_a_ring_in_the_tree_is_shown_and_can_be_mended(filled: Shell) -> None:
    filled.unit(departments.move, 1, 3)
    assert [line.split()[1] for line in filled.done("department", "list").splitlines()[1:]] == [
        "Company", "Sales", "North",
    ]  # fmt: skip
    filled.done("department", "move", "Company", "top")
    assert tree(filled)[0] == ("Company", 0, 1)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("add", " "), "A chat title without any character"),
        (("add", "X", "--parent", "Nowhere"), "there is no department 'Nowhere'; see: skvorets department list"),
        (("rename", "9", "X"), "there is no department '9'; see: skvorets department list"),
        (("put", "Sales", "nobody"), "there is no person 'nobody'; see: skvorets user list"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(filled: Shell, words: tuple[str, ...], text: str) -> None:
    before = tree(filled)
    said = filled.run("department", *words)
    assert (said.code, said.out, said.err) == (1, "", f"skvorets: {text}\n")
    assert tree(filled) == before


def test_two_of_the_same_name_are_named_by_id(filled: Shell) -> None:
    filled.done("department", "add", "North")
    said = filled.run("department", "rename", "North", "South")
    assert said.err == "skvorets: there are several departments 'North'; see: skvorets department list\n"
    filled.done("department", "rename", "4", "South")
    assert tree(filled)[3] == ("South", 0, 0)
