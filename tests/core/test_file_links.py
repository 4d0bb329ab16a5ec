"""Tokens in addresses of files: ours, for one thing, for a limited time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skvorets.core.file_links import READ, READ_S, UPLOAD, UPLOAD_RENAMING, FileAddresses, Link, read, sign
from skvorets.storage.database import Portal
from skvorets.storage.files import File

PORTAL = Portal(member_id="a" * 32, secret=bytes(32))
OTHER = Portal(member_id="a" * 32, secret=b"1" * 32)
NOW = 1_700_000_000_000
FILE = File(id=7, name="а b.txt", name_key="", author_id=1, created_at=0, changed_at=0)


@given(st.integers(0, 255), *[st.integers(0, 2**63 - 1)] * 2)
def test_a_token_says_what_was_signed(purpose: int, target_id: int, person_id: int) -> None:
    link = Link(purpose, target_id, person_id, NOW // 1000 + 1)
    assert read(PORTAL, sign(PORTAL, link), NOW) == link
    assert read(OTHER, sign(PORTAL, link), NOW) is None
    assert read(PORTAL, sign(PORTAL, link), NOW + 1000) is None


@given(st.text(max_size=60))
def test_whatever_is_not_ours_is_nothing(text: str) -> None:
    assert read(PORTAL, text, NOW) is None
    token = sign(PORTAL, Link(READ, 1, 1, 2**40))
    assert read(PORTAL, text + token[len(text) :], NOW) in {None, Link(READ, 1, 1, 2**40)}


def test_addresses_are_the_same_for_hours_and_good_for_a_day() -> None:
    addresses = {FileAddresses("https://x", PORTAL, 5, NOW + minute * 60_000).show(FILE) for minute in range(60)}
    assert len(addresses) <= 2
    for address in addresses:
        start, form, token, name = address.removeprefix("https://x/").split("/")
        assert (start, form, name) == ("files", "show", "%D0%B0%20b.txt")
        assert read(PORTAL, token, NOW + 60 * 60_000 + READ_S * 1000 - 3_600_001) is not None
        assert read(PORTAL, token, NOW + 31 * 3_600_000) is None


def test_uploads_say_whether_names_are_numbered() -> None:
    addresses = FileAddresses("https://x", PORTAL, 5, NOW)
    for renames, purpose in ((True, UPLOAD_RENAMING), (False, UPLOAD)):
        link = read(PORTAL, addresses.upload_token(FILE, renames=renames), NOW)
        assert link == Link(purpose, 7, 5, NOW // 1000 + 3600)


def test_only_pictures_have_a_preview() -> None:
    assert FileAddresses("https://x", PORTAL, 5, NOW).preview(FILE) == ""
