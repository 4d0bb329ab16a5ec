"""Commands that the documents show are ones that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from skvorets.__main__ import COMMANDS, build_parser

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/how-to/run-it-in-earnest.md", "examples/overdue_bot.py")
# In a line of a code block, or between backquotes. Bare names in a sentence ("`skvorets app`") are not commands.
COMMAND = re.compile(rf"(?:^|\s|/)skvorets ((?:{'|'.join(COMMANDS)}) [^`\n…]+)", re.MULTILINE)


def commands() -> list[str]:
    texts = ((ROOT / name).read_text("utf-8").replace("`", "\n") for name in DOCUMENTS)
    return [found for text in texts for found in COMMAND.findall(text)]


def test_the_documents_show_commands() -> None:
    assert len(commands()) >= 5


@pytest.mark.parametrize("shown", commands())
def test_a_command_of_the_documents_is_taken(shown: str) -> None:
    words = shlex.split(shown, comments=True)
    args = build_parser(words[0]).parse_args(words)
    assert callable(args.run)


@pytest.mark.parametrize("target", ["run", "quick", "test", "serve", "bench"])
def test_the_makefile_has_what_the_readme_tells_to_make(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
