#!/usr/bin/env python3
"""Writes the exact versions installed in .venv into the three lock files (`make lock`).

Each package goes into the first file that needs it: what runs, what checks and tests, what the clients of others bring.
Which package needs which is read from the installed packages themselves, starting from pyproject.toml. To take newer
versions: `.venv/bin/pip install --upgrade NAME`, then `make test`, then `make lock`.
"""

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
HEADERS = {
    "requirements.lock": "What a running Skvorets needs, all of it, exactly; why each is here: docs/dependencies.md.",
    "requirements-dev.lock": "What the checks and tests need on top of requirements.lock.",
    "requirements-clients.lock": "Bot libraries written by others, which the tests run unchanged, and what those need.",
}


def main() -> None:
    """Write the lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    seen: set[str] = set()
    for lock, wanted in zip(HEADERS, (project["dependencies"], extras["dev"], extras["clients"]), strict=True):
        needed = {name for requirement in wanted for name in closure(Requirement(requirement))} - seen
        seen |= needed
        lines = [f"{name}=={metadata.version(name)}" for name in sorted(needed)]
        (ROOT / lock).write_text("\n".join([f"# {HEADERS[lock]} Made by `make lock`.", *lines, ""]), encoding="utf-8")
        print(f"{lock}: {len(lines)} packages")


def closure(requirement: Requirement) -> set[str]:
    """Names of a package and of everything that it needs on this Python, as they are installed."""
    found: set[str] = set()
    waiting = [requirement]
    while waiting:
        current = waiting.pop()
        name = re.sub(r"[-_.]+", "-", current.name).lower()
        if name not in found:
            found.add(name)
            required = (Requirement(text) for text in metadata.requires(name) or [])
            waiting += [child for child in required if child.marker is None or child.marker.evaluate({"extra": ""})]
    return found


if __name__ == "__main__":
    main()
