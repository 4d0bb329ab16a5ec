"""PyPI megaplan 1.4, unchanged, where there is a Python 2.7: signs the host with its port, over https.

Elsewhere it is skipped, also where nothing else may be: nobody installs a Python that has come to its end.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.megaplan import PASSWORD, open_account
from support.npm import INSTALL_S, ROOT
from support.portal import Portal

pytestmark = pytest.mark.clients

SOURCES, CACHE = ROOT / "tests" / "clients" / "py2", ROOT / ".cache" / "clients-py2"
# Where several Pythons lie side by side, which one is meant.
ENVIRONMENT = {**os.environ, "PYENV_VERSION": "2.7.18"}
RUN_S = 30.0


@pytest.fixture(scope="module")
def python() -> str:
    """Give a Python 2.7 for which the package is installed; skips where there is none."""
    program = shutil.which("python2.7")
    if program is None or subprocess.run([program, "-c", ""], env=ENVIRONMENT, check=False).returncode:
        pytest.skip("there is no Python 2.7")
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted, stamp = (SOURCES / "requirements.txt").read_text(), CACHE / "installed"
    with (CACHE / "lock").open("w") as lock:  # tests may run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            command = [program, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target", str(CACHE)]
            command += ["--disable-pip-version-check", "-r", str(SOURCES / "requirements.txt")]
            subprocess.run(command, env=ENVIRONMENT, check=True, timeout=INSTALL_S, stderr=subprocess.DEVNULL)
            stamp.write_text(wanted)
    return program


async def test_megaplan_logs_in_and_works_with_messages(portal: Portal, python: str) -> None:
    given = {
        "HOST": portal.domain,
        "LOGIN": await open_account(portal, portal.alice),
        "OTHER_LOGIN": await open_account(portal, portal.bob),
        "OTHER_ID": str(portal.bob.id),
        "PASSWORD": PASSWORD,
        "SSL_CERT_FILE": str(portal.ca_file),
        "PYTHONPATH": str(CACHE),
    }
    got = await run(python, SOURCES / "messages.py2", given)
    message = got["sent"]["message"]
    assert (message["Content"], message["Folder"]) == ("Привет", "outgoing")
    assert [one["Id"] for one in got["incoming"]["messages"]] == [message["Id"]]
    assert got["card"]["message"]["Author"]["Id"] == portal.alice.id
    assert got["refusal"]


async def run(python: str, program: Path, given: dict[str, str]) -> Any:
    """Run a program and give the JSON that it printed."""
    process = await asyncio.create_subprocess_exec(
        python,
        str(program),
        env={**ENVIRONMENT, **given},
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
    return json.loads(output)
