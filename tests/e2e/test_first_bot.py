"""README.md, "Your first bot in two minutes", done literally: its lines are cut out and run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.demonstration import demonstration, wait_until
from support.processes import running

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_bot_answers(tmp_path: Path) -> None:
    section = (ROOT / "README.md").read_text("utf-8").split("## Your first bot in two minutes", 1)[1]
    write_and_start, talk = [part.split("```", 1)[0] for part in section.split("```sh\n")[1:3]]
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    bash = ["bash", "-euo", "pipefail", "-c"]
    with (
        demonstration(tmp_path) as demo,
        running([*bash, started_at_a_free_port(write_and_start)], tmp_path, **environment) as bot,
    ):
        assert bot.wait_for("My bot is person ") == "15"
        bot.wait_for("listening on ")
        subprocess.run([*bash, talk], cwd=tmp_path, check=True, capture_output=True)
        wait_until(lambda: demo.newest(15)["author_id"] == 15)
        read = "\n".join(line for line in talk.splitlines() if "im.message.add" not in line)
        found = subprocess.run([*bash, read], cwd=tmp_path, check=True, capture_output=True)
        assert texts_of(json.loads(found.stdout)["result"]) == ["Hello!", "You said [b]Hello![/b]."]
        bot.end()
        assert bot.errors == []


def texts_of(history: dict[str, Any]) -> list[str]:
    return [one["text"] for one in sorted(history["messages"], key=lambda one: int(one["id"]))]


def started_at_a_free_port(script: str) -> str:
    """The one thing that differs from what is printed: tests run side by side."""
    start = script.splitlines()[-1]
    assert start.startswith("python3 ")
    return script.replace(start, f"exec {start} --listen 127.0.0.1:0")
