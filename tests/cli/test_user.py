"""``skvorets user``: every action, what it prints and what is in the database afterwards."""

from __future__ import annotations

import io
from typing import Any

import pytest

from cli.conftest import Shell
from skvorets.core import password_hashes, second_factor
from skvorets.storage import logins as rows
from skvorets.storage import people
from skvorets.storage.database import Tx
from support.codes import Phone


def account(shell: Shell, login: str) -> Any:
    return shell.unit(rows.find, login)


def person(shell: Shell, login: str) -> Any:
    return shell.unit(people.find, account(shell, login).person_id)


def is_password(shell: Shell, login: str, password: str) -> bool:
    return password_hashes.is_right(account(shell, login).password_hash, password, "")


async def kinds(tx: Tx) -> list[str]:
    return [row[0] for row in await tx.rows("SELECT kind FROM events ORDER BY id")]


def test_a_person_is_added_with_a_password_that_is_made_up(shell: Shell) -> None:
    out = shell.done(
        "user", "add", "Anna", "--first-name", "Анна", "--last-name", "Петрова", "--admin", "--gender", "F"
    )
    assert out.startswith("added Anna with id 1\npassword: ")
    anna = person(shell, "anna")
    assert (anna.name, anna.admin, anna.extranet, anna.kind) == ("Анна Петрова", 1, 0, "human")
    assert is_password(shell, "anna", out.rpartition(": ")[2].strip())


def test_the_password_may_come_from_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert shell.done("user", "add", "bob", "--extranet", "--password-stdin") == "added bob with id 1\n"
    assert is_password(shell, "bob", "correct horse")
    bob = person(shell, "bob")
    assert (bob.name, bob.admin, bob.extranet) == ("bob", 0, 1)


def test_a_weak_password_adds_nobody(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    said = shell.run("user", "add", "bob", "--password-stdin")
    assert (said.code, said.out) == (1, "")
    assert said.err == "skvorets: a password has 8 to 1024 characters\n"
    assert account(shell, "bob") is None


def test_a_login_that_is_taken_adds_nobody(shell: Shell) -> None:
    shell.done("user", "add", "bob")
    said = shell.run("user", "add", "BOB")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("skvorets: ")
    assert len(shell.unit(people.every)) == 1


def test_the_list_shows_who_may_what(shell: Shell) -> None:
    shell.done("user", "add", "anna", "--first-name", "Anna\x1b[31m", "--admin")
    shell.done("user", "add", "bob", "--first-name", "Bob", "--extranet")
    shell.done("user", "disable", "bob")
    assert shell.done("user", "list").splitlines() == [
        "id  login  name       kind   rights    state",
        "1   anna   Anna?[31m  human  admin     active",
        "2   bob    Bob        human  extranet  disabled",
    ]


def test_a_person_is_locked_out_and_let_in_again(shell: Shell) -> None:
    shell.done("user", "add", "bob", "--first-name", "Bob")
    assert shell.done("user", "disable", "bob") == "Bob (id 1) is disabled\n"
    assert person(shell, "bob").active == 0
    assert shell.unit(kinds)[-2:] == ["person.changed", "person.updated"]
    assert shell.done("user", "enable", "1") == "Bob (id 1) is enabled\n"
    assert person(shell, "bob").active == 1


def test_rights_are_given_and_taken(shell: Shell) -> None:
    shell.done("user", "add", "bob", "--first-name", "Bob")
    assert shell.done("user", "admin", "bob") == "Bob (id 1) is now an administrator\n"
    assert person(shell, "bob").admin == 1
    assert shell.done("user", "admin", "bob", "--off") == "Bob (id 1) is no longer an administrator\n"
    assert person(shell, "bob").admin == 0


def test_a_password_is_changed_and_a_login_given(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.done("user", "add", "bob")
    out = shell.done("user", "password", "bob")
    assert out.startswith("the password of bob is changed\npassword: ")
    assert is_password(shell, "bob", out.rpartition(": ")[2].strip())
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert shell.done("user", "password", "1", "--login", "robert", "--password-stdin")
    assert is_password(shell, "robert", "correct horse")
    assert account(shell, "bob") is None


@pytest.mark.parametrize("name", ["nobody", "17", "9" * 40, "", "\udcff"])
def test_an_unknown_person_is_said_to_be_unknown(shell: Shell, name: str) -> None:
    said = shell.run("user", "disable", name)
    assert said.code == 1
    assert "there is no person" in said.err


def test_a_lost_phone_is_forgotten(shell: Shell) -> None:
    shell.done("user", "add", "bob")
    bob = person(shell, "bob")
    assert shell.run("user", "forget-codes", "bob").err == "skvorets: bob has no second factor\n"
    begun = shell.unit(second_factor.begin, bob, "here")
    shell.unit(second_factor.confirm, bob, Phone(begun.secret).code())
    assert shell.unit(second_factor.is_asked_for, bob.id)
    assert shell.done("user", "forget-codes", "bob") == f"bob (id {bob.id}) logs in with the password alone\n"
    assert not shell.unit(second_factor.is_asked_for, bob.id)
