"""Which part of a file a request wants."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.dialects.native.ranges import Subject, part_wanted

FILE = Subject(100, '"tag"', 1_700_000_000)
DATE = FILE.last_modified


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=90-", (90, 10)),
        ("bytes=90-500", (90, 10)),
        ("bytes=-30", (70, 30)),
        ("bytes=-500", (0, 100)),
        ("Bytes = 5-5", (5, 1)),
    ],
)
def test_a_part_is_given(header: str, expected: tuple[int, int]) -> None:
    part = part_wanted({"Range": header}, FILE)
    assert part.status is HTTPStatus.PARTIAL_CONTENT
    assert (part.start, part.length) == expected
    assert part.content_range(FILE) == f"bytes {expected[0]}-{sum(expected) - 1}/100"


@pytest.mark.parametrize("header", ["", "bytes=-", "bytes=5-4", "lines=1-2", "bytes=1-2,4-5", "bytes=x-", "bytes=1"])
def test_what_is_no_single_range_means_the_whole(header: str) -> None:
    part = part_wanted({"Range": header}, FILE)
    assert (part.status, part.start, part.length, part.content_range(FILE)) == (HTTPStatus.OK, 0, 100, "")


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_behind_the_end_is_refused(header: str) -> None:
    part = part_wanted({"Range": header}, FILE)
    assert part.status is HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert part.content_range(FILE) == "bytes */100"


@pytest.mark.parametrize("value", ['"tag"', 'W/"tag"', '"x", "tag"', "*"])
def test_who_has_it_gets_nothing(value: str) -> None:
    assert part_wanted({"If-None-Match": value, "Range": "bytes=0-1"}, FILE).status is HTTPStatus.NOT_MODIFIED


def test_dates_count_without_tags_only() -> None:
    assert part_wanted({"If-Modified-Since": DATE}, FILE).status is HTTPStatus.NOT_MODIFIED
    older = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert part_wanted(older, FILE).status is HTTPStatus.OK
    assert part_wanted({"If-Modified-Since": DATE, "If-None-Match": '"x"'}, FILE).status is HTTPStatus.OK
    assert part_wanted({"If-Modified-Since": "yesterday"}, FILE).status is HTTPStatus.OK


@pytest.mark.parametrize(
    ("condition", "is_same"),
    [('"tag"', True), (DATE, True), ('"x"', False), ('W/"tag"', False), ("Sat, 01 Jan 2000 00:00:00 GMT", False)],
)
def test_a_part_of_another_version_is_not_continued(condition: str, is_same: bool) -> None:  # noqa: FBT001 — parametrized
    part = part_wanted({"Range": "bytes=10-", "If-Range": condition}, FILE)
    assert part.status is (HTTPStatus.PARTIAL_CONTENT if is_same else HTTPStatus.OK)


@given(st.text(max_size=40), st.integers(0, 50))
def test_whatever_is_asked_the_part_lies_within(header: str, size: int) -> None:
    for text in (header, f"bytes={header}", f"bytes={header}-"):
        part = part_wanted({"Range": text, "If-Range": header}, Subject(size, '"tag"', 0))
        assert 0 <= part.start <= part.start + part.length <= size
