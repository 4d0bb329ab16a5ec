"""Runs tests of the web client's modules that need no browser, with Node's own test runner."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.npm import ROOT

CLIENT_TESTS = ROOT / "tests" / "client"


def run_node_tests(*names: str, timeout_s: float = 60.0) -> None:
    """Run files of tests/client; fails with what Node says, skips where there is no Node."""
    node = node_program()
    files = [str(CLIENT_TESTS / name) for name in names]
    assert all(Path(one).is_file() for one in files), files
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False, timeout=timeout_s)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# fail 0" in done.stdout, done.stdout
    assert "\n# pass 0\n" not in done.stdout, done.stdout


def run_node_module(source: str, given: object, timeout_s: float = 60.0) -> Any:
    """Run a module that reads JSON and writes JSON; gives what it wrote. Skips where there is no Node."""
    command = [node_program(), "--input-type=module", "--eval", source]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=True, timeout=timeout_s
    )
    return json.loads(done.stdout)


def node_program() -> str:
    node = shutil.which("node")
    if node is None:
        if os.environ.get("SKVORETS_NO_SKIP"):
            pytest.fail("Node is not installed")
        pytest.skip("Node is not installed")
    return node
