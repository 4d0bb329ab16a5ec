"""What can be measured: the product of this or another checkout, or the stub, each on SQLite or PostgreSQL.

A target starts as a process of its own, with a world (`bench.world`) prepared before.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench.world import TEAM_SIZE, Person, World, chats_for

HERE = Path(__file__).resolve().parent.parent  # the checkout this file belongs to
PREPARATION_S = 600.0
STUB_PEOPLE = 10_000


@dataclass(frozen=True)
class Target:
    """One thing to measure."""

    name: str
    is_stub: bool
    is_postgres: bool
    checkout: Path = HERE

    @property
    def python(self) -> str:
        """The interpreter: the checkout's own virtual environment when it has one."""
        own = self.checkout / ".venv/bin/python"
        return str(own) if self.checkout != HERE and own.exists() else sys.executable

    def environment(self, extra: dict[str, str]) -> dict[str, str]:
        """Return the environment of this target's processes."""
        paths = os.pathsep.join([str(self.checkout / "src"), str(self.checkout)])
        return {**os.environ, "PYTHONPATH": paths, **extra}


@dataclass(frozen=True)
class Contents:
    """What a target's database is to hold."""

    is_full: bool = False  # big chats and long histories, too
    library: int = 0  # instead of all that: a library (bench/library.py) of so many messages


def target_named(name: str) -> Target:
    """Return the target `stub`, `stub-postgres`, `skvorets-sqlite` or `skvorets-postgres`."""
    product, _, engine = name.partition("-")
    if product not in {"stub", "skvorets"} or engine not in {"", "sqlite", "postgres"}:
        raise SystemExit(f"no such target: {name}")
    return Target(name, is_stub=product == "stub", is_postgres=engine == "postgres")


def of_checkout(target: Target, checkout: Path) -> Target:
    """Return the same product and engine, taken from another checkout."""
    return Target(f"{checkout.name}-{target.name}", target.is_stub, target.is_postgres, checkout.resolve())


def prepare(target: Target, data_dir: Path, database: str, contents: Contents) -> Path:
    """Make people, chats and histories in `data_dir` (and `database`); return the file that describes the world."""
    data_dir.mkdir(parents=True)
    described = data_dir / "world.json"
    if target.is_stub:
        described.write_bytes(msgspec.json.encode(_stub_world(is_full=contents.is_full)))
        return described
    command = [target.python, "-m", "bench.prepare", "--data-dir", str(data_dir), "--out", str(described)]
    command += ["--database", database] if database else []
    command += ["--full"] if contents.is_full else []
    command += ["--library", str(contents.library)] if contents.library else []
    subprocess.run(command, cwd=target.checkout, env=target.environment({}), check=True, timeout=PREPARATION_S)
    return described


def _stub_world(*, is_full: bool) -> World:
    people = [Person(number, f"token{number}") for number in range(1, STUB_PEOPLE + 1)]
    return World(people, {chat: number for number, chat in enumerate(chats_for(is_full=is_full), TEAM_SIZE)})


def command_of(target: Target, data_dir: Path, database: str, port: int) -> tuple[list[str], dict[str, str]]:
    """Return the command that serves the prepared `data_dir` at `port`, and its environment."""
    if target.is_stub:
        arguments = ["-m", "uvicorn", "--factory", "bench.stub.app:make_app", "--port", str(port)]
        arguments += ["--loop", "uvloop", "--http", "httptools", "--ws", "websockets-sansio"]
        arguments += ["--ws-per-message-deflate", "false", "--no-access-log", "--log-level", "error"]
        database = database or str(data_dir / f"stub-{port}.db")
        extra = {"BENCH_WORLD": str(data_dir / "world.json"), "BENCH_DATABASE": database}
    else:
        arguments = ["-m", "skvorets", "serve", "--data-dir", str(data_dir), "--listen", f"127.0.0.1:{port}"]
        arguments += ["--database", database] if database else []
        extra = {"SKVORETS_LIMITS": "open", "SKVORETS_PUBLIC_URL": f"http://127.0.0.1:{port}"}
        extra["SKVORETS_ALLOW_PRIVATE_HANDLERS"] = "true"  # the handler of `handover` lies on the loopback
    return [target.python, *arguments], target.environment(extra)
