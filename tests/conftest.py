"""What all tests share: both engines, one cast, and no skipping where it is forbidden.

``--engine sqlite|postgres|both`` chooses the databases (default: both; ``make quick`` takes sqlite and ``--first 3``).
``make test ARGS='--engine postgres'`` runs everything on PostgreSQL.
``SKVORETS_NO_SKIP=1`` (CI) turns every skip into a failure: a missing tool must not hide a test.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from skvorets.storage import sqlite_connection
from support.databases import Postgres
from support.handlers import Handlers
from support.world import Cast, World, test_config

DIALECTS = Path(__file__).parent / "dialects"
# Tests of a dialect's file that run on PostgreSQL, too, when both engines are tested; `--engine postgres` runs all.
FIRST_ON_POSTGRES = 1
# Tests outlive no power failure; servers that the crash tests start are processes of their own and keep to FULL.
sqlite_connection.SYNCHRONOUS = "OFF"
# What waits for other programs (a browser, a killed server, a client of others) sometimes waits too short on a busy
# machine. Such a test may be played once more; what fails twice fails, and the summary names what was played again.
_AGAIN = pytest.mark.flaky(reruns=1)
_WAITING = ("slow", "e2e", "crash", "clients")
# Deadlines measure the machine, not the code; sizes and counters are asserted instead.
hypothesis.settings.register_profile("skvorets", deadline=None, print_blob=True)
hypothesis.settings.register_profile("quick", deadline=None, print_blob=True, max_examples=20)
hypothesis.settings.load_profile("skvorets")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgres", "both"), default="both", help="database engines")
    parser.addoption("--screens", default="", help="folder for the pictures that stories leave (default: pytest's own)")
    parser.addoption("--first", type=int, default=0, help="of tests with a running server only so many of each file")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        metafunc.parametrize("engine", ("sqlite", "postgres") if chosen == "both" else (chosen,), scope="session")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what needs a PostgreSQL server in any case out of the quick tier, and shorten the files that take longest.

    A file begins with what its method documents: the exact reply and who gets it. The quick tier asks for that much,
    and so does PostgreSQL when both engines are tested: words of the wire in many wrong forms never reach a database.
    """
    for item in items:
        if "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
        if any(item.get_closest_marker(name) for name in _WAITING):
            item.add_marker(_AGAIN)
    late: set[pytest.Item] = set()
    if first := config.getoption("--first"):
        late |= _after_the_first(items, first)
    if config.getoption("--engine") == "both":
        late |= _after_the_first(filter(_is_dialect_on_postgres, items), FIRST_ON_POSTGRES)
    config.hook.pytest_deselected(items=list(late))
    items[:] = [item for item in items if item not in late]


def _is_dialect_on_postgres(item: pytest.Item) -> bool:
    case = getattr(item, "callspec", None)
    return case is not None and case.params.get("engine") == "postgres" and DIALECTS in item.path.parents


def _after_the_first(items: Iterable[pytest.Item], first: int) -> set[pytest.Item]:
    """Tests with a running server that come after the first ones of their file; cases are counted singly."""
    seen: Counter[Path] = Counter()
    late = set()
    for item in items:
        if "world" in getattr(item, "fixturenames", ()):
            seen[item.path] += 1
            if seen[item.path] > first:
                late.add(item)
    return late


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome: Any = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("SKVORETS_NO_SKIP") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipping is forbidden here: {report.longrepr}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Give the embedded PostgreSQL server of this test process."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture
async def database(engine: str, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Give a fresh database: "" for SQLite in the test's folder, or the address of one on PostgreSQL."""
    if engine == "sqlite":
        yield ""
        return
    server: Postgres = request.getfixturevalue("postgres")
    dsn = await server.create()
    yield dsn
    await server.drop(dsn)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """Give a SQLite file with the cast in it: copying it is quicker than making one for each test."""
    folder = tmp_path_factory.mktemp("template")

    async def make() -> Cast:
        opened = World(test_config(folder, ""))
        await opened.open()
        await opened.close()
        return opened.cast

    with ThreadPoolExecutor(1) as thread:  # a test's loop may run already; a thread has none
        return folder / "skvorets.db", thread.submit(lambda: asyncio.run(make())).result()


@pytest.fixture
async def world(database: str, tmp_path: Path, sqlite_template: tuple[Path, Cast]) -> AsyncIterator[World]:
    """Give a running server with its cast."""
    opened = World(test_config(tmp_path, database))
    template, cast = sqlite_template
    if not database:
        shutil.copy(template, opened.config.sqlite_path)
    await opened.open(None if database else cast)
    yield opened
    await opened.close()


@pytest.fixture
async def handlers() -> AsyncIterator[Handlers]:
    """Give a server for handlers of events that keeps what it receives."""
    async with Handlers() as opened:
        yield opened
