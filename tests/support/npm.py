"""Packages from npm, in the versions of a lock file, installed once into the repository's cache folder."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What checks the web client: the type checker, and axe.
CLIENT_SOURCES, CLIENT_CACHE = ROOT / "tests" / "client", ROOT / ".cache" / "client-checks"
# Seconds for an installation.
INSTALL_S = 180.0


def packages(sources: Path, cache: Path) -> Path:
    """Give the folder ``node_modules`` of what a folder's lock file names. Raises FileNotFoundError without npm."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm")
    cache.mkdir(parents=True, exist_ok=True)
    wanted, stamp = (sources / "package-lock.json").read_text(), cache / "installed"
    with (cache / "lock").open("w") as lock:  # tests may run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(sources / name, cache / name)
            command = [npm, "ci", "--prefix", str(cache), "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
            subprocess.run(command, check=True, timeout=INSTALL_S)
            stamp.write_text(wanted)
    return cache / "node_modules"


def client_packages() -> Path:
    """Give the packages that check the web client; skips the test where there is no npm."""
    try:
        return packages(CLIENT_SOURCES, CLIENT_CACHE)
    except FileNotFoundError:
        if os.environ.get("SKVORETS_NO_SKIP"):
            pytest.fail("npm is not installed")
        pytest.skip("npm is not installed")
