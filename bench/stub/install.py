"""Installs what the stub needs (`bench/requirements.lock`) into the running virtual environment, once."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"


def ensure_installed() -> None:
    """Install the pinned packages unless exactly they are there."""
    if all(_is_there(*pin) for pin in _pins()):
        return
    print(f"installing {LOCK.name} for the stub", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(LOCK)]
    subprocess.run(command, check=True)


def _pins() -> list[tuple[str, str]]:
    lines = [line for line in LOCK.read_text().splitlines() if "==" in line and not line.startswith("#")]
    return [(name, version) for name, _, version in (line.partition("==") for line in lines)]


def _is_there(name: str, version: str) -> bool:
    try:
        return importlib.metadata.version(name) == version
    except importlib.metadata.PackageNotFoundError:
        return False
