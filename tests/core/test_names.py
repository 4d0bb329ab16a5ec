"""Names, addresses and dates of people."""

from __future__ import annotations

import pytest

from skvorets.core.names import check_birthday, check_email, clean_name
from skvorets.errors import WrongEmailError, WrongTimeError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Анна \t Мария ", "Анна Мария"),
        ("a\nb\u202ec\0d", "a b c d"),
        ("x" * 300, "x" * 100),
        ("", ""),
        ("\u200b\n", ""),
    ],
)
def test_names_are_one_clean_line(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["", "a@b", " anna@example.com ", "имя@пример.рф", "a.b+c@x-y.example"])
def test_addresses_are_kept_without_spaces_around(given: str) -> None:
    assert check_email(given) == given.strip()


@pytest.mark.parametrize(
    "given", ["a", "@", "a@", "@b", "a b@c", "a@b@c", "a@b\nBcc: x@y", "<a@b>", "a,b@c", "x" * 65 + "@b", "\ud800@b\0"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(WrongEmailError):
        check_email(given)


@pytest.mark.parametrize("given", ["", "2000-02-29", "1900-01-01"])
def test_days_of_birth_are_kept(given: str) -> None:
    assert check_birthday(given) == given


@pytest.mark.parametrize("given", ["2001-02-29", "1899-12-31", "20000101", "2000-1-1", "01.02.2000", "x", "2999-01-01"])
def test_other_days_are_refused(given: str) -> None:
    with pytest.raises(WrongTimeError):
        check_birthday(given)
