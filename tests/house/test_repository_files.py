"""What is committed must work on any machine: no paths of one's own computer, no addresses of package registries."""

import re
import tomllib

import pytest

from house.source_tree import ROOT, VENDORED, complaint, repository_files, text_of

MACHINE_PATH = re.compile(r"(?<![\w.\-/:])/(?:work|home|root|Users)/[\w.]|\b[A-Z]:\\Users\\")
REGISTRY = re.compile(
    r"\bpypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|--(?:extra-)?index-url|--find-link[s]|--trusted-hos[t]"
)
PINNED = re.compile(r"^[a-z0-9][a-z0-9-]*==[\w.+!]+$")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-clients.lock")


def test_no_file_names_a_path_of_one_machine() -> None:
    offenders = _lines_with(MACHINE_PATH)
    assert not offenders, complaint("A path of somebody's computer: make it relative or ask for it.", offenders)


def test_no_file_names_a_package_registry() -> None:
    offenders = _lines_with(REGISTRY)
    assert not offenders, complaint("Where packages come from is the machine's setting, not ours.", offenders)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_exactly_and_names_no_address(lock: str) -> None:
    lines = [line for line in text_of(lock).splitlines() if line and not line.startswith("#")]
    offenders = [line for line in lines if not PINNED.match(line)]
    assert lines
    assert not offenders, complaint(f"{lock} holds lines of the form name==version only (make lock).", offenders)


def test_the_locks_of_the_client_name_no_address() -> None:
    locks = [path for path in repository_files() if path.endswith("package-lock.json")]
    offenders = [path for path in locks if "://" in text_of(path)]
    assert locks
    assert not offenders, complaint("A lock names versions only: take `resolved` and `funding` out of it.", offenders)


def test_the_locks_do_not_overlap() -> None:
    names = [name for lock in LOCKS for name in _pinned_names(lock)]
    offenders = sorted({name for name in names if names.count(name) > 1})
    assert not offenders, complaint("A package is pinned in one lock file only (make lock).", offenders)


def test_every_dependency_is_pinned_and_explained() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    wanted = {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": project["optional-dependencies"]["dev"],
        "requirements-clients.lock": project["optional-dependencies"]["clients"],
    }
    reasons = text_of("docs/dependencies.md")
    offenders = []
    for lock, requirements in wanted.items():
        for name in (re.split(r"[<>=~!\[; ]", requirement)[0] for requirement in requirements):
            offenders += [] if name in _pinned_names(lock) else [f"{name}: not in {lock} (make lock)"]
            offenders += [] if f"`{name}`" in reasons else [f"{name}: no reason in docs/dependencies.md"]
    assert not offenders, complaint("Each dependency is pinned, and its reason is one line.", offenders)


def test_no_more_than_ten_runtime_dependencies() -> None:
    dependencies = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    assert len(dependencies) <= 10, complaint("At most ten libraries to run; each has to earn its place.", dependencies)


def test_programs_are_executable() -> None:
    programs = [path for path in repository_files() if text_of(path).startswith("#!")]
    offenders = [path for path in programs if not (ROOT / path).stat().st_mode & 0o100]
    assert not offenders, complaint("It begins with #! but is not executable: git update-index --chmod=+x.", offenders)


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number} {line.strip()[:100]}"
        for path in repository_files()
        if VENDORED not in f"/{path}"
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def _pinned_names(lock: str) -> list[str]:
    return [line.split("==")[0] for line in text_of(lock).splitlines() if "==" in line and not line.startswith("#")]
