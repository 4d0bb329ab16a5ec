"""Programs of tests/clients/js: libraries of others in Node, installed once in the versions of the lock file."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from support.npm import ROOT, packages

SOURCES = ROOT / "tests" / "clients" / "js"
CACHE = ROOT / ".cache" / "clients-js"
# Seconds for a run of a program.
RUN_S = 30.0


def js_programs() -> Path:
    """Give a folder with the programs beside the packages that they use; skips where there is no Node."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        if os.environ.get("SKVORETS_NO_SKIP"):
            pytest.fail("Node is not installed")
        pytest.skip("Node is not installed")
    packages(SOURCES, CACHE)
    for program in SOURCES.glob("*.*js"):
        copy = CACHE / f".{program.name}.{os.getpid()}"
        shutil.copy(program, copy)
        copy.replace(CACHE / program.name)  # tests may run in several processes
    return CACHE


async def run_js(program: Path, *options: str, **environment: str) -> Any:
    """Run a program and give the JSON of its last line."""
    process = await asyncio.create_subprocess_exec(
        "node",
        *options,
        str(program),
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(RUN_S):
            output, errors = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode == 0, errors.decode()
    return json.loads(output.decode().splitlines()[-1])
