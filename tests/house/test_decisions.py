"""A decision that nothing guards is a wish: each record in docs/adr names the test that keeps it."""

import re

import pytest

from house.source_tree import ROOT, repository_files, text_of

RECORDS = [path for path in repository_files() if re.fullmatch(r"docs/adr/\d{4}-[a-z0-9-]+\.md", path)]
STATUS = re.compile(
    r"^Status: (proposed|accepted|replaced by \d{4}|proposed \| accepted \| replaced by 00NN) · Date: ", re.MULTILINE
)
SECTIONS = ("## Context", "## Decision", "## Consequences", "## Alternatives", "## Guarded by")


def test_records_are_numbered_without_gaps() -> None:
    numbers = [int(path.split("/")[-1][:4]) for path in RECORDS]
    assert numbers == list(range(len(numbers)))


@pytest.mark.parametrize("path", RECORDS)
def test_a_record_says_why_and_names_its_guard(path: str) -> None:
    text = text_of(path)
    missing = [section for section in SECTIONS if f"\n{section}\n" not in text]
    assert not missing, f"{path} lacks {missing}: see docs/adr/README.md"
    assert STATUS.search(text), f"{path}: say its status and date as the template does"
    assert _guards(text), f"{path}: name under 'Guarded by' the test that fails when this is no longer true"


@pytest.mark.parametrize("path", RECORDS)
def test_the_guard_of_an_accepted_record_exists(path: str) -> None:
    text = text_of(path)
    if "\nStatus: accepted" in text:
        absent = [guard for guard in _guards(text) if not (ROOT / guard).is_file()]
        assert not absent, f"{path} names a guard that does not exist: {absent}"


@pytest.mark.parametrize("path", RECORDS)
def test_a_record_is_listed(path: str) -> None:
    assert f"]({path.removeprefix('docs/adr/')})" in text_of("docs/adr/README.md"), (
        f"{path} is missing in docs/adr/README.md"
    )


def _guards(text: str) -> list[str]:
    return re.findall(r"`(tests/[\w/.]+\.py)`", text.partition("\n## Guarded by\n")[2])
